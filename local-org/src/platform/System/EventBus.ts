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

function publish(records: readonly unknown[], callback: object | null = null): PublishResult[] {
  const events = records.map((record) => (record instanceof SObjectValue ? record : nullReference()));
  return current.tx.services.publish(events, callback).map((outcome) => new PublishResult(outcome));
}

function publishList(events: ApexList | null, callback: object | null = null): ApexList {
  return listOf(current.universe.platform('Database.SaveResult'), publish(required(events).items, callback));
}

export const EventBusClass = platformClass('System.EventBus', {
  'static Database.SaveResult publish(SObject)': (event: SObjectValue | null) => publish([required(event)])[0],
  'static List<Database.SaveResult> publish(List<SObject>)': (events: ApexList | null) => publishList(events),
  'static Database.SaveResult publish(SObject, Object)': (event: SObjectValue | null, callback: object | null) =>
    publish([required(event)], required(callback))[0],
  'static List<Database.SaveResult> publish(List<SObject>, Object)': (
    events: ApexList | null,
    callback: object | null,
  ) => publishList(events, required(callback)),
  'static String getOperationId(Object)': (result: unknown) => (result instanceof PublishResult ? result.uuid : null),
});
