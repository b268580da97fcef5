import { equal, hashOf } from '../../values/equality.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';

/** What every value can do. */
export const ObjectClass = platformClass('System.Object', {
  'Boolean equals(Object)': equal,
  'Integer hashCode()': hashOf,
  'String toString()': toText,
});
