import type { BStatement } from '../bound.ts';

/**
 * Whether what follows the statement can be reached. Unlike Java, Apex takes every loop to end, even `while (true)`: a method
 * must return behind it; and what stands behind `break` and `continue` is no problem (the compiler in
 * @salesforce/sfdx-scanner 2.13.7, of all versions).
 */
export function canComplete(statement: BStatement): boolean {
  return completes(statement, (block) => block.every(canComplete));
}

/** Whether the last statement, also of the blocks in it, lets what follows be reached, whatever stands before it. */
export function completesAtItsEnd(statement: BStatement): boolean {
  return completes(statement, (block) => {
    const last = block.at(-1);
    return last === undefined || completesAtItsEnd(last);
  });
}

function completes(statement: BStatement, block: (statements: readonly BStatement[]) => boolean): boolean {
  const within = (part: BStatement): boolean => completes(part, block);
  switch (statement.k) {
    case 'return':
    case 'throw':
      return false;
    case 'block':
      return block(statement.statements);
    case 'if':
      return statement.else === null || within(statement.then) || within(statement.else);
    case 'switch':
      return !statement.cases.some((c) => c.otherwise) || statement.cases.some((c) => within(c.body));
    case 'try':
      return within(statement.body) || statement.catches.some((clause) => within(clause.body));
    case 'runas':
      return within(statement.body);
    default:
      return true;
  }
}
