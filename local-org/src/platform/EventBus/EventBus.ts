import { current } from '../../engine/current.ts';
import type { PublishOutcome } from '../../engine/services.ts';
import { required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { SaveResult } from '../Database/results.ts';
import { platformClass } from '../define.ts';

/** The result of a publication; an event's uuid stands where a record has its id. */
class PublishResult extends SaveResult {
  readonly uuid: string | null;

  constructor({ uuid, error }: PublishOutcome) {
    super({ id: null, success: error === null, created: false, errors: error === null ? [] : [error] });
    this.uuid = uuid;
  }
}

function publishAll(events: ApexList | null): ApexList {
  const outcomes = current.tx.services.publish(required(events).items as SObjectValue[]);
  const type = current.universe.listOf(current.universe.platform('Database.SaveResult'));
  return new ApexList(
    type,
    outcomes.map((outcome) => new PublishResult(outcome)),
  );
}

export const EventBusClass = platformClass(
  'System.EventBus',
  {
    'static Database.SaveResult publish(SObject)': (event: SObjectValue | null) =>
      current.tx.services.publish([required(event)]).map((outcome) => new PublishResult(outcome))[0],
    'static List<Database.SaveResult> publish(List<SObject>)': publishAll,
    'static String getOperationId(Object)': (result: unknown) => (result instanceof PublishResult ? result.uuid : null),
  },
  {
    notBuilt: [
      'static List<Database.SaveResult> publish(List<SObject>, Object)',
      'static Database.SaveResult publish(SObject, Object)',
    ],
  },
);
