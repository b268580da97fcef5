import { refuel } from '../../engine/cpu.ts';
import { current } from '../../engine/current.ts';
import type { Access, PreparedQuery, QueryProblem } from '../../engine/data.ts';
import type { DmlOperation } from '../../engine/data.ts';
import { memberFor, platformClassOf } from '../../platform/define.ts';
import { addRecordError } from '../../platform/System/ApexPages.ts';
import { PageReference } from '../../platform/System/PageReference.ts';
import { runSosl } from '../../platform/System/Search.ts';
import { uncharged } from '../../platform/transactionState.ts';
import type { RunAsBlock } from '../../engine/testControl.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { outermost } from '../../types/visibility.ts';
import { ApexType } from '../../values/apexType.ts';
import { decFromText } from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import { enumValueOf, enumValues, findEnum } from '../../values/enum.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { equal, hashOf, identityHash } from '../../values/equality.ts';
import { ApexException, nullReference, raise, throwApex, UnsupportedError } from '../../values/exception.ts';
import { ITERATING, MODIFIED, READ_ONLY, refuseStep } from '../../values/guard.ts';
import { invoke } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { ApexSet } from '../../values/set.ts';
import { refuseNullRecord, SObjectValue } from '../../values/sobject.ts';
import type { FieldValues } from '../../values/sobject.ts';
import { plainText, toText } from '../../values/text.ts';
import { library } from './library.ts';
import { Loader } from './loader.ts';
import type { JsClass } from './loader.ts';
import { setting } from './settings.ts';
import * as tokens from './tokens.ts';
import { Triggers } from './triggers.ts';

/** What the runtime needs of the project besides its scripts. */
export interface RuntimeOptions {
  readonly universe: Universe;
  readonly labels: ReadonlyMap<string, string>;
  prepareQuery(text: string, apiVersion: number): PreparedQuery | QueryProblem;
}

/** What generated scripts know as `$r`. Methods are called from generated code; see `emit/`. */
export class Runtime {
  readonly lib = library;
  readonly loader: Loader;
  readonly triggers: Triggers;
  readonly #options: RuntimeOptions;
  readonly #coverage = new Map<string, Uint8Array>();

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.loader = new Loader(options.universe, this);
    this.triggers = new Triggers(options.universe);
  }

  // ---- links

  type(key: string): Type {
    const { universe } = this.#options;
    const type = key === universe.void.name ? universe.void : universe.lookup(key);
    if (!type) throw new Error(`a script names the type ${key}, which does not exist`);
    return type;
  }

  cls(name: string): JsClass {
    return this.loader.class(name);
  }

  statics(name: string): () => object {
    return this.loader.statics(name);
  }

  /** A member of the platform, as it is for classes of the API version. */
  member(owner: string, key: string, apiVersion: number): (...args: never[]) => unknown {
    const platformClass = platformClassOf(owner);
    const member = platformClass ? memberFor(platformClass, key, apiVersion) : undefined;
    return (
      member ??
      (() => {
        throw new UnsupportedError(`local-org does not support ${owner}: ${key}`);
      })
    );
  }

  enumValue(key: string, name: string): ApexEnum {
    const value = findEnum(this.type(key), name);
    if (!value) throw new Error(`${key} has no value ${name}`);
    return value;
  }

  object(name: string): ObjectDescriptor {
    const object = this.#options.universe.schema.object(name);
    if (!object) throw new Error(`there is no object ${name}`);
    return object;
  }

  query(text: string, apiVersion: number): PreparedQuery {
    const query = this.#options.prepareQuery(text, apiVersion);
    if ('message' in query) throw new Error(`${query.message}: ${text}`);
    return query;
  }

  decimal(text: string): ApexDecimal {
    return decFromText(text);
  }

  label(name: string): string {
    return this.#options.labels.get(name.toLowerCase()) ?? '';
  }

  /** `Page.Name`: its address is in small letters, as SalesforceLabs/survey-force has it (on that suite alone). */
  page(name: string): PageReference {
    return new PageReference(`/apex/${name.toLowerCase()}`);
  }

  /** Lines that ran, by file: 1 at each. */
  coverage(file: string): Uint8Array {
    let lines = this.#coverage.get(file);
    if (!lines) {
      lines = new Uint8Array(65_536);
      this.#coverage.set(file, lines);
    }
    return lines;
  }

  // ---- control

  tick(): void {
    refuel();
  }

  tooDeep(): never {
    raise('System.LimitException', 'Maximum stack depth reached: 1001');
  }

  fault(message: string): never {
    throw new UnsupportedError(message);
  }

  /** What a catch clause gets. Errors that are not Apex's pass through every one. */
  caught(error: unknown): ApexException {
    if (!(error instanceof ApexException) || current.dead) throw error;
    return error;
  }

  thrown(exception: ApexException | null): ApexException {
    if (exception === null) nullReference();
    if (exception.typeName) throwApex(exception);
    return exception;
  }

  enterRunAs(user: SObjectValue | null): RunAsBlock & { readonly sharing: boolean } {
    if (user === null) nullReference();
    // It compiles outside of tests: rsoesemann/apex-domainbuilder, DomainBuilder. unverified: the exception.
    if (!current.tx.test) raise('System.UnexpectedException', 'System.runAs may be used in test methods only.');
    const block = current.tx.services.enterRunAs(user.id ?? insertedForRunAs(user));
    const outside = { ...block, sharing: current.sharing };
    // Whatever the class of the test declares. Source: Apex Developer Guide, Using the runAs Method.
    current.sharing = true;
    return outside;
  }

  leaveRunAs(block: RunAsBlock & { readonly sharing: boolean }): void {
    current.sharing = block.sharing;
    current.tx.services.exitRunAs(block);
  }

  // ---- calls decided at run time

  callInterface(receiver: object, name: string, args: readonly unknown[]): unknown {
    return invoke(receiver, name, args);
  }

  /** A method of Exception, which an exception of the project may override. */
  callException(
    receiver: ApexException,
    mangled: string,
    builtIn: (receiver: ApexException, ...args: unknown[]) => unknown,
    ...args: unknown[]
  ): unknown {
    const own = (receiver as unknown as Record<string, unknown>)[mangled];
    return typeof own === 'function' ? own.apply(receiver, args) : builtIn(receiver, ...args);
  }

  objectCall(receiver: unknown, name: string, argument?: unknown): unknown {
    switch (name) {
      case 'equals':
        return equal(receiver, argument);
      case 'hashCode':
        return hashOf(receiver);
      case 'clone':
        return copyOf(receiver as object);
      default:
        return toText(receiver);
    }
  }

  /** `super.toString()` and its like where no superclass has its own: what every Object has. */
  superCall(receiver: object, name: string, argument?: unknown): unknown {
    switch (name) {
      case 'equals':
        return receiver === argument;
      case 'hashCode':
        return identityHash(receiver);
      case 'clone':
        return copyOf(receiver);
      default:
        return plainText(receiver);
    }
  }

  enumCall(value: ApexEnum, name: string): unknown {
    return name === 'name' ? value.name : value.ordinal;
  }

  enumStatic(type: Type, name: string, argument?: string | null): unknown {
    if (name === 'values') return new ApexList(this.#options.universe.listOf(type), [...enumValues(type)]);
    return enumValueOf(type, argument ?? null);
  }

  /** A call of a @future method: it runs later, in a transaction of its own. */
  future(className: string, method: string, callout: boolean, args: readonly unknown[]): void {
    current.tx.services.enqueueFuture({ className, method, callout, args });
  }

  // ---- collections and records

  newList(type: Type, items: unknown[]): ApexList {
    return new ApexList(type, items);
  }

  newSet(type: Type, items: unknown[]): ApexSet {
    return new ApexSet(type, items);
  }

  newMap(type: Type, pairs: readonly (readonly [unknown, unknown])[]): ApexMap {
    const map = new ApexMap(type);
    for (const [key, value] of pairs) map.put(key, value);
    return map;
  }

  sizedList(type: Type, size: number): ApexList {
    return new ApexList(type, new Array<unknown>(size).fill(null));
  }

  newRecord(object: ObjectDescriptor, fields: FieldValues): SObjectValue {
    return new SObjectValue(object, fields);
  }

  fieldError(record: SObjectValue, field: string, message: string | ApexException | null): void {
    if (message === null) nullReference();
    const text = message instanceof ApexException ? message.text : message;
    record.addError(text, field);
    addRecordError(text);
  }

  /** A loop over the list begins; what is returned ends it. */
  guard(list: ApexList): number {
    const before = list.guard;
    list.guard = (before & READ_ONLY) | ITERATING;
    return before;
  }

  /** A loop over the list ends; one that it stands in has its next step refused where the list was changed. */
  unguard(list: ApexList, before: number): void {
    list.guard = before & ITERATING ? before | (list.guard & MODIFIED) : before;
  }

  readonly refuseStep = refuseStep;

  /** The iterator of anything that implements Iterable. */
  iterate(iterable: object | null): object {
    if (iterable === null) nullReference();
    return invoke(iterable, 'iterator') as object;
  }

  hasNext(iterator: object): boolean {
    return invoke(iterator, 'hasNext') === true;
  }

  next(iterator: object): unknown {
    return invoke(iterator, 'next');
  }

  /** The rows of a query in lists of 200. */
  *chunks(rows: ApexList): Iterable<ApexList> {
    for (let from = 0; from < rows.items.length; from += 200) {
      yield new ApexList(rows.type, rows.items.slice(from, from + 200));
    }
  }

  // ---- data

  soql(query: PreparedQuery, binds: readonly unknown[], mode: Access['mode']): unknown {
    const { data } = current.tx;
    const access: Access = { mode, sharing: current.sharing };
    if (query.result === 'count') return data.count(query, binds, access);
    const rows = data.query(query, binds, access);
    return data.listOf(query.result === 'aggregate' ? 'AggregateResult' : query.object, rows);
  }

  /** A method of `Database`, which has to know where it is called from. */
  database(
    member: (...args: unknown[]) => unknown,
    mode: Access['mode'],
    variables: ((name: string) => unknown) | null,
    args: readonly unknown[],
    apiVersion: number,
  ): unknown {
    current.mode = mode;
    current.apiVersion = apiVersion;
    current.variables = variables;
    return member(...args);
  }

  sosl(text: string, binds: readonly unknown[], mode: Access['mode']): ApexList {
    return runSosl(text, { mode, sharing: current.sharing }, (name) => binds[Number(name.slice(1))]);
  }

  /** The only row of a query. @throws System.QueryException where there is none or more. */
  oneRow(rows: ApexList): unknown {
    if (rows.size === 0) raise('System.QueryException', 'List has no rows for assignment to SObject');
    if (rows.size > 1) raise('System.QueryException', 'List has more than 1 row for assignment to SObject');
    return rows.items[0];
  }

  oneRowOrNull(rows: ApexList): unknown {
    return rows.size === 0 ? null : this.oneRow(rows);
  }

  dml(
    operation: DmlOperation,
    value: SObjectValue | ApexList | null,
    other: SObjectValue | ApexList | null,
    externalId: string | null,
    mode: Access['mode'],
  ): void {
    if (value === null) nullReference();
    const access: Access = { mode, sharing: current.sharing };
    const { data } = current.tx;
    if (operation === 'merge') {
      data.dml('merge', records(other), { allOrNone: true, access, mergeInto: value as SObjectValue });
    } else data.dml(operation, records(value), { allOrNone: true, access, externalId });
  }

  trigger(name: string): unknown {
    return this.triggers.variable(name);
  }

  // ---- schema

  /**
   * What `Type.forName` found, as seen from a class: a private class within another class is not there. Source: Apex Reference, Type
   * Class ("not private classes even if the context user has access"); that it is for its own file, as for starter-pack's TypeUtils.
   */
  typeInSight(found: ApexType | null, from: Type): ApexType | null {
    const def = found?.type.def;
    const isHidden = def?.outer && def.origin === 'user' && def.visibility === 'private';
    return isHidden && outermost(def) !== outermost(from.def) ? null : found;
  }

  typeValue(type: Type): ApexType {
    return ApexType.of(type);
  }

  /** `void.class`: no name that a program can look up means this type. */
  voidType(): ApexType {
    return ApexType.of(current.universe.void);
  }

  objectToken = tokens.objectToken;
  fieldToken = tokens.fieldToken;
  describe = tokens.describe;
  describeMap = tokens.describeMap;
  setting = setting;
}

/** `System.runAs` inserts a user who is not yet there; that counts against no limit and mixes with no DML. */
function insertedForRunAs(user: SObjectValue): string {
  const { services, data, user: self } = current.tx;
  const block = services.enterRunAs(self.id);
  try {
    const access: Access = { mode: 'system', sharing: false };
    uncharged(() => data.dml('insert', [user], { allOrNone: true, access }));
  } finally {
    services.exitRunAs(block);
  }
  return user.id ?? raise('System.UnexpectedException', 'runAs() requires a User record that has an Id');
}

function records(value: SObjectValue | ApexList | null): SObjectValue[] {
  if (value === null) nullReference();
  if (!(value instanceof ApexList)) return [value];
  const missing = value.items.indexOf(null);
  return missing < 0 ? (value.items as SObjectValue[]) : refuseNullRecord(missing);
}

/** What `clone()` of a user object gives: the same class, the same values in all fields. */
function copyOf(object: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(object) as object) as object, object);
}
