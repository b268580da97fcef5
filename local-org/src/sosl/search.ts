import { current } from '../engine/current.ts';
import type { Access, Selection } from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import { uncharged } from '../platform/transactionState.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { raise, unsupported } from '../values/exception.ts';
import { ApexList, stringList } from '../values/list.ts';
import type { SObjectValue } from '../values/sobject.ts';
import { parseSosl } from './parser.ts';
import type { SearchGroup, SoslObject } from './parser.ts';

/** Source: SOQL and SOSL Reference, RETURNING and LIMIT: at most 2,000 results. */
const MOST_ROWS = 2000;

export interface SearchInput {
  readonly text: string;
  readonly access: Access;
  /** What a bind means; undefined where there is none of this name. */
  bind(name: string): unknown;
  /** In a test: the ids that every search finds. */
  readonly fixed: ReadonlySet<string> | null;
}

/** What is found of one object, and what of it was asked for. */
export interface Found {
  readonly object: string;
  readonly rows: readonly SObjectValue[];
  readonly selection: Selection | undefined;
}

/** The records that a SOSL query finds, a list for each object of RETURNING, as {@link searchEach} finds them. */
export function search(input: SearchInput): ApexList[] {
  return searchEach(input).map(({ object, rows }) => current.tx.data.listOf(object, [...rows]));
}

/**
 * The records that a SOSL query finds, object by object of RETURNING, in its order. Search matches whole words and
 * beginnings with `*`, without regard to case; there is no stemming and no ranking.
 *
 * @throws System.QueryException for what is no SOSL
 */
export function searchEach(input: SearchInput): Found[] {
  charge('soslQueries');
  const query = parseSosl(input.text);
  if (query.marks !== null && input.fixed === null) unsupported(`${query.marks} in SOSL outside of tests`);
  const value = 'bind' in query.find ? input.bind(query.find.bind.toLowerCase()) : query.find.text;
  if (value === undefined) raise('System.QueryException', 'Variable does not exist in a search');
  const term = String(value ?? '');
  // Source: SOSL Reference, FIND: a search term has at least two characters.
  if (input.fixed === null && term.replace(/[*?"\s]/g, '').length < 2) {
    raise('System.SearchException', 'search term must be longer than one character: ' + term);
  }
  if (query.returning.length === 0) unsupported('SOSL without RETURNING', 'name the objects to search');
  const most =
    query.limit === null
      ? MOST_ROWS
      : Number(query.limit.startsWith(':') ? input.bind(query.limit.slice(1).trim().toLowerCase()) : query.limit);
  let left = Math.min(most, MOST_ROWS);
  return query.returning.map((returning) => {
    const found = uncharged(() => rowsOf(returning, query.group, term, input));
    const rows = found.rows.slice(0, left);
    left -= rows.length;
    return { ...found, rows };
  });
}

function rowsOf(returning: SoslObject, group: SearchGroup, term: string, input: SearchInput): Found {
  const object = current.universe.schema.object(returning.object);
  if (!object) {
    return raise('System.QueryException', `sObject type '${returning.object}' is not supported.`);
  }
  if (!object.searchable) raise('System.QueryException', `entity type ${object.name} does not support search`);
  const ids = [...(input.fixed ?? matching(object, group, term))].filter((id) => id.startsWith(object.keyPrefix));
  if (ids.length === 0) return { object: returning.object, rows: [], selection: undefined };
  const where = returning.where === null ? '' : ` AND (${returning.where})`;
  const text = `SELECT ${returning.fields || 'Id'} FROM ${object.name} WHERE Id IN :soslfound${where} ${returning.rest}`;
  const found = run(text, input.access, (name) => (name === 'soslfound' ? stringList(ids) : input.bind(name)));
  return { object: returning.object, ...found };
}

function run(text: string, access: Access, bind: (name: string) => unknown): Omit<Found, 'object'> {
  const { data } = current.tx;
  const query = data.prepare(text);
  if ('message' in query) return raise('System.QueryException', query.message);
  const values = query.binds.map(({ name }) => bind(name.toLowerCase()));
  return { rows: data.query(query, values, access), selection: query.selection };
}

const GROUPS: Readonly<Record<SearchGroup, (field: FieldDescriptor) => boolean>> = {
  all: (field) => ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'].includes(field.type),
  sidebar: (field) => ['string', 'email', 'phone'].includes(field.type),
  name: (field) => field.nameField,
  email: (field) => field.type === 'email',
  phone: (field) => field.type === 'phone',
};

/** Ids of the records that have every word of the term in one of the fields searched. */
function matching(object: ObjectDescriptor, group: SearchGroup, term: string): string[] {
  const fields = [...object.fields.values()].filter(GROUPS[group]).map((field) => field.name);
  if (fields.length === 0) return [];
  const words = termsOf(term);
  const { rows } = run(
    `SELECT ${[...new Set(['Id', ...fields])].join(', ')} FROM ${object.name}`,
    { mode: 'system', sharing: false },
    () => undefined,
  );
  return rows
    .filter((row) => {
      const text = fields
        .map((name) => row.fields[name])
        .filter((value) => typeof value === 'string')
        .join('\n');
      return words.every((word) => word.test(text));
    })
    .map((row) => row.id as string);
}

/** A pattern for each word, or phrase in quotes, of a search term. @throws where it has operators, which are not built */
function termsOf(term: string): RegExp[] {
  if (/\b(AND NOT|AND|OR)\b|[()]/.test(term)) unsupported(`operators in a search term (${term})`);
  const parts = term.match(/"[^"]*"|\S+/g) ?? [];
  return parts.map((part) => {
    const pattern = part
      .replace(/^"|"$/g, '')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^\\s]*')
      .replace(/\?/g, '[^\\s]');
    return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu');
  });
}
