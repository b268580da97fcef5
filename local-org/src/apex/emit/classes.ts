import { isSubtype } from '../../types/assignable.ts';
import { mangleName } from '../../types/mangle.ts';
import type { TypeDef } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { lineOf } from '../ast.ts';
import type { BAccessor, BBody, BClass, BInitializer, BMethod, BStatement, BTrigger } from '../bound.ts';
import { BodyEmitter } from './body.ts';
import { emit } from './expressions.ts';
import { Links, quote } from './links.ts';
import { layOut } from './output.ts';
import { emitStatement } from './statements.ts';

/** One generated script: a class, or the body of a trigger or anonymous block. */
export interface Script {
  /** The class's name (`Outer.Inner`), or the trigger's. */
  readonly name: string;
  readonly kind: 'class' | 'trigger' | 'anonymous';
  /** An expression whose value is a function of the runtime. */
  readonly js: string;
  /** The source line of the script's first line. */
  readonly firstLine: number;
}

export interface EmitOptions {
  readonly universe: Universe;
  /** Whether statements note that they ran. */
  readonly coverage: boolean;
}

/** What every script may use of the runtime by short names. */
const LIBRARY =
  'nn,na,st,dt,tx,tl,imul,idiv,ladd,lsub,lmul,ldiv,lshl,lshr,lushr,land,lor,lxor,lneg,lnot,dadd,dsub,dmul,ddiv,' +
  'decAdd,decSub,decMul,decDiv,decNeg,band,bor,bxor,datePlus,dateMinus,datetimePlus,datetimeMinus,timePlus,timeMinus,' +
  'lt,le,gt,ge,ltDec,leDec,gtDec,geDec,ltText,leText,gtText,geText,ltId,leId,gtId,geId,ltDate,leDate,gtDate,geDate,' +
  'eqText,eqId,equal,exact,i2l,l2d,i2dec,l2dec,d2dec,dec2d,toId,asId,castId,date2dt,bx,hold,ub,ul,rdec,rdt,isA,cast,toInt,toLong,toDouble,toDec';

/** The scripts of a class and of its inner classes. Interfaces and enums need none. */
export function emitClass(bound: BClass, options: EmitOptions): Script[] {
  const scripts = bound.def.kind === 'class' ? [new ClassEmitter(bound, options).script()] : [];
  return [...scripts, ...bound.inner.flatMap((inner) => emitClass(inner, options))];
}

/** The scripts of a trigger: its holder class, and its body as a function. */
export function emitTrigger(bound: BTrigger, options: EmitOptions): Script[] {
  const body = emitFreeBody('trigger', bound.name, bound.holder.def, bound.body, options);
  return [...emitClass(bound.holder, options), body];
}

/** The scripts of an anonymous block. */
export function emitAnonymous(holder: BClass, body: BStatement, options: EmitOptions): Script[] {
  return [...emitClass(holder, options), emitFreeBody('anonymous', 'AnonymousBlock', holder.def, body, options)];
}

function emitFreeBody(
  kind: 'trigger' | 'anonymous',
  name: string,
  def: TypeDef,
  statement: BStatement,
  options: EmitOptions,
): Script {
  const links = new Links(def.apiVersion);
  const body = new BodyEmitter({ links, def, ...options });
  const text = emitStatement(body, statement);
  const code = `()=>{${body.temps()}${text}}`;
  return wrap(name, kind, links, `return{link:()=>{${links.assignments()}},run:${code}};`, lineOf(statement.at), def);
}

function wrap(name: string, kind: Script['kind'], links: Links, code: string, firstLine: number, def: TypeDef): Script {
  const coverage = `const $c=$r.coverage(${quote(def.file ?? '')});`;
  const head = `(function($r,$x){"use strict";const {${LIBRARY}}=$r.lib;${code.includes('$c[') ? coverage : ''}${links.declarations()}`;
  return { name, kind, js: `${head}${layOut(code, firstLine)}})`, firstLine };
}

type Member =
  | { readonly at: number; readonly kind: 'method' | 'constructor'; readonly node: BMethod }
  | { readonly at: number; readonly kind: 'accessor'; readonly node: BAccessor }
  | { readonly at: number; readonly kind: 'initializer'; readonly node: BInitializer };

class ClassEmitter {
  readonly bound: BClass;
  readonly options: EmitOptions;
  readonly links: Links;
  readonly #hasStaticCode: boolean;
  #groups = { instance: 0, static: 0 };

  constructor(bound: BClass, options: EmitOptions) {
    this.bound = bound;
    this.links = new Links(bound.def.apiVersion);
    this.options = options;
    this.#hasStaticCode = bound.initializers.some(isStatic);
  }

  script(): Script {
    const { bound, links } = this;
    const { def } = bound;
    const members = this.#members();
    const parts: string[] = [];
    for (let i = 0; i < members.length; i++) {
      const member = members[i] as Member;
      if (member.kind === 'initializer') {
        const group = [member.node];
        while (
          members[i + 1]?.kind === 'initializer' &&
          isStatic((members[i + 1] as typeof member).node) === isStatic(member.node)
        ) {
          group.push((members[++i] as typeof member).node);
        }
        parts.push(this.#initializers(group));
      } else if (member.kind === 'accessor') parts.push(this.#accessor(member.node));
      else parts.push(this.#method(member.node, member.kind === 'constructor'));
    }
    const user = def.superclass?.def.origin === 'user' ? def.superclass.def.name : null;
    const parent = user !== null ? quote(user) : this.#isException() ? '"!exception"' : 'null';
    const className = `c_${mangleName(def.name)}`;
    const code =
      `return{parent:${parent},link:()=>{${links.assignments()}},define:($s)=>class ${className} extends $s{` +
      `constructor(){super();${this.#fields(false)}}static $newStatics(){return{${this.#fields(true)}};}` +
      `${parts.join('')}static $initStatics(){${this.#calls('static')}}$init$${className}(){${this.#calls('instance')}}}};`;
    return wrap(def.name, 'class', links, code, lineOf(def.file === null ? 0 : this.#firstPosition(members)), def);
  }

  #firstPosition(members: readonly Member[]): number {
    return members.length > 0 ? Math.min(...members.map((member) => member.at)) : 4096;
  }

  #isException(): boolean {
    const { universe } = this.options;
    return isSubtype(universe, this.bound.type, universe.Exception);
  }

  #members(): Member[] {
    const { methods, constructors, accessors, initializers } = this.bound;
    const members: Member[] = [
      ...methods.filter((node) => node.body !== null).map((node) => ({ at: node.at, kind: 'method' as const, node })),
      ...constructors.map((node) => ({ at: node.at, kind: 'constructor' as const, node })),
      ...accessors.map((node) => ({ at: node.at, kind: 'accessor' as const, node })),
      ...initializers.map((node) => ({ at: node.at, kind: 'initializer' as const, node })),
    ];
    return members.sort((a, b) => a.at - b.at);
  }

  /** Every field starts as null and has its place from the beginning, so that objects of a class share one shape. */
  #fields(ofStatics: boolean): string {
    const names = [...this.bound.def.fields.values()]
      .filter((field) => field.static === ofStatics)
      .map((field) => field.js);
    return names.map((name) => (ofStatics ? `${name}:null,` : `this.${name}=null;`)).join('');
  }

  #calls(of: 'instance' | 'static'): string {
    const prefix = of === 'static' ? '$static' : '$part';
    return Array.from({ length: this.#groups[of] }, (_, i) => `this.${this.#groupName(prefix, i)}();`).join('');
  }

  #groupName(prefix: string, index: number): string {
    return `${prefix}${index}$c_${mangleName(this.bound.def.name)}`;
  }

  #initializers(group: readonly BInitializer[]): string {
    const ofStatics = isStatic(group[0] as BInitializer);
    const body = this.#body(false);
    const code = group.map((node) => {
      if (node.k === 'block') return emitStatement(body, node.body);
      const holder = node.symbol.static ? `${this.links.statics(node.symbol.owner)}()` : 'this';
      return `${body.statement(node.at)}${holder}.${node.symbol.js}=${emit(body, node.value)};`;
    });
    const index = ofStatics ? this.#groups.static++ : this.#groups.instance++;
    const name = this.#groupName(ofStatics ? '$static' : '$part', index);
    return `${ofStatics ? 'static ' : ''}${name}(){${this.#wrapped(body, code.join(''))}}`;
  }

  #method(node: BMethod, isConstructor: boolean): string {
    const { method } = node;
    const body = this.#body(isConstructor);
    const code = isConstructor ? this.#constructorCode(body, node) : this.#code(body, node);
    const prologue =
      (method.static || isConstructor) && this.#hasStaticCode ? `${this.links.statics(this.bound.def)}();` : '';
    const params = node.params.map((param) => param.js).join(',');
    const text = `${prologue}${this.#wrapped(body, code)}${isConstructor ? 'return this;' : ''}`;
    return `${method.static ? 'static ' : ''}${method.js}(${params}){${text}}`;
  }

  #accessor(node: BAccessor): string {
    const { symbol, kind, params } = node;
    const body = this.#body(false);
    const holder = symbol.static ? `${this.links.statics(symbol.owner)}()` : 'this';
    const param = params[0]?.js ?? '';
    // An accessor without code reads or writes the property's own storage.
    const automatic = kind === 'get' ? `return ${holder}.${symbol.js};` : `${holder}.${symbol.js}=${param};`;
    const code = node.body ? this.#code(body, node) : automatic;
    const prologue = symbol.static && this.#hasStaticCode ? `${this.links.statics(symbol.owner)}();` : '';
    return `${symbol.static ? 'static ' : ''}${kind}$${symbol.js}(${param}){${prologue}${this.#wrapped(body, code)}}`;
  }

  #code(body: BodyEmitter, node: BBody): string {
    return node.body ? emitStatement(body, node.body) : '';
  }

  /** `this(…)`, or the parent's constructor and the initialisers; then the rest. */
  #constructorCode(body: BodyEmitter, node: BMethod): string {
    const statements = node.body?.k === 'block' ? node.body.statements : [];
    const [first, ...rest] = statements;
    const call = first?.k === 'constructor-call' ? first : null;
    const init = `this.$init$c_${mangleName(this.bound.def.name)}();`;
    const block = (parts: readonly BStatement[]): string => parts.map((part) => emitStatement(body, part)).join('');
    // The other constructor runs the initialisers; an exception's implicit one does too.
    if (call?.of === 'this') return block(statements);
    // Initialisers run before a `super(…)` that is written, so that methods which it calls find the fields set.
    if (call)
      return `${call.constructorSymbol.js.startsWith('exception:') ? '' : init}${emitStatement(body, call)}${block(rest)}`;
    const parent = this.bound.def.superclass;
    const implicit =
      parent?.def.origin === 'user' ? parent.def.constructors.find((symbol) => symbol.params.length === 0) : undefined;
    if (implicit) body.calls = true;
    // unverified but for jasonsiders/apex-async-actions: where it is not written the parent's constructor comes first.
    return `${implicit ? `this.${implicit.js}();` : ''}${init}${block(statements)}`;
  }

  #body(isConstructor: boolean): BodyEmitter {
    return new BodyEmitter({ links: this.links, def: this.bound.def, ...this.options }, isConstructor);
  }

  /** Keeps the depth of calls and the sharing that the class declares; a body that calls nothing needs neither. */
  #wrapped(body: BodyEmitter, code: string): string {
    const temps = body.temps();
    if (!body.calls) return temps + code;
    const sharing = sharingOf(this.bound.def);
    const enter = sharing === null ? '' : `const $h=$x.sharing;$x.sharing=${sharing};`;
    const leave = sharing === null ? '' : '$x.sharing=$h;';
    return `${temps}if(++$x.depth>1000)$r.tooDeep();${enter}try{${code}}finally{$x.depth--;${leave}}`;
  }
}

function isStatic(node: BInitializer): boolean {
  return node.k === 'field' ? node.symbol.static : node.static;
}

/** From API version 67, a class that declares nothing enforces sharing; an older one keeps its caller's. */
function sharingOf(def: TypeDef): boolean | null {
  if (def.sharing === 'with') return true;
  if (def.sharing === 'without') return false;
  return def.sharing === null && def.apiVersion >= 67 ? true : null;
}
