import { lineOf } from '../../src/apex/ast.ts';
import type { Block, CompilationUnit, Expr, MethodDecl, Position, TypeRef } from '../../src/apex/ast.ts';
import { SourceText } from './sourceText.ts';

/** An error that can be planted in a source: what stands from `start` to `end` becomes `text`. */
export interface Fault {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly line: number;
  /** Other files can see it, so that it has to be tried alone. */
  readonly declared: boolean;
}

/** A value that hardly anything takes: no literal, no number and no text becomes a Blob. */
const BLOB = `Blob.valueOf('x')`;
/** What renamed things end in. */
const ENDING = 'Zq';

type Node = Readonly<Record<string, unknown>> & { readonly kind?: string };

/** All errors that can be planted in a source, in no particular order. */
export function faultsOf(unit: CompilationUnit, text: string): Fault[] {
  return new FaultFinder(text).of(unit);
}

class FaultFinder {
  readonly #source: SourceText;
  readonly #found: Fault[] = [];
  /** The method whose body is visited; null outside of methods. */
  #method: MethodDecl | null = null;
  #inBody = false;

  constructor(text: string) {
    this.#source = new SourceText(text);
  }

  of(unit: CompilationUnit): Fault[] {
    this.#visit(unit);
    return this.#found;
  }

  #visit(value: unknown): void {
    if (Array.isArray(value)) for (const each of value) this.#visit(each);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Node;
    const { kind } = node;
    if (kind === 'method') return this.#visitMethod(value as MethodDecl);
    const outer = this.#inBody;
    // Blocks and the values of fields: what is wrong in them is wrong nowhere else.
    if (kind === 'block' || isExpression(node)) this.#inBody = true;
    if (isType(node)) this.#type(value as TypeRef);
    else this.#node(node);
    for (const each of Object.values(node)) this.#visit(each);
    this.#inBody = outer;
  }

  #visitMethod(method: MethodDecl): void {
    const outer = [this.#method, this.#inBody] as const;
    this.#method = method;
    this.#inBody = false;
    this.#rename('renamed method', method.name.name, method.name.at);
    if (method.returns !== null) {
      this.#visit(method.returns);
      if (method.body !== null) this.#missingReturn(method.body);
    }
    this.#visit(method.params);
    this.#visit(method.body);
    [this.#method, this.#inBody] = outer;
  }

  #node(node: Node): void {
    const each = node as unknown as Expr;
    switch (node.kind) {
      case 'name':
        this.#rename('unknown variable', (each as { name: string }).name, each.at);
        break;
      case 'field-access':
        if (each.kind === 'field-access') this.#rename('unknown field', each.name.name, each.name.at);
        break;
      case 'call':
      case 'method-call':
        if (each.kind === 'call' || each.kind === 'method-call') {
          const constructor = /^(this|super)$/i.test(each.name.name);
          if (!constructor) this.#rename('unknown method', each.name.name, each.name.at);
          this.#arguments(each.args, each.name.at);
        }
        break;
      case 'new':
        if (each.kind === 'new' && each.named === null) this.#arguments(each.args, each.type.at);
        break;
      case 'assign':
        if (each.kind === 'assign' && each.op === '=') this.#replace('wrong value', each.value, BLOB);
        break;
      default:
        this.#statement(node);
    }
  }

  #statement(node: Node): void {
    switch (node.kind) {
      case 'field':
      case 'local':
        for (const { name, init } of node['variables'] as {
          name: { name: string; at: Position };
          init: Expr | null;
        }[]) {
          const kind = node.kind === 'field' ? 'renamed field' : 'renamed variable';
          this.#rename(kind, name.name, name.at);
          if (init !== null) this.#replace('wrong value', init, BLOB, true);
        }
        break;
      case 'property':
        this.#rename('renamed field', (node['name'] as { name: string }).name, (node['name'] as { at: Position }).at);
        break;
      case 'return':
        if (this.#method !== null && this.#method.returns !== null && node['value'] !== null) {
          this.#replace('wrong return value', node['value'] as Expr, BLOB);
          this.#replace('return without a value', node['value'] as Expr, '');
        }
        break;
      case 'if':
      case 'while':
        this.#replace('condition that is no Boolean', node['condition'] as Expr, '1');
        break;
      case 'throw':
        this.#replace('thrown text', node['value'] as Expr, `'x'`);
        break;
    }
  }

  #type({ names, at }: TypeRef): void {
    const [first] = names;
    if (first !== undefined) this.#rename('unknown type', first.name, at);
  }

  /** @param at where the name of what is called stands. */
  #arguments(args: readonly Expr[], at: Position): void {
    const open = this.#source.text.indexOf('(', this.#source.offset(at));
    if (open < 0) return;
    this.#add('one argument too many', open + 1, open + 1, args.length > 0 ? 'null, ' : 'null', at);
    const [first, second] = args;
    for (const arg of args) this.#replace('wrong argument', arg, BLOB);
    if (first === undefined) return;
    if (second === undefined) return this.#replace('one argument too few', first, '');
    const [from, to] = [this.#source.extent(first), this.#source.extent(second)];
    if (from !== null && to !== null) this.#add('one argument too few', from[0], to[0], '', at);
  }

  /** Takes out the return statement that ends a method. */
  #missingReturn(body: Block): void {
    const last = body.statements.at(-1);
    if (last?.kind !== 'return') return;
    const start = this.#source.offset(last.at);
    const end = this.#source.text.indexOf(';', start);
    const inText = this.#source.text.slice(start, end).includes(`'`);
    if (end < 0 || inText) return;
    this.#inBody = true;
    this.#add('missing return', start, end + 1, '', last.at);
    this.#inBody = false;
  }

  #rename(kind: string, name: string, at: Position): void {
    const start = this.#source.offset(at);
    const end = start + name.length;
    // What the parser made up, or stands elsewhere than where it says, is left alone.
    if (this.#source.text.slice(start, end) === name) this.#add(kind, start, end, name + ENDING, at);
  }

  /** Puts something else in the place of a literal or a name: of other expressions the tree does not tell the end. */
  #replace(kind: string, value: Expr, text: string, body = false): void {
    const extent = this.#source.extent(value);
    const outer = this.#inBody;
    this.#inBody ||= body;
    if (extent !== null) this.#add(kind, extent[0], extent[1], text, value.at);
    this.#inBody = outer;
  }

  #add(kind: string, start: number, end: number, text: string, at: Position): void {
    this.#found.push({ kind, start, end, text, line: lineOf(at), declared: !this.#inBody });
  }
}

function isType(node: Node): boolean {
  return Array.isArray(node['names']) && typeof node['dims'] === 'number';
}

const EXPRESSIONS = new Set(
  (
    'literal name this super field-access call method-call index new new-collection cast instanceof unary postfix binary ' +
    'assign ternary class-literal soql sosl'
  ).split(' '),
);

function isExpression({ kind }: Node): boolean {
  return kind !== undefined && EXPRESSIONS.has(kind);
}
