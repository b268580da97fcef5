import { current } from '../../engine/current.ts';
import type { ChildRelationship } from '../../schema/descriptor.ts';
import { listOf, stringList } from '../../values/list.ts';
import { FieldToken, ObjectToken } from '../../values/schemaTokens.ts';
import { platformClass } from '../define.ts';
import { describeMembers } from './members.ts';

/** A relationship from child records, as describing an object gives it. */
export class ChildRelationshipValue {
  static readonly apexName = 'Schema.ChildRelationship';
  readonly child: ChildRelationship;

  constructor(child: ChildRelationship) {
    this.child = child;
  }

  get valueKey(): string {
    return `\0child${this.child.object}.${this.child.field}.${this.child.name}`;
  }

  /** unverified. */
  toString(): string {
    const { cascadeDelete, object, field, name } = this.child;
    return `Schema.ChildRelationship[getChildSObject=${object};getField=${field};getRelationshipName=${name};isCascadeDelete=${cascadeDelete};]`;
  }
}

function childObject({ child }: ChildRelationshipValue) {
  const object = current.universe.schema.object(child.object);
  if (!object) throw new Error(`child relationship ${child.name} names ${child.object}, which the schema has not`);
  return object;
}

function lookup(of: ChildRelationshipValue) {
  const object = childObject(of);
  const field = object.fields.get(of.child.field.toLowerCase());
  if (!field) throw new Error(`child relationship ${of.child.name} names ${object.name}.${of.child.field}`);
  return FieldToken.of(object, field);
}

export const ChildRelationshipClass = platformClass('Schema.ChildRelationship', {
  ...describeMembers<ChildRelationshipValue>({
    'Schema.SObjectType ChildSObject': (of) => ObjectToken.of(childObject(of)),
    'Schema.SObjectField Field': lookup,
    'String RelationshipName': ({ child }) => child.name,
    'Boolean CascadeDelete': ({ child }) => child.cascadeDelete,
    'Boolean RestrictedDelete': (of) => lookup(of).field.deleteConstraint === 'Restrict',
    'Boolean DeprecatedAndHidden': () => false,
    // Only the relations that the platform makes of lists of ids, such as an event's invitees, lead through junctions.
    'List<String> JunctionIdListNames': () => stringList([]),
    'List<Schema.SObjectType> JunctionReferenceTo': () => listOf(current.universe.platform('Schema.SObjectType'), []),
  }),
});
