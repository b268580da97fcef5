import type { Accessor, Block, ConstructorDecl, Expr, Member, MethodDecl, PropertyDecl, TriggerDecl } from '../ast.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import type { FieldSymbol, Type } from '../../types/type.ts';
import type { BAccessor, BClass, BInitializer, BMethod, BStatement, BTrigger } from '../bound.ts';
import type { UserDef, UserMethod } from '../declare/userDef.ts';
import { BodyContext } from './context.ts';
import type { CheckOptions } from './context.ts';
import { checkConstructorBody, checkImplicitSuper } from './constructors.ts';
import { convert } from './convert.ts';
import { checkExpr } from './expressions.ts';
import { checkBlock, checkReturns, checkStatements } from './statements.ts';

/** Checks all bodies of a class and of its inner classes. Its declarations are checked by `checkDeclarations`. */
export function checkClass(def: UserDef, options: CheckOptions, triggerObject: ObjectDescriptor | null = null): BClass {
  const check = new ClassCheck(def, options, triggerObject);
  return check.run();
}

class ClassCheck {
  readonly def: UserDef;
  readonly options: CheckOptions;
  readonly triggerObject: ObjectDescriptor | null;
  readonly methods: BMethod[] = [];
  readonly constructors: BMethod[] = [];
  readonly accessors: BAccessor[] = [];
  readonly initializers: BInitializer[] = [];

  constructor(def: UserDef, options: CheckOptions, triggerObject: ObjectDescriptor | null) {
    this.def = def;
    this.options = options;
    this.triggerObject = triggerObject;
  }

  run(): BClass {
    const { def } = this;
    for (const member of def.decl.kind === 'class' ? def.decl.members : []) {
      switch (member.kind) {
        case 'method':
          this.#method(member);
          break;
        case 'constructor':
          this.#constructorDecl(member);
          break;
        case 'field':
          for (const variable of member.variables) {
            const symbol = def.fields.get(variable.name.name.toLowerCase());
            if (symbol && variable.init) this.#fieldInit(symbol, variable.init, variable.name.at);
          }
          break;
        case 'property':
          this.#property(member);
          break;
        case 'initializer': {
          const cx = this.#context(member.static, this.#universe.null);
          cx.notYet = this.#declaredBehind(member);
          this.initializers.push({
            k: 'block',
            body: checkBlock(cx, member.body),
            static: member.static,
            at: member.at,
          });
          break;
        }
        default:
          break; // inner types follow below
      }
    }
    for (const symbol of def.constructors) {
      if (symbol.decl !== null) continue;
      checkImplicitSuper(this.#context(false, this.#universe.void), def, def.decl.name.at);
      this.constructors.push({ method: symbol, params: [], body: null, at: def.decl.at });
    }
    return {
      def,
      type: this.#universe.of(def),
      methods: this.methods,
      constructors: this.constructors,
      accessors: this.accessors,
      initializers: this.initializers,
      inner: [...def.inner.values()].map((inner) => checkClass(inner, this.options)),
    };
  }

  get #universe() {
    return this.def.scope.universe;
  }

  #context(
    isStatic: boolean,
    returns: Type,
    more: { accessorOf?: FieldSymbol; isConstructor?: boolean } = {},
  ): BodyContext {
    const { universe, problems, file } = this.def.scope;
    const base = { universe, problems, options: this.options, file, def: this.def };
    return new BodyContext(base, { isStatic, returns, triggerObject: this.triggerObject, ...more });
  }

  #fieldInit(symbol: FieldSymbol, init: Parameters<typeof checkExpr>[1], at: number): void {
    const cx = this.#context(symbol.static, this.#universe.null);
    const fields = [...this.def.fields.values()];
    // Static code sees no fields of objects at all.
    cx.notYet = new Set(fields.slice(fields.indexOf(symbol)).filter((other) => other.static || !symbol.static));
    if (symbol.static) cx.constants = this.#constants();
    const value = convert(cx, checkExpr(cx, init), symbol.type);
    this.initializers.push({ k: 'field', symbol, value, at });
  }

  /** Fields and properties that stand behind a member. */
  #declaredBehind(member: Member): ReadonlySet<FieldSymbol> {
    const { decl, fields } = this.def;
    const members = decl.kind === 'class' ? decl.members : [];
    const names = members.slice(members.indexOf(member)).flatMap((later) => {
      if (later.kind === 'field') return later.variables.map(({ name }) => name.name);
      return later.kind === 'property' ? [later.name.name] : [];
    });
    return new Set(names.flatMap((name) => fields.get(name.toLowerCase()) ?? []));
  }

  #constants(): ReadonlyMap<FieldSymbol, Expr> {
    const { def } = this;
    const constants = new Map<FieldSymbol, Expr>();
    for (const member of def.decl.kind === 'class' ? def.decl.members : []) {
      for (const { name, init } of member.kind === 'field' ? member.variables : []) {
        const symbol = def.fields.get(name.name.toLowerCase());
        if (symbol?.static && symbol.final && init?.kind === 'literal') constants.set(symbol, init);
      }
    }
    return constants;
  }

  #method(decl: MethodDecl): void {
    const symbol = (this.def.methods.get(decl.name.name.toLowerCase()) as readonly UserMethod[] | undefined)?.find(
      (method) => method.decl === decl,
    );
    if (!symbol) return; // declared twice, said already
    const cx = this.#context(symbol.static, symbol.returns);
    const params = this.#params(cx, decl, symbol);
    const body = decl.body && this.#body(cx, decl.body, decl);
    this.methods.push({ method: symbol, params, body, at: decl.at });
  }

  #constructorDecl(decl: ConstructorDecl): void {
    const symbol = this.def.constructors.find((method) => method.decl === decl);
    if (!symbol) return;
    const cx = this.#context(false, this.#universe.void, { isConstructor: true });
    const params = this.#params(cx, decl, symbol);
    this.constructors.push({ method: symbol, params, body: checkConstructorBody(cx, decl.body), at: decl.at });
  }

  #params(cx: BodyContext, decl: MethodDecl | ConstructorDecl, symbol: UserMethod) {
    return decl.params.map((param, index) => {
      const type = symbol.params[index]?.type ?? this.#universe.unknown;
      const local = cx.declare(param.name.name, type, param.name.at, param.final);
      local.maybeNull = true;
      return local;
    });
  }

  #body(cx: BodyContext, block: Block, method: MethodDecl | null): BStatement {
    const body: BStatement = { k: 'block', statements: checkStatements(cx, block.statements), at: block.at };
    if (method?.returns) checkReturns(cx, body, method.name.at);
    return body;
  }

  #property(decl: PropertyDecl): void {
    const symbol = this.def.fields.get(decl.name.name.toLowerCase());
    if (!symbol || symbol.property?.auto) return;
    if (decl.getter) this.#accessor(symbol, decl.getter, 'get');
    if (decl.setter) this.#accessor(symbol, decl.setter, 'set');
  }

  #accessor(symbol: FieldSymbol, accessor: Accessor, kind: 'get' | 'set'): void {
    const returns = kind === 'get' ? symbol.type : this.#universe.void;
    const cx = this.#context(symbol.static, returns, { accessorOf: symbol });
    const params = kind === 'set' ? [cx.declare('value', symbol.type, accessor.at)] : [];
    for (const param of params) param.maybeNull = true;
    let body: BStatement | null = null;
    if (accessor.body) {
      body = { k: 'block', statements: checkStatements(cx, accessor.body.statements), at: accessor.body.at };
      if (kind === 'get') checkReturns(cx, body, accessor.at);
    }
    this.accessors.push({ kind, symbol, params, body, at: accessor.at });
  }
}

/** Checks a trigger; `holder` declares what its body declares beside statements. */
export function checkTrigger(
  decl: TriggerDecl,
  holder: UserDef,
  object: ObjectDescriptor,
  options: CheckOptions,
): BTrigger {
  const { universe, problems, file } = holder.scope;
  const bound = checkClass(holder, options, object);
  const cx = new BodyContext(
    { universe, problems, options, file, def: holder },
    { isStatic: true, returns: universe.null, triggerObject: object },
  );
  const body: BStatement = { k: 'block', statements: checkStatements(cx, decl.body.statements), at: decl.body.at };
  return { name: decl.name.name, object, events: decl.events, holder: bound, body };
}
