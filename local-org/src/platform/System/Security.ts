import { current } from '../../engine/current.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { rights } from '../Schema/access.ts';
import { AccessDecision } from './SObjectAccessDecision.ts';

/** Takes fields off copies of records, and remembers which. */
class Stripper {
  readonly removed = new Map<string, Set<string>>();
  readonly #allows: (object: ObjectDescriptor, field: FieldDescriptor) => boolean;

  constructor(allows: (object: ObjectDescriptor, field: FieldDescriptor) => boolean) {
    this.#allows = allows;
  }

  /** A copy without what is not allowed, parents and children too; the record itself where nothing was taken off. */
  strip(record: SObjectValue): SObjectValue {
    const { object } = record;
    const fields = { ...record.fields };
    let changed = false;
    for (const name of record.populated()) {
      const value = fields[name];
      const kept = this.#kept(object, name, value);
      if (kept === value) continue;
      changed = true;
      fields[name] = kept;
    }
    if (!changed) return record;
    return new SObjectValue(object, fields, record.queried);
  }

  #kept(object: ObjectDescriptor, name: string, value: unknown): unknown {
    // A field may hold a list of ids, too.
    if (value instanceof ApexList && !object.fields.has(name.toLowerCase())) {
      const child = object.children.get(name.toLowerCase());
      const described = child ? current.universe.schema.object(child.object) : null;
      if (described && !rights.object(described).read) return this.#remove(object, name);
      const items = value.items.map((item) => this.strip(item as SObjectValue));
      return items.every((item, index) => item === value.items[index]) ? value : new ApexList(value.type, items);
    }
    const field = object.fields.get(name.toLowerCase()) ?? object.parents.get(name.toLowerCase());
    // The id is never taken off, so that records can still be saved.
    if (!field || field.type === 'id') return value;
    if (!this.#allows(object, field)) return this.#remove(object, name);
    return value instanceof SObjectValue ? this.strip(value) : value;
  }

  #remove(object: ObjectDescriptor, name: string): undefined {
    const fields = this.removed.get(object.name) ?? new Set();
    this.removed.set(object.name, fields.add(name));
  }
}

type Check = (object: ObjectDescriptor, field: FieldDescriptor) => boolean;

const CHECKS: Readonly<Record<string, { object: (object: ObjectDescriptor) => boolean; field: Check }>> = {
  READABLE: {
    object: (object) => rights.object(object).read,
    field: (object, field) => rights.field(object, field).read,
  },
  CREATABLE: {
    object: (object) => rights.object(object).create,
    field: (object, field) => field.createable && rights.field(object, field).edit,
  },
  UPDATABLE: {
    object: (object) => rights.object(object).edit,
    field: (object, field) => field.updateable && rights.field(object, field).edit,
  },
  UPSERTABLE: {
    object: (object) => rights.object(object).create && rights.object(object).edit,
    field: (object, field) => field.createable && field.updateable && rights.field(object, field).edit,
  },
};

function stripInaccessible(type: ApexEnum | null, list: ApexList | null, enforceRoot: boolean | null): AccessDecision {
  const check = CHECKS[required(type).name];
  if (!check) throw new Error(`AccessType.${type?.name} is not built`);
  const records = required(list);
  const stripper = new Stripper(check.field);
  const modified = new Set<number>();
  const stripped = records.items.map((item, index) => {
    const record = required(item as SObjectValue | null);
    // The reference says that an exception is thrown, its text is from beyond-the-cloud-dev/soql-lib; unverified: its type.
    if (record.object.name === 'AggregateResult') {
      raise('System.SObjectException', 'AggregateResult SObject types are not supported');
    }
    if (enforceRoot !== false && !check.object(record.object)) {
      raise('System.NoAccessException', `No access to entity: ${record.object.name}`);
    }
    const result = stripper.strip(record);
    if (result !== record) modified.add(index);
    return result === record ? copyOf(record) : result;
  });
  return new AccessDecision(new ApexList(records.type, stripped), stripper.removed, modified);
}

function copyOf(record: SObjectValue): SObjectValue {
  return new SObjectValue(record.object, { ...record.fields }, record.queried);
}

export const SecurityClass = platformClass(
  'System.Security',
  {
    'static SObjectAccessDecision stripInaccessible(AccessType, List<SObject>)': (
      type: ApexEnum | null,
      records: ApexList | null,
    ) => stripInaccessible(type, records, true),
    'static SObjectAccessDecision stripInaccessible(AccessType, List<SObject>, Boolean)': stripInaccessible,
  },
  { notBuilt: ['static SObjectAccessDecision stripInaccessible(AccessType, List<SObject>, Id)'] },
);
