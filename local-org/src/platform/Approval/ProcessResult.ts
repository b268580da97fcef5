import { listOf } from '../../values/list.ts';
import { current } from '../../engine/current.ts';
import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';
import { jsonShape } from '../System/json/platformObjects.ts';

/** An Approval.ProcessResult. local-org has no approval processes: tests make it from JSON. */
class ProcessResult {
  static readonly apexName = 'Approval.ProcessResult';
  readonly values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.values = values;
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    for (const [name] of FIELDS) yield [name, this.values.get(name.toLowerCase()) ?? null];
  }
}

const FIELDS = [
  ['success', 'Boolean'],
  ['entityId', 'String'],
  ['instanceId', 'String'],
  ['instanceStatus', 'String'],
  ['actorIds', 'List<Id>'],
  ['newWorkitemIds', 'List<Id>'],
  ['errors', 'List<Database.Error>'],
] as const;

function members(): Record<string, Implementation> {
  const all: Record<string, Implementation> = {};
  for (const [name, type] of FIELDS) {
    const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const read = ({ values }: ProcessResult): unknown => {
      const value = values.get(name.toLowerCase()) ?? null;
      if (value !== null || !type.startsWith('List')) return name === 'success' ? value === true : value;
      return listOf(current.universe.system(type.slice(5, -1)), []);
    };
    all[`get ${type} ${capital}`] = read;
    all[`${type} ${name === 'success' ? 'isSuccess' : `get${capital}`}()`] = read;
  }
  return all;
}

export const ProcessResultClass = platformClass('Approval.ProcessResult', members(), { notBuilt: ['new ()'] });

jsonShape('Approval.ProcessResult', {
  fields: Object.fromEntries(FIELDS.map(([name, type]) => [name.toLowerCase(), type])),
  make: (values) => new ProcessResult(values),
});
