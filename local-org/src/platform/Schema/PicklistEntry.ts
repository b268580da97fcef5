import type { FieldDescriptor } from '../../schema/descriptor.ts';
import { platformClass } from '../define.ts';
import { describeMembers } from './members.ts';

/** A value of a picklist, as describing a field gives it. */
export class PicklistValueEntry {
  static readonly apexName = 'Schema.PicklistEntry';
  readonly entry: FieldDescriptor['picklist'][number];

  constructor(entry: FieldDescriptor['picklist'][number]) {
    this.entry = entry;
  }
}

export const PicklistEntryClass = platformClass('Schema.PicklistEntry', {
  ...describeMembers<PicklistValueEntry>({
    'Boolean Active': ({ entry }) => entry.active,
    'Boolean DefaultValue': ({ entry }) => entry.default,
    'String Label': ({ entry }) => entry.label,
    'String Value': ({ entry }) => entry.value,
  }),
});
