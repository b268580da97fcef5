import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { unsupported } from '../../values/exception.ts';

export function objectToken(object: ObjectDescriptor): unknown {
  return unsupported(`${object.name}.SObjectType`);
}
export function fieldToken(object: ObjectDescriptor, field: string): unknown {
  return unsupported(`${object.name}.${field}`);
}
export function describe(object: ObjectDescriptor, field: string | null, fieldSet: string | null): unknown {
  return unsupported(`describe ${object.name} ${field} ${fieldSet}`);
}
export function describeMap(_describe: unknown, of: string): unknown {
  return unsupported(of);
}
export function setting(object: ObjectDescriptor, method: string, _args: readonly unknown[]): unknown {
  return unsupported(`${object.name}.${method}`);
}
