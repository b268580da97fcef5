import { current } from '../../engine/current.ts';
import type { PreparedQuery } from '../../engine/data.ts';
import { raise, required } from '../../values/exception.ts';
import { ApexIterator } from '../../values/iterator.ts';
import type { ApexList } from '../../values/list.ts';
import type { ApexMap } from '../../values/map.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import type { AccessLevelValue } from '../System/AccessLevel.ts';
import { chargeCursor } from './cursorLimits.ts';
import { accessOf } from './dml.ts';

type Level = AccessLevelValue | null | undefined;

/**
 * What a bind of a dynamic query means: a variable in sight of the call, or an entry of the given map.
 *
 * @param key the name in lower case
 * @param name the name as the query has it
 */
export type Variables = (key: string, name: string) => unknown;

function prepare(text: string | null): PreparedQuery {
  const query = current.tx.data.prepare(required(text), current.apiVersion);
  return 'message' in query ? raise('System.QueryException', query.message) : query;
}

function valuesOf(query: PreparedQuery, variables: Variables | null): unknown[] {
  return query.binds.map(({ name }) => {
    const value = variables?.(name.toLowerCase(), name);
    return value === undefined ? raise('System.QueryException', `Variable does not exist: ${name}`) : value;
  });
}

/** The binds of a `…WithBinds` method. */
export function fromMap(map: ApexMap | null): Variables {
  const given = new Map<string, unknown>();
  const names = new Map<string, string>();
  for (const [key, value] of required(map).entries()) {
    const name = String(key);
    const same = names.get(name.toLowerCase());
    if (same !== undefined) {
      const message = `The bindMap consists of duplicate case-insensitive keys: [${same}, ${name}]`;
      raise('System.QueryException', message);
    }
    names.set(name.toLowerCase(), name);
    given.set(name.toLowerCase(), value);
  }
  return (key, name) => {
    if (!given.has(key)) raise('System.QueryException', `Key '${name}' does not exist in the bindMap`);
    return given.get(key);
  };
}

/** What a query in text finds. @throws System.QueryException */
export function rows(text: string | null, variables: Variables | null, level: Level): ApexList {
  const { data } = current.tx;
  // Both are read before the query runs, since triggers of nothing may change them but getters of variables may.
  const access = accessOf(level ?? null);
  const query = prepare(text);
  if (query.result === 'count')
    raise('System.QueryException', 'Query cannot return a count here: use Database.countQuery');
  const found = data.query(query, valuesOf(query, variables), access);
  return data.listOf(query.result === 'aggregate' ? 'AggregateResult' : query.object, found);
}

function count(text: string | null, variables: Variables | null, level: Level): number {
  const access = accessOf(level ?? null);
  const query = prepare(text);
  if (query.result !== 'count') raise('System.QueryException', 'Only COUNT() queries can be counted');
  return current.tx.data.count(query, valuesOf(query, variables), access);
}

/** A query whose rows a batch job goes through. */
export class QueryLocatorValue {
  static readonly apexName = 'Database.QueryLocator';
  readonly text: string;
  readonly rows: ApexList;

  constructor(text: string, found: ApexList) {
    this.text = text;
    this.rows = found;
    chargeCursor('locatorRows', found.size);
  }
}

class QueryLocatorIteratorValue {
  static readonly apexName = 'Database.QueryLocatorIterator';
  readonly inner: ApexIterator;

  constructor(found: ApexList) {
    this.inner = new ApexIterator(found.elementType, found.items);
  }
}

function locator(text: string | null, variables: Variables | null, level: Level): QueryLocatorValue {
  return new QueryLocatorValue(required(text), rows(text, variables, level));
}

/** The members of System.Database that read records. */
export const queryMembers: Record<string, Implementation> = {
  'static List<SObject> query(String)': (text: string | null) => rows(text, current.variables, null),
  'static List<SObject> query(String, AccessLevel)': (text: string | null, level: Level) =>
    rows(text, current.variables, required(level ?? null)),
  'static List<SObject> queryWithBinds(String, Map<String, Object>, AccessLevel)': (
    text: string | null,
    binds: ApexMap | null,
    level: Level,
  ) => rows(text, fromMap(binds), required(level ?? null)),
  'static Integer countQuery(String)': (text: string | null) => count(text, current.variables, null),
  'static Integer countQuery(String, AccessLevel)': (text: string | null, level: Level) =>
    count(text, current.variables, required(level ?? null)),
  'static Integer countQueryWithBinds(String, Map<String, Object>, AccessLevel)': (
    text: string | null,
    binds: ApexMap | null,
    level: Level,
  ) => count(text, fromMap(binds), required(level ?? null)),
  'static Database.QueryLocator getQueryLocator(String)': (text: string | null) =>
    locator(text, current.variables, null),
  'static Database.QueryLocator getQueryLocator(String, AccessLevel)': (text: string | null, level: Level) =>
    locator(text, current.variables, required(level ?? null)),
  'static Database.QueryLocator getQueryLocatorWithBinds(String, Map<String, Object>, AccessLevel)': (
    text: string | null,
    binds: ApexMap | null,
    level: Level,
  ) => locator(text, fromMap(binds), required(level ?? null)),
  // `Database.getQueryLocator([SELECT …])`: the query has run by then.
  'static Database.QueryLocator getQueryLocator(List<SObject>)': (found: ApexList | null) =>
    new QueryLocatorValue('', required(found)),
  'static Database.QueryLocator getQueryLocator(List<SObject>, AccessLevel)': (found: ApexList | null) =>
    new QueryLocatorValue('', required(found)),
};

export const QueryLocatorClass = platformClass(
  'Database.QueryLocator',
  {
    'String getQuery()': ({ text }: QueryLocatorValue) => text,
    'Database.QueryLocatorIterator iterator()': (of: QueryLocatorValue) => new QueryLocatorIteratorValue(of.rows),
  },
  { notBuilt: ['List<SObject> querymore(Integer)'] },
);

export const QueryLocatorIteratorClass = platformClass('Database.QueryLocatorIterator', {
  'Boolean hasNext()': ({ inner }: QueryLocatorIteratorValue) => inner.hasNext(),
  'SObject next()': ({ inner }: QueryLocatorIteratorValue) => inner.next() as SObjectValue,
});
