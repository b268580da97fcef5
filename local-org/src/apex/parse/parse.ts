import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import type { CompilationUnit } from '../ast.ts';
import type { Problem } from '../problem.ts';
import { isTooDeep, unlessTooDeep } from '../tooDeep.ts';
import { anonymousBlock, triggerDeclaration, typeDeclaration } from './declarations.ts';
import { explain } from './explain.ts';
import { predictFast } from './predict.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { tokenize } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** A parsed file: a unit and no problems, or problems and no unit. */
export interface ParseResult {
  unit: CompilationUnit | null;
  problems: Problem[];
}

/**
 * Parses a class file, a trigger file or a script. `file` is only what problems call it. Stops at the first fault, which
 * is then the one problem. Throws nothing on faulty sources.
 */
export function parseApex(source: string, file: string, kind: CompilationUnit['kind']): ParseResult {
  try {
    const unit = unlessTooDeep({ text: source, file }, () => parseUnit(source.replace(/^\uFEFF/, ''), kind, true));
    return isTooDeep(unit) ? { unit: null, problems: [unit] } : { unit, problems: [] };
  } catch (error) {
    if (error instanceof ApexSyntaxError) return { unit: null, problems: [error.toProblem(file)] };
    throw error;
  }
}

/**
 * Parses a text or throws ApexSyntaxError. Without `shortcuts` the grammar's general algorithm makes every decision: slow,
 * and there to check the shortcuts against.
 */
export function parseUnit(source: string, kind: CompilationUnit['kind'], shortcuts: boolean): CompilationUnit {
  const tokens = tokenize(source);
  const parser = new ApexParser(tokens);
  parser.removeErrorListeners();
  parser._errHandler = new StopAtFirst(tokens);
  if (shortcuts) predictFast(parser, tokens);

  const unit: CompilationUnit = { kind, type: null, trigger: null, anonymous: null };
  if (kind === 'class-file') unit.type = typeDeclaration(parser.compilationUnit().typeDeclaration());
  else if (kind === 'trigger-file') unit.trigger = triggerDeclaration(parser.triggerUnit());
  else unit.anonymous = anonymousBlock(parser.anonymousUnit());
  return unit;
}

/** Ends parsing at the first fault, in place of the library's attempts to go on. */
class StopAtFirst {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  reset(): void {}

  sync(): void {}

  reportMatch(): void {}

  inErrorRecoveryMode(): boolean {
    return false;
  }

  recover(): void {}

  recoverInline(parser: unknown): never {
    throw explain(parser as ApexParser, this.#tokens, null);
  }

  reportError(parser: unknown, error: { offendingToken: ApexToken | null }): never {
    throw explain(parser as ApexParser, this.#tokens, error.offendingToken);
  }
}
