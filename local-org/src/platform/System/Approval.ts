import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';
import { toId } from '../../values/id.ts';
import { ApexList, listOf } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { LockResult, UnlockResult } from '../Approval/results.ts';
import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';

/** The id of a record or an id. */
function idOf(given: unknown): string {
  return required(given instanceof SObjectValue ? given.id : toId(required(given) as string));
}

/** One or a list of records or ids; one result or a list of them. */
function set(on: boolean, given: unknown, allOrNone: boolean | null = true): unknown {
  const Result = on ? LockResult : UnlockResult;
  const many = given instanceof ApexList;
  const ids = (many ? given.items : [given]).map(idOf);
  const results = current.tx.data.setLocked(ids, on, required(allOrNone)).map((outcome) => new Result(outcome));
  return many ? listOf(current.universe.platform(Result.apexName), results) : results[0];
}

function areLocked(given: ApexList | null): unknown {
  const { universe, tx } = current;
  const ids = required(given).items.map(idOf);
  return mapOf(
    universe.Id,
    universe.Boolean,
    ids.map((id) => [id, tx.data.isLocked(id)] as const),
  );
}

/** `lock(…)` and `unlock(…)` of every kind of argument. */
function setters(on: boolean): Record<string, Implementation> {
  const [name, result] = on ? ['lock', 'Approval.LockResult'] : ['unlock', 'Approval.UnlockResult'];
  const members: Record<string, Implementation> = {};
  for (const kind of ['Id', 'SObject']) {
    for (const [returns, param] of [
      [result, kind],
      [`List<${result}>`, `List<${kind}>`],
    ]) {
      members[`static ${returns} ${name}(${param})`] = (given: unknown) => set(on, given);
      members[`static ${returns} ${name}(${param}, Boolean)`] = (given: unknown, allOrNone: boolean | null) =>
        set(on, given, allOrNone);
    }
  }
  return members;
}

/** Approval processes are not read from metadata, so that there is nothing to submit to. */
export const ApprovalClass = platformClass(
  'System.Approval',
  {
    ...setters(true),
    ...setters(false),
    'static Boolean isLocked(Id)': (id: string | null) => current.tx.data.isLocked(idOf(id)),
    'static Boolean isLocked(SObject)': (record: SObjectValue | null) => current.tx.data.isLocked(idOf(record)),
    'static Map<Id, Boolean> isLocked(List<Id>)': areLocked,
    'static Map<Id, Boolean> isLocked(List<SObject>)': areLocked,
  },
  {
    notBuilt: [
      'static Approval.ProcessResult process(Approval.ProcessRequest)',
      'static Approval.ProcessResult process(Approval.ProcessRequest, Boolean)',
      'static List<Approval.ProcessResult> process(List<Approval.ProcessRequest>)',
      'static List<Approval.ProcessResult> process(List<Approval.ProcessRequest>, Boolean)',
    ],
  },
);
