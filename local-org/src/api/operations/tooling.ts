import { RestError } from '../restError.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { prepare, query } from './query.ts';

/** Objects of the Tooling API that are records of the org, too. */
const SHOWN: readonly string[] = ['ApexClass', 'ApexTrigger', 'AsyncApexJob', 'StaticResource', 'User'];

/** `GET /tooling/query?q=`: what the org has of code. */
export function toolingQuery(context: RestContext, request: RestRequest): RestResult {
  const { object } = prepare(context, request.query['q'] ?? '');
  if (SHOWN.includes(object)) return query(context, request, false);
  throw new RestError(501, 'LOCAL_ORG_UNSUPPORTED', `local-org has no ${object} in the Tooling API`);
}
