import type { ObjectDescriptor, Schema } from './descriptor.ts';
import { FormulaError } from './formula/ast.ts';
import type { FormulaNode } from './formula/ast.ts';
import { parsed } from './formula/parsed.ts';

/** A formula of the project's metadata, with who is told what is wrong with it. */
export interface DeclaredFormula {
  readonly object: string;
  readonly text: string;
  readonly report: (message: string) => void;
}

/**
 * Reports formulas that a deployment would refuse: those with a syntax error, and those that name a custom field or
 * relationship that is not there. Of standard fields not all are known here, of packages none.
 */
export function checkFormulas(schema: Schema, formulas: readonly DeclaredFormula[]): void {
  for (const { object, text, report } of formulas) {
    const message = problemOf(schema, schema.object(object), text);
    if (message !== null) report(message);
  }
}

function problemOf(schema: Schema, object: ObjectDescriptor | null, text: string): string | null {
  try {
    const missing = object && pathsOf(parsed(text)).find((path) => isMissing(schema, object, path));
    return missing ? `Field ${missing.join('.')} does not exist. Check spelling.` : null;
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
}

function pathsOf(node: FormulaNode): (readonly string[])[] {
  switch (node.kind) {
    case 'name':
      return [node.path];
    case 'unary':
      return pathsOf(node.operand);
    case 'binary':
      return [...pathsOf(node.left), ...pathsOf(node.right)];
    case 'call':
      return node.args.flatMap(pathsOf);
    default:
      return [];
  }
}

/** `Name__c` or `Name__r`, without a namespace. */
const CUSTOM = /^[A-Za-z]\w*?__[cr]$/;

function isOwn(name: string): boolean {
  return CUSTOM.test(name) && name.split('__').length === 2;
}

function isMissing(schema: Schema, start: ObjectDescriptor, path: readonly string[]): boolean {
  let object = start;
  for (const [index, name] of path.entries()) {
    const key = name.toLowerCase();
    if (index === path.length - 1) return isOwn(name) && !object.fields.has(key);
    const lookup = object.parents.get(key);
    if (!lookup) return isOwn(name);
    const [target = ''] = lookup.referenceTo;
    const parent = lookup.referenceTo.length === 1 ? schema.object(target) : null;
    if (!parent) return false;
    object = parent;
  }
  return false;
}
