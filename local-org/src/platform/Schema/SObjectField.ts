import { FieldToken } from '../../values/schemaTokens.ts';
import { platformClass } from '../define.ts';
import { DescribeField } from './DescribeFieldResult.ts';

export const SObjectFieldClass = platformClass('Schema.SObjectField', {
  'Schema.DescribeFieldResult getDescribe()': ({ object, field }: FieldToken) => new DescribeField(object, field),
  'Schema.DescribeFieldResult getDescribe(Object)': ({ object, field }: FieldToken) => new DescribeField(object, field),
});
