import { current } from '../../engine/current.ts';
import { byteLength } from '../../schema/byteLength.ts';
import type { FieldDescriptor, FieldType, ObjectDescriptor } from '../../schema/descriptor.ts';
import { findEnum } from '../../values/enum.ts';
import { listOf } from '../../values/list.ts';
import { FieldToken, ObjectToken } from '../../values/schemaTokens.ts';
import { toFieldValue } from '../../values/fieldValue.ts';
import { platformClass } from '../define.ts';
import { rights } from './access.ts';
import { displayType } from './collections.ts';
import { describedText } from './describedText.ts';
import { describeMembers } from './members.ts';
import { PicklistValueEntry } from './PicklistEntry.ts';

/** What describing a field gives. */
export class DescribeField {
  static readonly apexName = 'Schema.DescribeFieldResult';
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;

  constructor(object: ObjectDescriptor, field: FieldDescriptor) {
    this.object = object;
    this.field = field;
  }

  /** Two descriptions of one field are equal. Source: SalesforceFoundation/PMM, whose mocks compare them as arguments. */
  get valueKey(): string {
    return `\0describe ${this.object.name}.${this.field.name}`;
  }

  toString(): string {
    return describedText(DescribeField.apexName, this);
  }
}

type Of = DescribeField;

const SOAP: Partial<Record<FieldType, string>> = {
  id: 'ID',
  reference: 'ID',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  double: 'DOUBLE',
  currency: 'DOUBLE',
  percent: 'DOUBLE',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'TIME',
  base64: 'BASE64BINARY',
  anytype: 'ANYTYPE',
  address: 'ADDRESS',
};

const NUMBERS = new Set<FieldType>(['double', 'currency', 'percent']);
const NOT_GROUPED = new Set<FieldType>([
  'textarea',
  'multipicklist',
  'base64',
  'double',
  'currency',
  'percent',
  'datetime',
  'time',
  'address',
]);

/** Required fields and system fields need no permission. */
function isPermissionable({ field }: Of): boolean {
  return field.nillable && (field.createable || field.updateable || field.calculated) && field.type !== 'id';
}

/** Of a standard picklist that of its values which is the default (on SalesforceLabs/ActionPlansV4 alone, which reads Task's). */
function standardDefault(field: FieldDescriptor): string | null {
  if (field.custom || field.type !== 'picklist') return null;
  return field.picklist?.find((entry) => entry.default)?.value ?? null;
}

export const DescribeFieldResultClass = platformClass(
  'Schema.DescribeFieldResult',
  {
    ...describeMembers<Of>({
      'Boolean Accessible': ({ object, field }) => rights.field(object, field).read,
      'Boolean Createable': ({ object, field }) =>
        field.createable && rights.field(object, field).edit && rights.object(object).create,
      'Boolean Updateable': ({ object, field }) =>
        field.updateable && rights.field(object, field).edit && rights.object(object).edit,
      'Boolean AutoNumber': ({ field }) => field.autoNumber,
      'Boolean Aggregatable': ({ field }) => field.aggregatable,
      'Boolean DependentPicklist': ({ field }) => field.controllingField !== null,
      'Boolean HtmlFormatted': ({ field }) => field.htmlFormatted,
      'Boolean WriteRequiresMasterRead': ({ field }) => field.writeRequiresMasterRead,
      'Integer RelationshipOrder': ({ field }) => field.relationshipOrder,
      'Object DefaultValue': ({ field }) =>
        field.defaultValue === null ? standardDefault(field) : toFieldValue(field, field.defaultValue),
      'Schema.SObjectField Controller': ({ object, field }) => {
        const controller = object.fields.get(field.controllingField?.toLowerCase() ?? '');
        return controller ? FieldToken.of(object, controller) : null;
      },
      'String CompoundFieldName': ({ field }) => field.compoundFieldName,
      'String DefaultValueFormula': ({ field }) => field.defaultFormula,
      'String InlineHelpText': ({ field }) => field.inlineHelpText,
      'Boolean Calculated': ({ field }) => field.calculated,
      'Boolean CascadeDelete': ({ field }) => field.deleteConstraint === 'Cascade',
      'Boolean CaseSensitive': ({ field }) => field.caseSensitive,
      'Boolean Custom': ({ field }) => field.custom,
      'Boolean DefaultedOnCreate': ({ field }) => field.defaultedOnCreate,
      'Boolean DeprecatedAndHidden': () => false,
      'Boolean Encrypted': ({ field }) => field.type === 'encryptedstring',
      'Boolean ExternalId': ({ field }) => field.externalId,
      'Boolean Filterable': ({ field }) => field.filterable,
      'Boolean Groupable': ({ field }) => field.filterable && !NOT_GROUPED.has(field.type),
      'Boolean IdLookup': ({ field }) => field.idLookup,
      'Boolean NameField': ({ object, field }) => object.nameField === field.name,
      'Boolean NamePointing': ({ field }) => field.referenceTo.length > 1,
      'Boolean Nillable': ({ field }) => field.nillable,
      'Boolean Permissionable': isPermissionable,
      'Boolean RestrictedDelete': ({ field }) => field.deleteConstraint === 'Restrict',
      'Boolean RestrictedPicklist': ({ field }) => field.restrictedPicklist,
      'Boolean Sortable': ({ field }) => field.sortable,
      'Boolean Unique': ({ field }) => field.unique,
      'Boolean AiPredictionField': () => false,
      'Boolean FormulaTreatNullNumberAsZero': ({ field }) => field.formula !== null && field.blankAsZero,
      'Boolean HighScaleNumber': () => false,
      'Boolean QueryByDistance': ({ field }) => field.type === 'location',
      'String ReferenceTargetField': () => null,
      'Integer ByteLength': ({ field }) => byteLength(field),
      'Integer Digits': ({ field }) => (field.type === 'int' ? 9 : 0),
      'Integer Length': ({ field }) => field.length,
      'Integer Precision': ({ field }) => (NUMBERS.has(field.type) ? field.precision : 0),
      'Integer Scale': ({ field }) => (NUMBERS.has(field.type) ? field.scale : 0),
      'String CalculatedFormula': ({ field }) => field.formula,
      'String Label': ({ field }) => field.label,
      'String LocalName': ({ field }) => field.name,
      'String Name': ({ field }) => field.name,
      'String RelationshipName': ({ field }) => field.relationshipName,
      'Schema.SObjectField SobjectField': ({ object, field }) => FieldToken.of(object, field),
      'Schema.DisplayType Type': ({ field }) => displayType(field),
      'Schema.SoapType SoapType': ({ field }) =>
        findEnum(current.universe.platform('Schema.SoapType'), SOAP[field.type] ?? 'STRING'),
      'List<Schema.PicklistEntry> PicklistValues': ({ field }) =>
        listOf(
          current.universe.platform('Schema.PicklistEntry'),
          field.picklist.map((value) => new PicklistValueEntry(value, field.controllingField !== null)),
        ),
      'List<Schema.SObjectType> ReferenceTo': ({ field }) =>
        listOf(
          current.universe.platform('Schema.SObjectType'),
          field.referenceTo.flatMap((name) => {
            const object = current.universe.schema.object(name);
            return object ? [ObjectToken.of(object)] : [];
          }),
        ),
    }),
    'Schema.SObjectType getSObjectType()': ({ object }: Of) => ObjectToken.of(object),
    'Schema.SObjectField getSobjectField()': ({ object, field }: Of) => FieldToken.of(object, field),
  },
  {
    notBuilt: [
      ...both('Boolean', ['DisplayLocationInDecimal', 'SearchPrefilterable']),
      ...both('String', ['Mask', 'MaskType']),
      ...both('Schema.FilteredLookupInfo', ['FilteredLookupInfo']),
    ],
  },
);

function both(type: string, names: readonly string[]): string[] {
  return names.flatMap((name) => [`${type} ${type === 'Boolean' ? 'is' : 'get'}${name}()`, `get ${type} ${name}`]);
}
