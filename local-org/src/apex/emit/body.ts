import { lineOf } from '../ast.ts';
import type { TypeDef } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Links } from './links.ts';
import { mark } from './output.ts';

/** What emitting one body needs to know and collects. */
export class BodyEmitter {
  readonly links: Links;
  readonly universe: Universe;
  readonly def: TypeDef;
  readonly isConstructor: boolean;
  readonly coverage: boolean;
  /** Set when something in the body may run other Apex, so that depth and sharing have to be kept. */
  calls = false;
  #temps = 0;

  constructor(base: { links: Links; universe: Universe; def: TypeDef; coverage: boolean }, isConstructor = false) {
    this.links = base.links;
    this.universe = base.universe;
    this.def = base.def;
    this.coverage = base.coverage;
    this.isConstructor = isConstructor;
  }

  /** A variable of the function for a value that is needed twice. */
  temp(): string {
    return `$${this.#temps++}`;
  }

  /** Declarations of the temporaries. */
  temps(): string {
    if (this.#temps === 0) return '';
    return `let ${Array.from({ length: this.#temps }, (_, i) => `$${i}`).join(',')};`;
  }

  /** A mark for the line of a position, and in coverage builds the note that it ran. */
  statement(at: number): string {
    const line = lineOf(at);
    return this.coverage ? `${mark(line)}$c[${line}]=1;` : mark(line);
  }
}
