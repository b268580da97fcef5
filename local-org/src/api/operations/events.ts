import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { bodyObject } from './body.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { candidate, failed, saveError } from './save.ts';

/** Events are no records; the guide says that their ids are not even unique. */
const EVENT_ID = 'e01000000000001AAA';

/**
 * `POST /sobjects/Ping__e`: publishes an event. Source: Platform Events Developer Guide, Publish Event Messages with
 * Salesforce APIs: of what is queued the answer tells the uuid as an error of status OPERATION_ENQUEUED.
 */
export function publishEvent(context: RestContext, request: RestRequest, object: ObjectDescriptor): RestResult {
  const { engine, tx } = context;
  if (!engine.records.objectAccess(request.user.id, object).create) {
    throw saveError(
      failed({
        status: 'INSUFFICIENT_ACCESS_OR_READONLY',
        message: `Access to entity '${object.name}' denied`,
        fields: [],
      }),
    );
  }
  const one = candidate(context, object, bodyObject(request.body));
  if ('fault' in one) throw saveError(failed(one.fault));
  const [published] = tx.services.publish([one.row], null);
  if (published?.error) throw saveError(failed(published.error));
  const errors = [{ statusCode: 'OPERATION_ENQUEUED', message: published?.uuid, fields: [] }];
  return { status: 201, body: { id: EVENT_ID, success: true, errors } };
}
