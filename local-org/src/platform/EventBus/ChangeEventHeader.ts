import { platformClass } from '../define.ts';
import { property, PropertyBag } from '../properties.ts';

/** What a change event says of the change. Tests make their own. */
export class ChangeEventHeader extends PropertyBag {
  static readonly apexName = 'EventBus.ChangeEventHeader';

  /** In JSON the properties that are set, with a small first letter. */
  *jsonFields(): Iterable<readonly [string, unknown]> {
    for (const [name, value] of this.values) yield [`${name[0]?.toLowerCase()}${name.slice(1)}`, value];
  }
}

const both = { methods: 'both' } as const;

export const ChangeEventHeaderClass = platformClass('EventBus.ChangeEventHeader', {
  'new ()': () => new ChangeEventHeader(),
  ...property('List<String> ChangedFields', both),
  ...property('String ChangeOrigin', both),
  ...property('String ChangeType', both),
  ...property('Long CommitNumber', both),
  ...property('Long CommitTimestamp', both),
  ...property('String CommitUser', both),
  ...property('List<String> DiffFields', both),
  ...property('String EntityName', both),
  ...property('List<String> NulledFields', both),
  ...property('List<String> RecordIds', both),
  ...property('Integer SequenceNumber', both),
  ...property('Boolean TransactionEnd', { methods: 'both', is: true, readonly: true }),
  ...property('String TransactionKey', both),
});
