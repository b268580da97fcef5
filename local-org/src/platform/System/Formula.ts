import { current } from '../../engine/current.ts';
import { FormulaError } from '../../schema/formula/ast.ts';
import { evaluate } from '../../schema/formula/evaluate.ts';
import { parsed } from '../../schema/formula/parsed.ts';
import { decSetScale, ApexDecimal } from '../../values/decimal.ts';
import { required, unsupported } from '../../values/exception.ts';
import { toFieldValue } from '../../values/fieldValue.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { newBuilder } from '../FormulaEval/FormulaBuilder.ts';
import { memoryScope } from '../FormulaEval/recordScope.ts';

/** What became of one record's formulas. */
class FormulaRecalcResult {
  static readonly apexName = 'System.FormulaRecalcResult';
  readonly record: SObjectValue;

  constructor(record: SObjectValue) {
    this.record = record;
  }
}

/** Works out the formula fields of a record from the values that it has in memory. */
function recalculate(record: SObjectValue): FormulaRecalcResult {
  for (const field of record.object.fields.values()) {
    if (field.formula === null) continue;
    try {
      const value = evaluate(parsed(field.formula), memoryScope(record, field.blankAsZero));
      const scaled = value instanceof ApexDecimal ? decSetScale(value, field.scale, 'HALF_UP') : value;
      const blank = field.type === 'boolean' ? false : null;
      record.fields[field.name] = scaled === null ? blank : toFieldValue(field, scaled);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      unsupported(`the formula of ${record.object.name}.${field.name}`, error.message);
    }
  }
  return new FormulaRecalcResult(record);
}

export const FormulaClass = platformClass('System.Formula', {
  'static FormulaEval.FormulaBuilder builder()': newBuilder,
  'static List<FormulaRecalcResult> recalculateFormulas(List<SObject>)': (records: ApexList | null) =>
    listOf(
      current.universe.platform('System.FormulaRecalcResult'),
      (required(records).items as SObjectValue[]).map(recalculate),
    ),
});

export const FormulaRecalcResultClass = platformClass('System.FormulaRecalcResult', {
  'Boolean isSuccess()': (_of: FormulaRecalcResult) => true,
  'SObject getSObject()': ({ record }: FormulaRecalcResult) => record,
  'List<FormulaRecalcFieldError> getErrors()': (_of: FormulaRecalcResult) =>
    listOf(current.universe.platform('System.FormulaRecalcFieldError'), []),
});
