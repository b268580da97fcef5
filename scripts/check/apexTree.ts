import { parseApex } from '../../local-org/src/apex/parse/parse.ts';
import { findSources } from '../../local-org/src/apex/source/project.ts';
import type { TypeDecl } from '../../local-org/src/apex/ast.ts';

/** A class or trigger with its syntax tree. */
export interface ApexFile {
  readonly file: string;
  readonly name: string;
  /** Null for a trigger. */
  readonly type: TypeDecl | null;
  /** Of the whole file. */
  readonly tree: unknown;
}

/** Something of a syntax tree that has a kind and a place. */
export interface TreeNode {
  readonly kind: string;
  readonly at: number;
  readonly [key: string]: unknown;
}

/** @throws Error naming the file and the line that can't be parsed */
export function apexFiles(root: string): ApexFile[] {
  return findSources(root).sources.map(({ file, name, kind, text }) => {
    const { unit, problems } = parseApex(text, file, kind);
    if (unit === null) throw new Error(problems.map(({ line, message }) => `${file}:${line} ${message}`).join('\n'));
    return { file, name, type: unit.type, tree: unit };
  });
}

/** All nodes below (and at) a node, outer ones first. Where `enter` answers false, what is below is left out. */
export function* nodesOf(tree: unknown, enter: (node: TreeNode) => boolean = () => true): Generator<TreeNode> {
  if (Array.isArray(tree)) {
    for (const each of tree) yield* nodesOf(each, enter);
    return;
  }
  if (typeof tree !== 'object' || tree === null) return;
  if (isNode(tree)) {
    yield tree;
    if (!enter(tree)) return;
  }
  for (const value of Object.values(tree)) yield* nodesOf(value, enter);
}

function isNode(value: object): value is TreeNode {
  return 'kind' in value && 'at' in value && typeof value.kind === 'string' && typeof value.at === 'number';
}
