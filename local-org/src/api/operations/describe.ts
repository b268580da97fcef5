import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { byteLength } from '../../schema/byteLength.ts';
import { hasRecordTypes } from '../../schema/recordTypes.ts';
import { baseUrl, objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';

/** `GET /sobjects` */
export function describeGlobal(context: RestContext, request: RestRequest): RestResult {
  const { records } = context.engine;
  const sobjects = [...records.schema.objects()]
    .filter((object) => object.queryable || object.event)
    .filter((object) => records.objectAccess(request.user.id, object).read || object.event)
    .map((object) => objectJson(context, request, object));
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}

/** `GET /sobjects/Lead` */
export function describeBasic(context: RestContext, request: RestRequest, name: string): RestResult {
  const object = objectOf(context, name);
  return { status: 200, body: { objectDescribe: objectJson(context, request, object), recentItems: [] } };
}

/** `GET /sobjects/Lead/describe`: fields that the user may read. */
export function describeObject(context: RestContext, request: RestRequest, name: string): RestResult {
  const object = objectOf(context, name);
  const { records } = context.engine;
  const fields = [...object.fields.values()]
    .filter((field) => records.mayReadField(request.user.id, object, field))
    .map((field) => fieldJson(context, request, object, field));
  const childRelationships = [...object.children.values()].map((child) => ({
    cascadeDelete: child.cascadeDelete,
    childSObject: child.object,
    deprecatedAndHidden: false,
    field: child.field,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: child.name,
    restrictedDelete: false,
  }));
  const recordTypeInfos = !hasRecordTypes(object)
    ? []
    : [
        ...object.recordTypes.map(({ developerName, label, active }) => ({
          active,
          available: active,
          defaultRecordTypeMapping: false,
          developerName,
          master: false,
          name: label,
        })),
        {
          active: true,
          available: true,
          defaultRecordTypeMapping: true,
          developerName: 'Master',
          master: true,
          name: 'Master',
          recordTypeId: '012000000000000AAA',
        },
      ];
  return {
    status: 200,
    body: { ...objectJson(context, request, object), fields, childRelationships, recordTypeInfos },
  };
}

function objectJson({ engine }: RestContext, request: RestRequest, object: ObjectDescriptor): Record<string, unknown> {
  const may = engine.records.objectAccess(request.user.id, object);
  const url = `${baseUrl(request)}/sobjects/${object.name}`;
  return {
    activateable: false,
    createable: object.createable && may.create,
    custom: object.custom,
    customSetting: object.customSetting !== null,
    deletable: object.deletable && may.delete,
    deprecatedAndHidden: false,
    feedEnabled: object.feedEnabled,
    hasSubtypes: false,
    keyPrefix: object.keyPrefix === '' ? null : object.keyPrefix,
    label: object.label,
    labelPlural: object.plural,
    layoutable: !object.event && !object.metadataType,
    mergeable: object.mergeable,
    name: object.name,
    queryable: object.queryable && may.read,
    replicateable: !object.event,
    retrieveable: object.queryable && may.read,
    searchable: object.searchable,
    triggerable: object.triggerable,
    undeletable: object.undeletable && may.delete,
    updateable: object.updateable && may.edit,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** Source: Object Reference, field types: what the API calls the type of a value. */
const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
  anytype: 'xsd:anyType',
};

function fieldJson(
  { engine }: RestContext,
  request: RestRequest,
  object: ObjectDescriptor,
  field: FieldDescriptor,
): Record<string, unknown> {
  const mayEdit = engine.records.mayEditField(request.user.id, object, field);
  return {
    aggregatable: field.aggregatable,
    autoNumber: field.autoNumber,
    byteLength: byteLength(field),
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: field.deleteConstraint === 'Cascade',
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: field.controllingField,
    createable: field.createable && mayEdit,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultValueFormula: field.defaultFormula,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllingField !== null,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? 8 : 0,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted,
    idLookup: field.idLookup,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: field.picklist.map(({ value, label, default: isDefault, active }) => ({
      active,
      defaultValue: isDefault,
      label,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.relationshipOrder,
    restrictedDelete: field.deleteConstraint === 'Restrict',
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: false,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type === 'anytype' ? 'anyType' : field.type,
    unique: field.unique,
    updateable: field.updateable && mayEdit,
    writeRequiresMasterRead: field.writeRequiresMasterRead,
  };
}
