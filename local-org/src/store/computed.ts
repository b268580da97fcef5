import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { FormulaError } from '../schema/formula/ast.ts';
import { formulaOf } from '../schema/formula/scope.ts';
import { ApexDecimal, decSetScale } from '../values/decimal.ts';
import { unsupported } from '../values/exception.ts';
import { toFieldValue } from '../values/fieldValue.ts';
import type { FieldReader } from './row.ts';
import type { Store } from './store.ts';

/** The reader of a field that is computed from others; null where the field is stored. */
export function computedReader(store: Store, object: ObjectDescriptor, field: FieldDescriptor): FieldReader | null {
  if (field.formula !== null) return (row) => formulaValueOf(store, object, field, row);
  if (field.type === 'address' || field.type === 'location') {
    const parts = field.compoundOf.length > 0 ? `: query its parts ${field.compoundOf.join(', ')}` : '';
    return () => unsupported(`the compound field ${object.name}.${field.name}`, parts);
  }
  return null;
}

function formulaValueOf(
  store: Store,
  object: ObjectDescriptor,
  field: FieldDescriptor,
  row: Parameters<FieldReader>[0],
): unknown {
  try {
    const value = formulaOf(store, object, field, row);
    if (value instanceof ApexDecimal && value.scale > field.scale) return decSetScale(value, field.scale, 'HALF_UP');
    if (value === null && field.type === 'boolean') return false;
    return value === null ? null : toFieldValue(field, value);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return unsupported(`the formula of ${object.name}.${field.name}`, error.message);
  }
}
