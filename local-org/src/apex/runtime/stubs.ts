import { superclassOf } from '../../types/members.ts';
import { emptyDef } from '../../types/parameter.ts';
import type { MethodSymbol, Type, TypeDef } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { ApexType } from '../../values/apexType.ts';
import { ApexDouble } from '../../values/double.ts';
import { raise } from '../../values/exception.ts';
import { conforms, invoke } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { library } from './library.ts';
import type { JsClass } from './loader.ts';

type StubClass = new () => { provider: object };

/** What makes objects that stand for those of a class of the project: `Test.createStub`. */
export class Stubs {
  readonly #universe: Universe;
  readonly #classOf: (name: string) => JsClass;
  readonly #known = new Map<Type, StubClass>();

  constructor(universe: Universe, classOf: (name: string) => JsClass) {
    this.#universe = universe;
    this.#classOf = classOf;
  }

  /**
   * An object whose methods ask the provider. Neither constructors nor initialisers run.
   *
   * @throws System.TypeException for what the stub API can't stand for: Apex Developer Guide, "Build a Mocking
   * Framework with the Stub API" (messages unverified)
   */
  create(type: Type, provider: object): object {
    let stubClass = this.#known.get(type);
    if (!stubClass) {
      this.#refuse(type);
      stubClass = this.#makeClass(type);
      this.#known.set(type, stubClass);
    }
    const stub = new stubClass();
    // Not enumerable, and no field of the Apex object: text and JSON do not show it.
    Object.defineProperty(stub, 'provider', { value: provider });
    return stub;
  }

  #refuse({ def, name }: Type): void {
    const refuse = (why: string): never => raise('System.TypeException', `Cannot create a stub of ${name}: ${why}`);
    if (def.origin !== 'user') refuse('system types, SObjects and collections cannot be stubbed');
    if (def.kind === 'enum') refuse('enums cannot be stubbed');
    if (def.kind !== 'class') return;
    if (conforms(this.#universe.of(def), 'Database.Batchable')) refuse('it implements Database.Batchable');
    if (
      def.constructors.length > 0 &&
      def.constructors.every((each) => each.visibility === 'private' && !each.testVisible)
    ) {
      refuse('all its constructors are private');
    }
  }

  #makeClass(type: Type): StubClass {
    const { def } = type;
    const isClass = def.kind === 'class';
    const parent = isClass ? (this.#classOf(def.name) as unknown as new () => object) : Object;
    const stubClass = class extends parent {
      declare readonly provider: object;
    };
    const stubDef: TypeDef = {
      ...emptyDef,
      name: `${def.name}__sfdc_ApexStub`,
      kind: 'class',
      origin: 'user',
      visibility: 'public',
      superclass: isClass ? type : null,
      interfaces: isClass ? [] : [type],
    };
    Object.defineProperty(stubClass.prototype, '$type', { value: this.#universe.of(stubDef) });
    for (const method of this.#methods(type)) this.#define(stubClass.prototype as object, method);
    return stubClass as unknown as StubClass;
  }

  /** Every instance method but the private ones; of overriding ones the innermost, whose parameters have their names. */
  #methods(type: Type): Iterable<MethodSymbol> {
    const found = new Map<string, MethodSymbol>();
    const visit = (at: Type): void => {
      for (const overloads of at.def.methods.values()) {
        for (const method of overloads) {
          const own = !method.static && (method.visibility !== 'private' || method.abstract || method.virtual);
          if (own && at.def.origin === 'user' && !found.has(method.js)) found.set(method.js, method);
        }
      }
      const parent = superclassOf(this.#universe, at);
      if (parent) visit(parent);
      for (const each of at.def.interfaces) if (at.def.kind === 'interface' || at.def.abstract) visit(each);
    };
    visit(type);
    return found.values();
  }

  #define(prototype: object, method: MethodSymbol): void {
    const universe = this.#universe;
    const { Double, Id, String: text } = universe;
    const { name, params, returns } = method;
    const types = params.map((param) => ApexType.of(param.type));
    const names = params.map((param) => param.name);
    const value = function (this: { provider: object }, ...args: unknown[]): unknown {
      const boxed = args.map((arg, at) => {
        const type = params[at]?.type;
        if (type === Double) return library.bx(arg as number | null);
        return type === Id ? library.hold(arg as string | null) : arg;
      });
      const result = invoke(this.provider, 'handleMethodCall', [
        this,
        name,
        ApexType.of(returns),
        new ApexList(universe.listOf(universe.system('Type')), types),
        new ApexList(universe.listOf(text), names),
        new ApexList(universe.listOf(universe.Object), boxed),
      ]);
      if (returns === universe.void) return undefined;
      const cast = library.cast(result, returns);
      return returns === Double && cast instanceof ApexDouble ? cast.value : cast;
    };
    Object.defineProperty(prototype, method.js, { value });
  }
}
