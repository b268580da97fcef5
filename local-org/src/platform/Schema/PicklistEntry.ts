import type { FieldDescriptor } from '../../schema/descriptor.ts';
import { unsupported } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { describeMembers } from './members.ts';

/** A value of a picklist, as describing a field gives it. */
export class PicklistValueEntry {
  static readonly apexName = 'Schema.PicklistEntry';
  readonly entry: FieldDescriptor['picklist'][number];

  readonly #isDependent: boolean;

  constructor(entry: FieldDescriptor['picklist'][number], isDependent: boolean) {
    this.entry = entry;
    this.#isDependent = isDependent;
  }

  /**
   * That it can be written rests on pkozuchowski/Apex-Opensource-Library, which reads it back; the names are those of the APIs
   * (SOAP API Developer Guide, PicklistEntry). unverified: the order, and that `validFor` is there.
   */
  *jsonFields(): Iterable<readonly [string, unknown]> {
    if (this.#isDependent) unsupported('JSON of the values of a dependent picklist');
    yield ['active', this.entry.active];
    yield ['defaultValue', this.entry.default];
    yield ['label', this.entry.label];
    yield ['validFor', null];
    yield ['value', this.entry.value];
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
