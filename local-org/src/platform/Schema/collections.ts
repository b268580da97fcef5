import { current } from '../../engine/current.ts';
import type { FieldDescriptor, FieldSetDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { fieldAtPath } from '../../schema/fieldPath.ts';
import type { LocatedField } from '../../schema/fieldPath.ts';
import { listOf } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { FieldToken, ObjectToken } from '../../values/schemaTokens.ts';
import { findEnum } from '../../values/enum.ts';
import { platformClass } from '../define.ts';
import { describeMembers } from './members.ts';

/** `describe.fields` */
export class Fields {
  static readonly apexName = 'Schema.SObjectTypeFields';
  readonly object: ObjectDescriptor;

  constructor(object: ObjectDescriptor) {
    this.object = object;
  }
}

/** `describe.fieldSets` */
export class FieldSets {
  static readonly apexName = 'Schema.SObjectTypeFieldSets';
  readonly object: ObjectDescriptor;

  constructor(object: ObjectDescriptor) {
    this.object = object;
  }
}

/** A field set of an object. */
export class FieldSetValue {
  static readonly apexName = 'Schema.FieldSet';
  readonly object: ObjectDescriptor;
  readonly set: FieldSetDescriptor;

  constructor(object: ObjectDescriptor, set: FieldSetDescriptor) {
    this.object = object;
    this.set = set;
  }
}

class FieldSetMemberValue {
  static readonly apexName = 'Schema.FieldSetMember';
  /** The object of the field: not that of the set where the path leads to a parent. */
  readonly object: ObjectDescriptor;
  readonly path: string;
  readonly required: boolean;
  readonly field: FieldDescriptor;

  constructor({ object, field }: LocatedField, path: string, required: boolean) {
    this.object = object;
    this.path = path;
    this.required = required;
    this.field = field;
  }

  get valueKey(): string {
    return `\0fieldSetMember${this.object.name}.${this.path}.${this.required}`;
  }

  /** unverified: names and order. */
  *jsonFields(): Iterable<readonly [string, unknown]> {
    yield ['dbRequired', this.field.required];
    yield ['fieldPath', this.path];
    yield ['label', this.field.label];
    yield ['required', this.required];
  }

  toString(): string {
    return `Schema.FieldSetMember[getDBRequired=${this.field.required};getFieldPath=${this.path};getLabel=${this.field.label};getRequired=${this.required};getSObjectField=${this.field.name};getType=${this.field.type.toUpperCase()};]`;
  }
}

/** Field tokens by name as `getMap()` gives them: the keys are in lower case, and found in any case. */
export function fieldMap(object: ObjectDescriptor): ApexMap {
  const entries = [...object.fields].map(([key, field]) => [key, FieldToken.of(object, field)] as const);
  const map = mapOf(current.universe.String, current.universe.platform('Schema.SObjectField'), entries);
  map.ignoresCase = true;
  return map;
}

/** Field sets by name. */
export function fieldSetMap(object: ObjectDescriptor): ApexMap {
  const entries = [...object.fieldSets].map(([key, set]) => [key, new FieldSetValue(object, set)] as const);
  const map = mapOf(current.universe.String, current.universe.platform('Schema.FieldSet'), entries);
  map.ignoresCase = true;
  return map;
}

/** A describe type as the enum `Schema.DisplayType` has it. */
export function displayType(field: FieldDescriptor): unknown {
  const name = field.type === 'int' ? 'INTEGER' : field.type.toUpperCase();
  return findEnum(current.universe.platform('Schema.DisplayType'), name);
}

export const SObjectTypeFieldsClass = platformClass('Schema.SObjectTypeFields', {
  'Map<String, Schema.SObjectField> getMap()': (fields: Fields) => fieldMap(fields.object),
});

export const SObjectTypeFieldSetsClass = platformClass('Schema.SObjectTypeFieldSets', {
  'Map<String, Schema.FieldSet> getMap()': (sets: FieldSets) => fieldSetMap(sets.object),
});

function members({ object, set }: FieldSetValue): FieldSetMemberValue[] {
  const { schema } = current.universe;
  return set.members.map(({ field: path, required }) => {
    const located = fieldAtPath(object, path, (name) => schema.object(name));
    // The project was refused otherwise.
    if (!located) throw new Error(`field set ${set.name} of ${object.name} has no field ${path}`);
    return new FieldSetMemberValue(located, path, required);
  });
}

export const FieldSetClass = platformClass('Schema.FieldSet', {
  ...describeMembers<FieldSetValue>({
    'String Description': ({ set }) => set.description,
    'String Label': ({ set }) => set.label,
    'String Name': ({ set }) => set.name,
    'String NameSpace': () => null,
    'Schema.SObjectType SObjectType': ({ object }) => ObjectToken.of(object),
    'List<Schema.FieldSetMember> Fields': (of) =>
      listOf(current.universe.platform('Schema.FieldSetMember'), members(of)),
  }),
});

export const FieldSetMemberClass = platformClass('Schema.FieldSetMember', {
  'Boolean getDbRequired()': ({ field }: FieldSetMemberValue) => field.required,
  'get Boolean DbRequired': ({ field }: FieldSetMemberValue) => field.required,
  'Boolean getRequired()': (member: FieldSetMemberValue) => member.required,
  'get Boolean Required': (member: FieldSetMemberValue) => member.required,
  'String getFieldPath()': ({ path }: FieldSetMemberValue) => path,
  'get String FieldPath': ({ path }: FieldSetMemberValue) => path,
  'String getLabel()': ({ field }: FieldSetMemberValue) => field.label,
  'get String Label': ({ field }: FieldSetMemberValue) => field.label,
  'Schema.DisplayType getType()': ({ field }: FieldSetMemberValue) => displayType(field),
  'get Schema.DisplayType Type': ({ field }: FieldSetMemberValue) => displayType(field),
  'Schema.SObjectField getSObjectField()': ({ object, field }: FieldSetMemberValue) => FieldToken.of(object, field),
});
