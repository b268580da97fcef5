import { current } from '../../engine/current.ts';
import type { Access, DmlOperation, DmlOptions, DmlOutcome } from '../../engine/data.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { ApexList, listOf } from '../../values/list.ts';
import { FieldToken } from '../../values/schemaTokens.ts';
import { refuseNullRecord, SObjectValue } from '../../values/sobject.ts';
import type { Implementation } from '../define.ts';
import { AccessLevelValue } from '../System/AccessLevel.ts';
import { DmlOptionsValue } from './DMLOptions.ts';
import {
  DeleteResult,
  EmptyRecycleBinResult,
  MergeResult,
  SaveResult,
  UndeleteResult,
  UpsertResult,
} from './results.ts';

/** What a call's arguments after the records say: allOrNone or options, external id field, access level. */
export function optionsOf(args: readonly unknown[]): Omit<DmlOptions, 'mergeInto'> {
  let options: Omit<DmlOptions, 'mergeInto'> = { allOrNone: true, access: accessOf(null) };
  for (const arg of args) {
    if (arg instanceof AccessLevelValue) options = { ...options, access: accessOf(arg) };
    else if (arg instanceof FieldToken) options = { ...options, externalId: arg.field.name };
    else if (arg instanceof DmlOptionsValue) {
      // Apex Reference, DMLOptions: optAllOrNone is false unless it is set.
      options = { ...options, ...arg.asked, allOrNone: arg.optAllOrNone ?? false };
    } else if (typeof arg === 'boolean') options = { ...options, allOrNone: arg };
    else raise('System.NullPointerException', 'Argument cannot be null.');
  }
  return options;
}

/** The access level of a call, else that of the class that calls; record sharing is that of the running code. */
export function accessOf(level: AccessLevelValue | null): Access {
  const permissionSet = level?.permissionSet ?? null;
  const access = { mode: level ? level.mode : current.mode, sharing: current.sharing };
  return permissionSet === null ? access : { ...access, permissionSet };
}

/** Records or ids, one or a list. */
function recordsOf(value: unknown): SObjectValue[] {
  const items = value instanceof ApexList ? value.items : [value];
  return items.map((item, position) => {
    if (item instanceof SObjectValue) return item;
    return typeof item === 'string' ? recordWithId(item) : refuseNullRecord(position);
  });
}

function recordWithId(id: string): SObjectValue {
  const object = current.universe.schema.byKeyPrefix(keyPrefixOf(id));
  return object ? new SObjectValue(object, { Id: id }) : raise('System.DmlException', `Invalid id: ${id}`);
}

type Make = (outcome: DmlOutcome, given: string | null) => object;

const RESULTS: Readonly<Record<Exclude<DmlOperation, 'merge'>, { type: string; make: Make }>> = {
  insert: { type: 'Database.SaveResult', make: (outcome, given) => new SaveResult(outcome, given) },
  update: { type: 'Database.SaveResult', make: (outcome, given) => new SaveResult(outcome, given) },
  upsert: { type: 'Database.UpsertResult', make: (outcome, given) => new UpsertResult(outcome, given) },
  delete: { type: 'Database.DeleteResult', make: (outcome) => new DeleteResult(outcome) },
  undelete: { type: 'Database.UndeleteResult', make: (outcome) => new UndeleteResult(outcome) },
};

function run(operation: Exclude<DmlOperation, 'merge'>, value: unknown, rest: readonly unknown[]): object {
  const options = optionsOf(rest);
  const records = recordsOf(required(value));
  const { type, make } = RESULTS[operation];
  const outcomes = current.tx.data.dml(operation, records, options);
  const results = outcomes.map((outcome, index) => make(outcome, records[index]?.id ?? null));
  return value instanceof ApexList ? listOf(current.universe.platform(type), results) : (results[0] as object);
}

function merge(master: SObjectValue | null, merged: unknown, rest: readonly unknown[]): object {
  const records = recordsOf(required(merged));
  const outcomes = current.tx.data.dml('merge', records, { ...optionsOf(rest), mergeInto: required(master) });
  // One statement has one result, however many records it merges.
  const [outcome] = outcomes;
  if (!outcome) return listOf(current.universe.platform('Database.MergeResult'), []);
  const result = new MergeResult(
    outcome,
    records.map(({ id }) => id ?? ''),
  );
  return merged instanceof ApexList ? listOf(current.universe.platform('Database.MergeResult'), [result]) : result;
}

/** Parameters that may follow the records, all combinations; what each argument is shows from its type. */
const PLAIN = ['', 'Boolean', 'AccessLevel', 'Boolean, AccessLevel'];
const WITH_OPTIONS = [...PLAIN, 'Database.DMLOptions', 'Database.DMLOptions, AccessLevel'];
const WITH_FIELD = [
  ...PLAIN,
  ...PLAIN.map((rest) => (rest === '' ? 'Schema.SObjectField' : `Schema.SObjectField, ${rest}`)),
];

function overloads(
  operation: Exclude<DmlOperation, 'merge'>,
  firsts: readonly string[],
  rests: readonly string[],
): Record<string, Implementation> {
  const members: Record<string, Implementation> = {};
  const { type } = RESULTS[operation];
  for (const first of firsts) {
    const result = first.startsWith('List') ? `List<${type}>` : type;
    for (const rest of rests) {
      members[`static ${result} ${operation}(${first}${rest && `, ${rest}`})`] = (value: never, ...more: never[]) =>
        run(operation, value, more);
    }
  }
  return members;
}

const RECORDS = ['SObject', 'List<SObject>'];
const RECORDS_AND_IDS = [...RECORDS, 'Id', 'List<Id>'];

function mergeOverloads(): Record<string, Implementation> {
  const members: Record<string, Implementation> = {};
  for (const second of RECORDS_AND_IDS) {
    const result = second.startsWith('List') ? 'List<Database.MergeResult>' : 'Database.MergeResult';
    for (const rest of PLAIN) {
      members[`static ${result} merge(SObject, ${second}${rest && `, ${rest}`})`] = (
        master: never,
        merged: never,
        ...more: never[]
      ) => merge(master, merged, more);
    }
  }
  return members;
}

function emptyBin(value: unknown): object {
  const outcomes = current.tx.data.purge(recordsOf(required(value)), accessOf(null));
  const results = outcomes.map((outcome) => new EmptyRecycleBinResult(outcome));
  if (!(value instanceof ApexList)) return results[0] as object;
  return listOf(current.universe.platform('Database.EmptyRecycleBinResult'), results);
}

function emptyBinOverloads(): Record<string, Implementation> {
  const members: Record<string, Implementation> = {};
  for (const first of ['SObject', 'List<SObject>', 'List<Id>']) {
    const result = first === 'SObject' ? 'Database.EmptyRecycleBinResult' : 'List<Database.EmptyRecycleBinResult>';
    members[`static ${result} emptyRecycleBin(${first})`] = (value: never) => emptyBin(value);
  }
  return members;
}

/**
 * `insertImmediate`, `updateImmediate` and `deleteImmediate`: meant for external and big objects, of which there are no rows
 * here. Other records are written as by the ordinary call that reports what fails (apex-database-layer, DmlTest; the
 * reference does not say it).
 */
function immediate(operation: 'insert' | 'update' | 'delete', value: unknown, rest: readonly unknown[]): object {
  for (const { object } of recordsOf(required(value))) {
    if (object.bigObject) unsupported(`Database.${operation}Immediate of the big object ${object.name}`);
  }
  return run(operation, value, [false, ...rest]);
}

/**
 * `updateAsync` and `deleteAsync` are for external objects too; other records are written at once, by the ordinary call that
 * reports what fails (as above). That no callback is called for them is unverified.
 */
function writeAsync(operation: 'update' | 'delete', value: unknown, rest: readonly unknown[]): object {
  return run(operation, value, [false, ...rest.filter((arg) => arg instanceof AccessLevelValue)]);
}

/** `insertAsync` is for external objects, of which local-org has none. Source: as above; unverified: the text. */
function insertAsync(value: unknown): object {
  const outcomes = recordsOf(required(value)).map(({ object }) => {
    const message = `The object ${object.name} does not support asynchronous inserts`;
    const errors = [{ status: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] }];
    return new SaveResult({ id: null, success: false, created: false, errors });
  });
  if (!(value instanceof ApexList)) return outcomes[0] as object;
  return listOf(current.universe.platform('Database.SaveResult'), outcomes);
}

function asyncOverloads(first: string): Record<string, Implementation> {
  const members: Record<string, Implementation> = {};
  for (const operation of ['insert', 'update', 'delete'] as const) {
    const { type } = RESULTS[operation];
    const result = first.startsWith('List') ? `List<${type}>` : type;
    const callback = `, DataSource.Async${operation === 'delete' ? 'Delete' : 'Save'}Callback`;
    for (const rest of ['', ', AccessLevel', callback, `${callback}, AccessLevel`]) {
      members[`static ${result} ${operation}Async(${first}${rest})`] = (value: never, ...more: never[]) =>
        operation === 'insert' ? insertAsync(value) : writeAsync(operation, value, more);
    }
  }
  return members;
}

function externalOverloads(): Record<string, Implementation> {
  const members: Record<string, Implementation> = {};
  for (const first of RECORDS) {
    for (const operation of ['insert', 'update', 'delete'] as const) {
      const { type } = RESULTS[operation];
      const result = first.startsWith('List') ? `List<${type}>` : type;
      for (const rest of ['', ', AccessLevel']) {
        members[`static ${result} ${operation}Immediate(${first}${rest})`] = (value: never, ...more: never[]) =>
          immediate(operation, value, more);
      }
    }
    Object.assign(members, asyncOverloads(first));
  }
  return members;
}

/** The members of System.Database that write records. */
export const dmlMembers: Record<string, Implementation> = {
  ...overloads('insert', RECORDS, WITH_OPTIONS),
  ...overloads('update', RECORDS, WITH_OPTIONS),
  ...overloads('upsert', RECORDS, WITH_FIELD),
  ...overloads('delete', RECORDS_AND_IDS, PLAIN),
  ...overloads('undelete', RECORDS_AND_IDS, PLAIN),
  ...mergeOverloads(),
  ...emptyBinOverloads(),
  ...externalOverloads(),
};
