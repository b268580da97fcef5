import { current } from '../../engine/current.ts';
import type { ObjectDescriptor, RecordTypeDescriptor } from '../../schema/descriptor.ts';
import { historyParent } from '../../schema/historyObjects.ts';
import { hasRecordTypes } from '../../schema/recordTypes.ts';
import { listOf } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { findEnum } from '../../values/enum.ts';
import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';
import { rights } from './access.ts';
import { ChildRelationshipValue } from './ChildRelationship.ts';
import { FieldSets, Fields } from './collections.ts';
import { describedText } from './describedText.ts';
import { describeMembers } from './members.ts';
import { RecordTypeValue } from './RecordTypeInfo.ts';

/** What describing an object gives. */
export class DescribeSObject {
  static readonly apexName = 'Schema.DescribeSObjectResult';
  readonly object: ObjectDescriptor;

  constructor(object: ObjectDescriptor) {
    this.object = object;
  }

  /** Two descriptions of one object are equal. Source: gavinhughpalmer/apex-utilities, SchemaFacadeTest. */
  get valueKey(): string {
    return `\0describe ${this.object.name}`;
  }

  toString(): string {
    return describedText(DescribeSObject.apexName, this);
  }
}

type Of = DescribeSObject;

function recordTypes({ object }: Of): RecordTypeValue[] {
  if (!hasRecordTypes(object)) return [];
  const master: RecordTypeDescriptor = { developerName: 'Master', label: 'Master', description: null, active: true };
  return [...object.recordTypes, master].map((type) => new RecordTypeValue(object, type, type === master));
}

const type = (name: string) => current.universe.platform(name);

export const DescribeSObjectResultClass = platformClass(
  'Schema.DescribeSObjectResult',
  {
    ...describeMembers<Of>({
      'Boolean Accessible': ({ object }) => rights.object(object).read,
      'Boolean Createable': ({ object }) => object.createable && rights.object(object).create,
      'Boolean Updateable': ({ object }) => object.updateable && rights.object(object).edit,
      'Boolean Deletable': ({ object }) => object.deletable && rights.object(object).delete,
      'Boolean Undeletable': ({ object }) => object.undeletable && rights.object(object).edit,
      'Boolean Queryable': ({ object }) => object.queryable,
      'Boolean Searchable': ({ object }) => object.searchable,
      'Boolean Mergeable': ({ object }) => object.mergeable,
      'Boolean FeedEnabled': ({ object }) => object.feedEnabled,
      'Boolean Custom': ({ object }) => object.custom,
      'Boolean CustomSetting': ({ object }) => object.customSetting !== null,
      'Boolean DeprecatedAndHidden': () => false,
      'String KeyPrefix': ({ object }) => object.keyPrefix,
      'String Label': ({ object }) => object.label,
      'String LabelPlural': ({ object }) => object.plural,
      'String LocalName': ({ object }) => object.name,
      'String Name': ({ object }) => object.name,
      'Schema.SObjectType SObjectType': ({ object }) => ObjectToken.of(object),
      'Schema.SObjectTypeFields Fields': ({ object }) => new Fields(object),
      'Schema.SObjectTypeFieldSets FieldSets': ({ object }) => new FieldSets(object),
      'List<Schema.ChildRelationship> ChildRelationships': ({ object }) =>
        listOf(
          type('Schema.ChildRelationship'),
          [...object.children.values()].map((child) => new ChildRelationshipValue(child)),
        ),
      'List<Schema.RecordTypeInfo> RecordTypeInfos': (of) => listOf(type('Schema.RecordTypeInfo'), recordTypes(of)),
      'Map<String, Schema.RecordTypeInfo> RecordTypeInfosByName': (of) =>
        mapOf(
          current.universe.String,
          type('Schema.RecordTypeInfo'),
          recordTypes(of).map((info) => [info.type.label, info]),
        ),
      'Map<String, Schema.RecordTypeInfo> RecordTypeInfosByDeveloperName': (of) =>
        mapOf(
          current.universe.String,
          type('Schema.RecordTypeInfo'),
          recordTypes(of).map((info) => [info.type.developerName, info]),
        ),
      'Map<Id, Schema.RecordTypeInfo> RecordTypeInfosById': (of) =>
        mapOf(
          current.universe.Id,
          type('Schema.RecordTypeInfo'),
          recordTypes(of).map((info) => [info.id, info]),
        ),
      'Schema.SObjectDescribeOptions SObjectDescribeOption': () =>
        findEnum(type('Schema.SObjectDescribeOptions'), 'FULL'),
    }),
    ...interfaceMembers(),
  },
  { notBuilt: ['Boolean isMruEnabled()', 'get Boolean MruEnabled'] },
);

/**
 * What tells about objects that are interfaces, or are stored in another: of those that a local org knows none is or has one.
 * An account has subtypes where there are accounts of persons, which a local org lacks.
 */
function interfaceMembers(): Record<string, Implementation> {
  const members: Record<string, Implementation> = {
    'get Boolean DefaultImplementation': () => false,
    'String getDefaultImplementation()': () => null,
  };
  for (const [name, read] of [
    ['AssociateEntityType', (of: Of) => associate(of)?.type ?? null],
    ['AssociateParentEntity', (of: Of) => associate(of)?.parent ?? null],
  ] as const) {
    members[`get String ${name}`] = members[`String get${name}()`] = read;
  }
  for (const name of ['ImplementedBy', 'ImplementsInterfaces']) {
    members[`get String ${name}`] = members[`String get${name}()`] = () => null;
  }
  for (const name of ['DataTranslationEnabled', 'HasSubtypes', 'IsInterface', 'IsSubtype']) {
    members[`get Boolean ${name}`] = members[`Boolean get${name}()`] = () => false;
  }
  return members;
}

/** What an object holds of another one. Source: Apex Reference, DescribeSObjectResult.getAssociateEntityType */
function associate({ object }: Of): { readonly type: string; readonly parent: string } | null {
  if (object.shareOf) return { type: 'Share', parent: object.shareOf.object };
  const parent = historyParent(object)?.referenceTo[0];
  return parent === undefined ? null : { type: 'History', parent };
}
