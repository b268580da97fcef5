import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { FieldSetValue, fieldMap, fieldSetMap } from '../../platform/Schema/collections.ts';
import { DescribeField } from '../../platform/Schema/DescribeFieldResult.ts';
import { DescribeSObject } from '../../platform/Schema/DescribeSObjectResult.ts';
import type { ApexMap } from '../../values/map.ts';
import { FieldToken, ObjectToken } from '../../values/schemaTokens.ts';

/** `Account.SObjectType` */
export function objectToken(object: ObjectDescriptor): ObjectToken {
  return ObjectToken.of(object);
}

/** `Account.Name` */
export function fieldToken(object: ObjectDescriptor, name: string): FieldToken {
  return FieldToken.of(object, fieldNamed(object, name));
}

/** `Schema.SObjectType.Account`, `….fields.Name`, `….fieldSets.Name` */
export function describe(object: ObjectDescriptor, field: string | null, fieldSet: string | null): object {
  if (field !== null) return new DescribeField(object, fieldNamed(object, field));
  if (fieldSet === null) return new DescribeSObject(object);
  const set = object.fieldSets.get(fieldSet.toLowerCase());
  if (!set) throw new Error(`${object.name} has no field set ${fieldSet}`);
  return new FieldSetValue(object, set);
}

/** `Schema.SObjectType.Account.fields.getMap()` */
export function describeMap(of: DescribeSObject, which: string): ApexMap {
  return which === 'fieldSets' ? fieldSetMap(of.object) : fieldMap(of.object);
}

function fieldNamed(object: ObjectDescriptor, name: string): FieldDescriptor {
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new Error(`${object.name} has no field ${name}`);
  return field;
}
