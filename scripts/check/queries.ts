import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { lineOf } from '../../local-org/src/apex/ast.ts';
import type { Binary, Expr, Literal } from '../../local-org/src/apex/ast.ts';
import type { ConditionNode, QueryNode } from '../../local-org/src/soql/ast.ts';
import { parseQuery } from '../../local-org/src/soql/parser.ts';
import { messageOf } from '../org/commandError.ts';
import { apexFiles, nodesOf } from './apexTree.ts';
import type { ApexFile } from './apexTree.ts';
import type { Checker, Finding } from './finding.ts';
import { withoutKnown } from './knownFindings.ts';

const CONFIG_FILE = 'config/queries.json';
const RULE = 'queries';

const configSchema = z.array(
  z.strictObject({ file: z.string().min(1), message: z.string().min(1), reason: z.string().min(20) }),
);

/**
 * Standard fields with an index. Source: "Working with Very Large SOQL Queries" (Apex Developer Guide) and "Indexes" (Best
 * Practices for Deployments with Large Data Volumes).
 */
const INDEXED = /^(id|name|ownerid|createddate|systemmodstamp|lastmodifieddate|recordtypeid|email|developername|.*id)$/;

/**
 * Every query of the production Apex has a limit, or a filter by which the platform's optimizer can use an index: by
 * equality, a list or a range of an indexed field, in all branches of an OR. Others are in config/queries.json, each with
 * its reason.
 */
export const queries: Checker = {
  name: RULE,
  what: 'queries have a selective filter or a limit',
  check(root) {
    const known = configSchema.parse(JSON.parse(readFileSync(join(root, CONFIG_FILE), 'utf8')));
    const indexed = indexedFields(root);
    const findings = apexFiles(root)
      .filter(({ file }) => !file.endsWith('Test.cls') && !file.includes('/test/'))
      .flatMap((file) => unselective(file, indexed));
    return Promise.resolve(withoutKnown(findings, known, CONFIG_FILE));
  },
};

/** The project's own fields that have an index: lookups, external ids and unique fields. */
function indexedFields(root: string): ReadonlySet<string> {
  const files = globSync('force-app/**/*.field-meta.xml', { cwd: root }).filter((file) =>
    /<(externalId|unique)>true<|<type>(Lookup|MasterDetail)</.test(readFileSync(join(root, file), 'utf8')),
  );
  return new Set(files.map((file) => basename(file, '.field-meta.xml').toLowerCase()));
}

function unselective({ file, tree }: ApexFile, indexed: ReadonlySet<string>): Finding[] {
  return queriesIn(tree).flatMap(({ texts, line }) => {
    const object = /\bFROM\s+(\w+)/i.exec(texts[0] ?? '')?.[1] ?? '?';
    try {
      if (isBounded(parsed(texts), indexed)) return [];
      return [{ file, line, rule: RULE, message: `the query of ${object} has neither a selective filter nor a limit` }];
    } catch (error) {
      return [{ file, line, rule: RULE, message: `the query of ${object} can't be read: ${messageOf(error)}` }];
    }
  });
}

/** The first of the texts that is a query. @throws what is wrong with the last */
function parsed([text = '', ...others]: readonly string[]): QueryNode {
  if (others.length === 0) return parseQuery(text);
  try {
    return parseQuery(text);
  } catch {
    return parsed(others);
  }
}

interface QueryText {
  /** With what is inserted as a bind variable, and without it. */
  readonly texts: readonly string[];
  readonly line: number;
}

/** Static queries, and texts that begin with SELECT whatever is put into them. */
function queriesIn(tree: unknown): QueryText[] {
  const found: QueryText[] = [];
  for (const node of nodesOf(tree, (each) => !isText(each))) {
    const texts =
      node.kind === 'soql' ? [String(node['text'])] : isText(node) ? [textOf(node, ':inserted'), textOf(node, '')] : [];
    if (texts.some((text) => /^\s*SELECT\b/i.test(text))) {
      found.push({ texts: texts.map((text) => text.trim()), line: lineOf(node.at) });
    }
    // What is put into a text may hold a query itself.
    if (isText(node)) found.push(...partsOf(node).flatMap(queriesIn));
  }
  return found;
}

function isText(node: object): node is Literal | Binary {
  return 'kind' in node && (node.kind === 'literal' || (node.kind === 'binary' && 'op' in node && node.op === '+'));
}

function partsOf(text: Literal | Binary): Expr[] {
  if (text.kind === 'literal') return [];
  return [text.left, text.right].flatMap((part) => (isText(part) ? partsOf(part) : [part]));
}

function textOf(expr: Expr, inserted: string): string {
  if (expr.kind === 'literal') return expr.type === 'String' ? expr.text : '';
  if (expr.kind !== 'binary') return inserted;
  const before = textOf(expr.left, inserted);
  // The number of a date literal, as in LAST_N_DAYS:n, is no bind variable.
  const isNumber = before.endsWith(':') && expr.right.kind !== 'literal';
  return before + (isNumber ? '1' : textOf(expr.right, inserted));
}

/** COUNT() and the like read as many rows as any other query. */
function isBounded(query: QueryNode, indexed: ReadonlySet<string>): boolean {
  return query.limit !== null || (query.where !== null && isSelective(query.where, indexed));
}

function isSelective(condition: ConditionNode, indexed: ReadonlySet<string>): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.some((term) => isSelective(term, indexed));
    case 'or':
      return condition.terms.every((term) => isSelective(term, indexed));
    case 'in':
      return !condition.negated && isIndexed(condition.left, indexed);
    case 'compare':
      return (
        condition.operator !== '!=' &&
        condition.operator !== 'like' &&
        condition.right.kind !== 'null' &&
        isIndexed(condition.left, indexed)
      );
    default:
      return false;
  }
}

function isIndexed(field: { kind: string; names?: readonly string[] }, indexed: ReadonlySet<string>): boolean {
  if (field.names?.length !== 1) return false;
  const name = field.names[0]?.toLowerCase() ?? '';
  return indexed.has(name) || INDEXED.test(name);
}
