import { current } from '../../engine/current.ts';
import type { PublishOutcome } from '../../engine/services.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { SaveResult } from '../Database/results.ts';
import { platformClass } from '../define.ts';

function publish(records: readonly unknown[]): SaveResult[] {
  const events = records.map((record) => {
    if (!(record instanceof SObjectValue)) {
      return raise('System.NullPointerException', 'Attempt to de-reference a null object');
    }
    if (!record.object.event) {
      return raise('System.TypeException', `${record.object.name} is no platform event`);
    }
    return record;
  });
  return current.tx.services.publish(events).map((outcome) => new SaveResult(asSaved(outcome)));
}

/** An event has no record id. */
function asSaved({ error }: PublishOutcome) {
  return { id: null, success: error === null, created: error === null, errors: error === null ? [] : [error] };
}

export const EventBusClass = platformClass(
  'System.EventBus',
  {
    'static Database.SaveResult publish(SObject)': (event: SObjectValue | null) => publish([required(event)])[0],
    'static List<Database.SaveResult> publish(List<SObject>)': (events: ApexList | null) =>
      listOf(current.universe.platform('Database.SaveResult'), publish(required(events).items)),
  },
  {
    notBuilt: [
      'static String getOperationId(Object)',
      'static List<Database.SaveResult> publish(List<SObject>, Object)',
      'static Database.SaveResult publish(SObject, Object)',
    ],
  },
);
