import type { BExpr, BStatement } from '../bound.ts';

/** Whether what follows the statement can be reached (as the Java Language Specification, 14.22, which Apex follows). */
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
    case 'while':
      return !isTrue(statement.condition) || breaks(statement.body);
    case 'for':
      return !(statement.condition === null || isTrue(statement.condition)) || breaks(statement.body);
    case 'dowhile':
      return !isTrue(statement.condition) || breaks(statement.body);
    case 'switch':
      return !statement.cases.some((c) => c.otherwise) || statement.cases.some((c) => canComplete(c.body));
    case 'try': {
      if (statement.finally && !canComplete(statement.finally)) return false;
      return canComplete(statement.body) || statement.catches.some((clause) => canComplete(clause.body));
    }
    case 'runas':
      return canComplete(statement.body);
    default:
      return true;
  }
}

function isTrue(condition: BExpr): boolean {
  return condition.k === 'const' && condition.value === true;
}

/** Whether a loop's body has a break of that loop. */
function breaks(body: BStatement | null): boolean {
  if (!body) return false;
  switch (body.k) {
    case 'break':
      return true;
    case 'block':
      return body.statements.some(breaks);
    case 'if':
      return breaks(body.then) || breaks(body.else);
    case 'switch':
      return body.cases.some((c) => breaks(c.body));
    case 'try':
      return breaks(body.body) || body.catches.some((clause) => breaks(clause.body)) || breaks(body.finally);
    case 'runas':
      return breaks(body.body);
    default:
      return false;
  }
}
