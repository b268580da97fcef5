import { current } from '../../engine/current.ts';
import { FormulaError } from '../../schema/formula/ast.ts';
import { DivisionByZero, evaluate } from '../../schema/formula/evaluate.ts';
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

/** A formula that could not be worked out. */
class FormulaRecalcFieldError {
  static readonly apexName = 'System.FormulaRecalcFieldError';
  readonly fieldName: string;
  readonly message: string;

  constructor(fieldName: string, message: string) {
    this.fieldName = fieldName;
    this.message = message;
  }
}

/** What became of one record's formulas. */
class FormulaRecalcResult {
  static readonly apexName = 'System.FormulaRecalcResult';
  readonly record: SObjectValue;
  readonly errors: readonly FormulaRecalcFieldError[];

  constructor(record: SObjectValue, errors: readonly FormulaRecalcFieldError[]) {
    this.record = record;
    this.errors = errors;
  }
}

/** Works out the formula fields of a record from the values that it has in memory. */
function recalculate(record: SObjectValue): FormulaRecalcResult {
  const errors: FormulaRecalcFieldError[] = [];
  for (const field of record.object.fields.values()) {
    if (field.formula === null) continue;
    const blank = field.type === 'boolean' ? false : null;
    try {
      const value = evaluate(parsed(field.formula), memoryScope(record, field.blankAsZero, true));
      const scaled = value instanceof ApexDecimal ? decSetScale(value, field.scale, 'HALF_UP') : value;
      record.fields[field.name] = scaled === null ? blank : toFieldValue(field, scaled);
    } catch (error) {
      if (error instanceof DivisionByZero) {
        // Name and text: the example of the reference, where `divide__c` is reported as `divide`.
        errors.push(new FormulaRecalcFieldError(field.name.replace(/__c$/i, ''), 'Division by zero'));
        record.fields[field.name] = blank;
        continue;
      }
      if (!(error instanceof FormulaError)) throw error;
      unsupported(`the formula of ${record.object.name}.${field.name}`, error.message);
    }
  }
  return new FormulaRecalcResult(record, errors);
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
  'Boolean isSuccess()': ({ errors }: FormulaRecalcResult) => errors.length === 0,
  'SObject getSObject()': ({ record }: FormulaRecalcResult) => record,
  'List<FormulaRecalcFieldError> getErrors()': ({ errors }: FormulaRecalcResult) =>
    listOf(current.universe.platform('System.FormulaRecalcFieldError'), [...errors]),
});

export const FormulaRecalcFieldErrorClass = platformClass('System.FormulaRecalcFieldError', {
  'String getFieldName()': ({ fieldName }: FormulaRecalcFieldError) => fieldName,
  'String getFieldError()': ({ message }: FormulaRecalcFieldError) => message,
});
