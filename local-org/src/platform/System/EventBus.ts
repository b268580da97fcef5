import { current } from '../../engine/current.ts';
import type { PublishOutcome } from '../../engine/services.ts';
import { nullReference, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { SaveResult } from '../Database/results.ts';
import { platformClass } from '../define.ts';

/** The result of a publication; an event's uuid stands where a record has its id. */
class PublishResult extends SaveResult {
  readonly uuid: string | null;

  constructor({ uuid, error }: PublishOutcome) {
    super({ id: null, success: error === null, created: error === null, errors: error === null ? [] : [error] });
    this.uuid = uuid;
  }
}

function publish(records: readonly unknown[]): PublishResult[] {
  const events = records.map((record) => (record instanceof SObjectValue ? record : nullReference()));
  return current.tx.services.publish(events).map((outcome) => new PublishResult(outcome));
}

export const EventBusClass = platformClass(
  'System.EventBus',
  {
    'static Database.SaveResult publish(SObject)': (event: SObjectValue | null) => publish([required(event)])[0],
    'static List<Database.SaveResult> publish(List<SObject>)': (events: ApexList | null) =>
      listOf(current.universe.platform('Database.SaveResult'), publish(required(events).items)),
    'static String getOperationId(Object)': (result: unknown) => (result instanceof PublishResult ? result.uuid : null),
  },
  {
    notBuilt: [
      'static List<Database.SaveResult> publish(List<SObject>, Object)',
      'static Database.SaveResult publish(SObject, Object)',
    ],
  },
);
