import { randomUUID } from 'node:crypto';
import { current } from '../../engine/current.ts';
import { defaultOf } from '../../dml/defaults.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { raise, required } from '../../values/exception.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { DescribeSObject } from './DescribeSObjectResult.ts';

function newRecord(object: ObjectDescriptor, id: string | null): SObjectValue {
  return new SObjectValue(object, id === null ? {} : { Id: id });
}

/** `newSObject(recordTypeId, loadDefaults)`: the defaults that a new record's page would show. */
function withDefaults(object: ObjectDescriptor, recordTypeId: string | null, loadDefaults: boolean): SObjectValue {
  const record = newRecord(object, null);
  if (recordTypeId !== null) {
    if (!object.fields.has('recordtypeid')) raise('System.SObjectException', `${object.name} has no record types`);
    record.put('RecordTypeId', recordTypeId);
  }
  if (!loadDefaults) return record;
  for (const field of object.fields.values()) {
    const value = defaultOf(field);
    if (value !== null) record.put(field.name, value);
  }
  // Source: Platform Events Developer Guide, Create Events with EventUuid Field Values.
  if (object.event && object.fields.has('eventuuid')) record.fields['EventUuid'] = randomUUID();
  return record;
}

export const SObjectTypeClass = platformClass('Schema.SObjectType', {
  'Schema.DescribeSObjectResult getDescribe()': (token: ObjectToken) => new DescribeSObject(token.object),
  'Schema.DescribeSObjectResult getDescribe(Schema.SObjectDescribeOptions)': (token: ObjectToken) =>
    new DescribeSObject(token.object),
  'SObject newSObject()': (token: ObjectToken) => newRecord(token.object, null),
  'SObject newSObject(Id)': (token: ObjectToken, id: string | null) => newRecord(token.object, id),
  'SObject newSObject(Id, Boolean)': (token: ObjectToken, recordType: string | null, defaults: boolean | null) =>
    withDefaults(token.object, recordType, required(defaults)),
});

/** The token of an object that the schema has. */
export function tokenOf(name: string): ObjectToken {
  const object = current.universe.schema.object(name);
  return object
    ? ObjectToken.of(object)
    : raise(
        'System.InvalidParameterValueException',
        `Invalid sobject provided. The Schema.describeSObject() methods does not support the ${name} sobject type.`,
      );
}
