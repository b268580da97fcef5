import type { BStatement } from '../bound.ts';

/**
 * Whether what follows the statement can be reached. Unlike Java, Apex takes every loop to end, even `while (true)`: a method
 * must return behind it.
 */
export function canComplete(statement: BStatement): boolean {
  switch (statement.k) {
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return false;
    case 'block':
      return statement.statements.every(canComplete);
    case 'if':
      return statement.else === null || canComplete(statement.then) || canComplete(statement.else);
    case 'switch':
      return !statement.cases.some((c) => c.otherwise) || statement.cases.some((c) => canComplete(c.body));
    case 'try':
      return canComplete(statement.body) || statement.catches.some((clause) => canComplete(clause.body));
    case 'runas':
      return canComplete(statement.body);
    default:
      return true;
  }
}
