import type { PreparedQuery, QueryProblem } from '../../engine/data.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef, Visibility } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { isVisible } from '../../types/visibility.ts';
import type { Expr, Position, Statement } from '../ast.ts';
import type { BFault, BStatement, Local } from '../bound.ts';
import type { TypeScope } from '../declare/resolve.ts';
import type { Problems } from '../problems.ts';
import { nameFault } from './identifiers.ts';

/** What the checker needs to know that is not in the sources. */
export interface CheckOptions {
  /** Parses and validates a query against the schema. */
  prepareQuery(text: string, apiVersion: number): PreparedQuery | QueryProblem;
  /** Custom labels by lower-case name. */
  readonly labels: ReadonlyMap<string, string>;
  /** Visualforce pages as they are spelt, by lower-case name; none where not given. */
  readonly pages?: ReadonlyMap<string, string>;
  /** Whether local-org has an implementation of this member of a platform type. */
  isBuilt(member: MethodSymbol | FieldSymbol): boolean;
}

/** Local variables of one block, and those around it. */
export class Scope {
  readonly parent: Scope | null;
  readonly #locals = new Map<string, Local>();

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  find(name: string): Local | null {
    const key = name.toLowerCase();
    for (let scope: Scope | null = this.#self(); scope; scope = scope.parent) {
      const local = scope.#locals.get(key);
      if (local) return local;
    }
    return null;
  }

  add(local: Local): void {
    this.#locals.set(local.name.toLowerCase(), local);
  }

  /** Every name in sight, for suggestions. */
  *names(): Iterable<string> {
    for (let scope: Scope | null = this.#self(); scope; scope = scope.parent) {
      for (const local of scope.#locals.values()) yield local.name;
    }
  }

  #self(): Scope {
    return this;
  }
}

/** Where an expression or statement stands. One is made for each body; blocks change its scope. */
export class BodyContext implements TypeScope {
  readonly universe: Universe;
  readonly problems: Problems;
  readonly options: CheckOptions;
  readonly file: string;
  readonly def: TypeDef;
  readonly isStatic: boolean;
  /** Null in initialisers and triggers, where `return` gives nothing. */
  readonly returns: Type;
  /** In an accessor: the property, whose name there means its own storage. */
  readonly accessorOf: FieldSymbol | null;
  readonly triggerObject: ObjectDescriptor | null;
  readonly isConstructor: boolean;
  scope = new Scope(null);
  loopDepth = 0;
  /** While the arguments of `this(…)` and `super(…)` are checked, where there is no object yet. */
  inConstructorCall = false;
  /** In a constructor: the call of another one that a block begins with, or null where it begins with something else. */
  constructorCall: ((first: Statement) => BStatement[] | null) | null = null;
  /** In a field's initial value: the fields declared later, which it may not name. */
  notYet: ReadonlySet<FieldSymbol> = new Set();
  /** In a static field's initial value: the literals of the class's static final fields. */
  constants: ReadonlyMap<FieldSymbol, Expr> = new Map();
  /** The place of the name that an assignment writes without reading it. */
  writtenAt: Position | null = null;
  /** Counts locals of the body, so that each gets a JavaScript name of its own. */
  #locals = 0;

  constructor(
    base: { universe: Universe; problems: Problems; options: CheckOptions; file: string; def: TypeDef },
    body: {
      isStatic: boolean;
      returns: Type;
      accessorOf?: FieldSymbol | null;
      triggerObject?: ObjectDescriptor | null;
      isConstructor?: boolean;
    },
  ) {
    this.universe = base.universe;
    this.problems = base.problems;
    this.options = base.options;
    this.file = base.file;
    this.def = base.def;
    this.isStatic = body.isStatic;
    this.returns = body.returns;
    this.accessorOf = body.accessorOf ?? null;
    this.triggerObject = body.triggerObject ?? null;
    this.isConstructor = body.isConstructor ?? false;
  }

  /** The type of `this`. */
  get self(): Type {
    return this.universe.of(this.def);
  }

  /** Reports a problem; the node stands where a value was expected. */
  fail(at: Position, message: string): BFault {
    this.problems.add(this.file, at, message);
    return { k: 'fault', message, type: this.universe.unknown, at };
  }

  /** Declares a local in the current scope; Apex has no shadowing of locals. */
  declare(name: string, type: Type, at: Position, final = false): Local {
    if (this.scope.find(name)) this.fail(at, `Duplicate variable: ${name}`);
    const fault = nameFault({ name }, 'variable');
    if (fault !== null) this.fail(at, fault);
    const local = this.temporary(type, name, final);
    this.scope.add(local);
    return local;
  }

  /** A local that no name in the program can reach. */
  temporary(type: Type, name = 't', final = false): Local {
    return { name, type, js: `v${this.#locals++}_${name.toLowerCase()}`, final, maybeNull: false };
  }

  /** Runs `body` in a scope of its own. */
  nested<T>(body: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer);
    try {
      return body();
    } finally {
      this.scope = outer;
    }
  }

  /** Whether a member may be used here. */
  sees(owner: TypeDef, visibility: Visibility, testVisible: boolean): boolean {
    return isVisible(this.def, owner, visibility, testVisible);
  }
}
