import { current } from '../../engine/current.ts';
import { ApexList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import { setOf } from '../../values/set.ts';
import { platformClass } from '../define.ts';

/** What `Security.stripInaccessible` found. */
export class AccessDecision {
  static readonly apexName = 'System.SObjectAccessDecision';
  readonly records: ApexList;
  /** API names of fields by object. */
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly modified: ReadonlySet<number>;

  constructor(records: ApexList, removed: ReadonlyMap<string, ReadonlySet<string>>, modified: ReadonlySet<number>) {
    this.records = records;
    this.removed = removed;
    this.modified = modified;
  }
}

export const SObjectAccessDecisionClass = platformClass('System.SObjectAccessDecision', {
  'List<SObject> getRecords()': (decision: AccessDecision) => decision.records,
  'Map<String, Set<String>> getRemovedFields()': (decision: AccessDecision) => {
    const { universe } = current;
    const entries = [...decision.removed].map(
      ([object, fields]) => [object, setOf(universe.String, [...fields])] as const,
    );
    return mapOf(universe.String, universe.setOf(universe.String), entries);
  },
  'Set<Integer> getModifiedIndexes()': (decision: AccessDecision) =>
    setOf(current.universe.Integer, [...decision.modified]),
});
