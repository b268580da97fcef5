import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { Fault } from './fault.ts';

/** What belongs in a place, for the rules whose list of tokens would tell a reader nothing. */
const PLACES: Record<string, string> = {
  compilationUnit: 'the end of the file',
  typeDeclaration: "a class, an interface or an enum, as in 'public class Name {'",
  triggerUnit: "a trigger, as in 'trigger Name on Account (before insert) {'",
  triggerCase: "an event: 'before' or 'after', then 'insert', 'update', 'delete' or 'undelete'",
  triggerBlock: "a statement or '}'",
  triggerBlockMember: "a statement or '}'",
  anonymousUnit: 'a statement',
  anonymousBlockMember: 'a statement',
  classBody: "a field, property, method, constructor, inner type or '}'",
  classBodyDeclaration: "a field, property, method, constructor, inner type or '}'",
  memberDeclaration: 'a field, property, method, constructor or inner type',
  interfaceBody: "a method without a body or '}'",
  interfaceMethodDeclaration: 'a method without a body',
  enumDeclaration: "names separated by ',' and '}'",
  propertyDeclaration: "'get', 'set' or '}'",
  propertyBlock: "'get' or 'set'",
  formalParameter: 'a parameter: a type and a name',
  typeRef: 'a type',
  typeName: 'a type',
  id: 'a name',
  anyId: 'a name',
  block: "a statement or '}'",
  statement: 'a statement',
  expression: 'an expression',
  primary: 'an expression',
  creator: "'(', '{' or '[' after the type",
  elementValue: 'a literal',
  literal: 'a literal',
  whenValue: "a value, 'else', or a type and a name",
  whenLiteral: 'a value',
  switchStatement: "'when' or '}'",
  forControl: "a loop: 'Type name : collection' or 'start; condition; step'",
  tryStatement: "'catch' or 'finally'",
  selectEntry: 'a field, a function, a subquery or TYPEOF',
  fieldName: 'a field',
  soqlId: 'a name',
  value: "a value, a list in parentheses, or ':' and a variable",
  insertStatement: 'an expression',
  updateStatement: 'an expression',
  deleteStatement: 'an expression',
  undeleteStatement: 'an expression',
  upsertStatement: 'an expression',
  mergeStatement: 'an expression',
  comparisonOperator: 'a comparison: =, !=, <, >, <=, >=, LIKE, IN, NOT IN, INCLUDES or EXCLUDES',
  soslClauses: 'a clause of SOSL',
};

/** Rules in which a list may go on where the parser, which has left the list, expects its end. */
const LISTS = new Set([
  'methodCall',
  'dotMethodCall',
  'arguments',
  'formalParameters',
  'setCreatorRest',
  'mapCreatorRest',
]);

/** In words, what could stand where the parser stopped. */
export function describeExpected({ expected, rules }: Fault): string {
  const names = [...new Set([...expected].map(tokenWords))].filter((name) => name !== '');
  const [only] = names;
  const innermost = PLACES[rules[0] ?? ''];
  if (names.length === 1 && only === "'}'" && innermost !== undefined) return innermost;
  if (names.length === 1 && LISTS.has(rules[0] ?? '')) return `',' or ${only}`;
  if (names.length > 0 && names.length <= 4) return listed(names);
  const place = rules.find((rule) => PLACES[rule] !== undefined);
  return place === undefined ? listed(names.slice(0, 4)) : PLACES[place]!;
}

function tokenWords(type: number): string {
  if (type === ApexParser.EOF) return 'the end of the file';
  const literal = ApexParser.literalNames[type];
  if (typeof literal === 'string') return literal;
  return (
    { Identifier: 'a name', IntegerLiteral: 'a number', StringLiteral: 'a string' }[
      ApexParser.symbolicNames[type] ?? ''
    ] ?? ''
  );
}

function listed(names: string[]): string {
  return names.length < 2 ? (names[0] ?? 'something else') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
