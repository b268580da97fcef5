import { current } from '../engine/current.ts';
import type { DmlFault, RecordOptions } from '../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';
import { toFieldValue } from './fieldValue.ts';
import { ApexList } from './list.ts';

/**
 * Values by canonical field or relationship name. Made by an object literal wherever the names are known beforehand, so
 * that rows of one field set share a hidden class. undefined is absent, null is null; a parent is an
 * {@link SObjectValue}, child rows are an {@link ApexList}.
 */
export type FieldValues = Record<string, unknown>;

/** `Database.DMLOptions` as records know them. */
export interface OptionsOfRecord {
  readonly asked: RecordOptions;
}

/** What few records have. */
interface Extra {
  errors: DmlFault[];
  cloneSource: string | null;
  options: OptionsOfRecord | null;
  isClone: boolean;
  shown: FieldValues | null;
  /** What a clone of a queried record left out: not set, rather than not queried. */
  leftOut: ReadonlySet<string>;
}

/** What a DML call does with a list that has null among its records. @throws System.ListException */
export function refuseNullRecord(position: number): never {
  raise('System.ListException', `DML statement found null SObject at position ${position}`);
}

/** A record as Apex sees it. */
export class SObjectValue {
  readonly object: ObjectDescriptor;
  fields: FieldValues;
  /** It came from a query: reading a field that was not selected is an exception. */
  queried: boolean;
  /** `Trigger.old`, and `Trigger.new` of after triggers. */
  readOnly: boolean;
  /** An element of Trigger.new or Trigger.old while the trigger runs: no DML takes it. */
  inTrigger: boolean;
  #extra: Extra | null = null;

  constructor(object: ObjectDescriptor, fields: FieldValues = {}, queried = false) {
    this.object = object;
    this.fields = fields;
    this.queried = queried;
    this.readOnly = false;
    this.inTrigger = false;
  }

  get $type(): Type {
    return current.universe.sobjectOf(this.object);
  }

  /** The record's id, or null. */
  get id(): string | null {
    const id = this.fields['Id'];
    return typeof id === 'string' ? id : null;
  }

  /** The value of a field, by its canonical name. @throws System.SObjectException where a query did not select it. */
  get(name: string): unknown {
    const value = this.fields[name];
    return value === undefined ? this.#absent(name) : value;
  }

  #absent(name: string): unknown {
    if (this.queried && !this.#extra?.leftOut.has(name)) this.#notQueried(name);
    // A checkbox has no blank: a record under construction reads as unchecked.
    return this.object.fields.get(name.toLowerCase())?.type === 'boolean' ? false : null;
  }

  #notQueried(name: string): never {
    raise(
      'System.SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${this.object.name}.${name}`,
    );
  }

  /** Sets a field by its canonical name; the value has the field's type. @throws System.FinalException where read-only. */
  put(name: string, value: unknown): void {
    if (this.readOnly) raise('System.FinalException', 'Record is read-only');
    this.fields[name] = value;
    const field = this.object.fields.get(name.toLowerCase());
    // A parent that was read along belongs to the old value.
    if (field?.relationshipName) {
      const parent = this.fields[field.relationshipName];
      if (parent instanceof SObjectValue && parent.id !== value) this.fields[field.relationshipName] = undefined;
    }
  }

  /** The parent record by canonical relationship name; null where there is none or it is not loaded. */
  parent(relationship: string): SObjectValue | null {
    const value = this.fields[relationship];
    if (value instanceof SObjectValue) return value;
    if (value === undefined && this.queried) this.#notQueried(relationship);
    return null;
  }

  putParent(relationship: string, parent: SObjectValue | null): void {
    if (this.readOnly) raise('System.FinalException', 'Record is read-only');
    this.fields[relationship] = parent;
  }

  /** Child rows by canonical relationship name; an empty list where none were loaded. */
  children(relationship: string): ApexList {
    const value = this.fields[relationship];
    if (value instanceof ApexList) return value;
    // Beside children that were asked for, others are none: EDA, ADDR_CannotDelete_TEST and TB_CannotDelete_TEST.
    const hasChildren = Object.values(this.fields).some((other) => other instanceof ApexList);
    if (value === undefined && this.queried && !hasChildren) this.#notQueried(relationship);
    const child = this.object.children.get(relationship.toLowerCase());
    return current.tx.data.listOf(child?.object ?? 'SObject', []);
  }

  /** The field that a name of any case means. @throws System.SObjectException: Invalid field Foo for Account */
  fieldOf(name: string): FieldDescriptor {
    return (
      this.object.fields.get(name.toLowerCase()) ??
      raise('System.SObjectException', `Invalid field ${name} for ${this.object.name}`)
    );
  }

  /**
   * `sObject.get('name')`; of an AggregateResult by alias. A checkbox that is not set is null here, while as a member it
   * reads as unchecked. Source: berehovskyi/apex-stream, SObjectCollectorProviderTest.
   */
  getDynamic(name: string): unknown {
    if (this.object.name === 'AggregateResult') return this.#aliased(name);
    if (this.#extra?.shown) {
      const key = name.toLowerCase();
      for (const [alias, value] of Object.entries(this.#extra.shown)) if (alias.toLowerCase() === key) return value;
    }
    const field = this.fieldOf(name).name;
    return this.queried ? this.get(field) : (this.fields[field] ?? null);
  }

  #aliased(name: string): unknown {
    const key = name.toLowerCase();
    for (const alias in this.fields) if (alias.toLowerCase() === key) return this.fields[alias];
    return raise('System.SObjectException', `Invalid field ${name} for AggregateResult`);
  }

  /**
   * `sObject.put('name', value)`: checks that the field may be written and converts the value. Returns the old value.
   *
   * @throws System.SObjectException: Field name is not editable. Source: Salesforce Release Notes, Spring '25,
   *   "Reparenting of Master-Detail Relationships"
   */
  putDynamic(name: string, value: unknown): unknown {
    const field = this.fieldOf(name);
    if (!isWriteable(field) || this.#isFixed(field)) raise('System.SObjectException', `Field ${name} is not editable`);
    const old = this.fields[field.name] ?? null;
    this.put(field.name, toFieldValue(field, value));
    return old;
  }

  /** Sets a field that can be given on creation only. @throws System.SObjectException where the record has an id. */
  putFixed(name: string, value: unknown): void {
    const field = this.fieldOf(name);
    if (this.#isFixed(field)) {
      raise('System.SObjectException', `Field is not writeable: ${this.object.name}.${field.name}`);
    }
    this.put(field.name, value);
  }

  /** The master of a record that exists, where details may not go to another. */
  #isFixed(field: FieldDescriptor): boolean {
    return isFixedMaster(field) && this.id !== null;
  }

  /** True where a value was set or queried, null too. */
  isSet(canonicalName: string): boolean {
    return this.fields[canonicalName] !== undefined;
  }

  /** Names of what is set or was queried, in order: fields, parents, child relationships. */
  populated(): string[] {
    const names: string[] = [];
    for (const name in this.fields) if (this.fields[name] !== undefined) names.push(name);
    return names;
  }

  clear(): void {
    if (this.readOnly) raise('System.FinalException', 'Record is read-only');
    this.fields = {};
    this.queried = false;
  }

  // --- errors

  /**
   * `addError`: the record's DML fails with it. An error of a part of a person's name is one of Name, as
   * octoberswimmer/aer-dist, issue 152, has it; of parts of addresses it is unknown.
   *
   * @param field canonical name, or null for the whole record
   */
  addError(message: string, field: string | null = null): void {
    const whole = field === null ? null : this.object.fields.get(field.toLowerCase())?.compoundFieldName;
    const shown = whole === 'Name' ? whole : field;
    const fault: DmlFault = {
      status: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message,
      fields: shown === null ? [] : [shown],
    };
    this.#more().errors.push(fault);
  }

  get errors(): readonly DmlFault[] {
    return this.#extra?.errors ?? [];
  }

  clearErrors(): void {
    if (this.#extra) this.#extra.errors = [];
  }

  // --- clone

  /**
   * That a clone of a queried record knows what was not queried: octoberswimmer/aer-dist, issue 389.
   *
   * `clone(preserveId, isDeepClone, preserveReadonlyTimestamps, preserveAutonumber)`
   */
  clone(preserveId = false, deep = false, preserveTimestamps = false, preserveAutonumber = false): SObjectValue {
    const copy = new SObjectValue(this.object, { ...this.fields }, this.queried);
    const more = copy.#more();
    more.isClone = true;
    more.cloneSource = this.id;
    if (!preserveId) copy.fields['Id'] = undefined;
    if (!preserveTimestamps) for (const name of AUDIT) if (name in copy.fields) copy.fields[name] = undefined;
    for (const name of copy.populated()) {
      const value = copy.fields[name];
      if (value instanceof SObjectValue && deep) {
        copy.fields[name] = value.clone(true, true, preserveTimestamps, preserveAutonumber);
      } else if (!preserveAutonumber && this.object.fields.get(name.toLowerCase())?.autoNumber) {
        copy.fields[name] = undefined;
      }
    }
    more.leftOut = new Set(['Id', ...Object.keys(this.fields).filter((name) => copy.fields[name] === undefined)]);
    return copy;
  }

  get isClone(): boolean {
    return this.#extra?.isClone ?? false;
  }

  get cloneSource(): string | null {
    return this.#extra?.cloneSource ?? null;
  }

  /** What the query gave besides fields: `FORMAT(Amount) amt`, by alias. Apex reads it with `get`. */
  get shown(): Readonly<FieldValues> {
    return this.#extra?.shown ?? NOTHING;
  }

  set shown(values: FieldValues) {
    this.#more().shown = values;
  }

  /** Database.DMLOptions set on the record. */
  get options(): OptionsOfRecord | null {
    return this.#extra?.options ?? null;
  }

  set options(options: OptionsOfRecord | null) {
    this.#more().options = options;
  }

  #more(): Extra {
    this.#extra ??= { errors: [], cloneSource: null, options: null, isClone: false, shown: null, leftOut: NO_NAMES };
    return this.#extra;
  }
}

const NOTHING: Readonly<FieldValues> = Object.freeze({});
const NO_NAMES: ReadonlySet<string> = new Set();

const AUDIT = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];

/** Whether the field names the master of details that may not go to another one. */
export function isFixedMaster(
  field: Partial<Pick<FieldDescriptor, 'masterDetail' | 'custom' | 'reparentable'>>,
): boolean {
  return field.masterDetail === true && field.custom === true && field.reparentable === false;
}

/** Whether Apex may assign the field at all; DML checks separately whether it may be created or updated. */
export function isWriteable(field: FieldDescriptor): boolean {
  return field.createable || field.updateable || field.type === 'id';
}

/**
 * Follows parents to a field, as `contact.Account.Owner.Name` does: null as soon as a parent is null, without a
 * NullPointerException. The last name is a field, those before it are relationships, all canonical.
 */
export function getPath(record: SObjectValue, path: readonly string[]): unknown {
  let at: SObjectValue | null = record;
  const last = path.length - 1;
  for (let index = 0; index < last && at !== null; index++) at = at.parent(path[index] as string);
  return at === null ? null : at.get(path[last] as string);
}
