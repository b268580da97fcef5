import { unsupported } from '../../values/exception.ts';
import type { ValidationRuleDescriptor } from '../descriptor.ts';
import { FormulaError } from './ast.ts';
import { evaluate } from './evaluate.ts';
import type { FormulaScope } from './evaluate.ts';
import { parsed } from './parsed.ts';
import { scopeOf } from './scope.ts';
import type { FormulaRow } from './scope.ts';

/** The scope of formulas that are evaluated while a row is saved: blank numbers stay blank. */
export function dmlFormulaScope(of: FormulaRow): FormulaScope {
  return scopeOf(of, false);
}

/** Whether the error condition of a validation rule is true for a row. */
export function ruleHolds(rule: ValidationRuleDescriptor, of: FormulaRow): boolean {
  try {
    return evaluate(parsed(rule.formula), dmlFormulaScope(of)) === true;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return unsupported(`the validation rule ${rule.name} (${rule.file}:${rule.line})`, error.message);
  }
}
