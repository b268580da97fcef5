import type { PreparedQuery, QueryProblem } from '../../engine/data.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { zeroCounters } from '../../engine/caps.ts';
import type { EngineTransaction } from '../../engine/engineTransaction.ts';
import { RestError } from '../restError.ts';
import { AS_USER, baseUrl } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { rowJson } from './rowJson.ts';

/** Source: REST API Developer Guide, Query Options header. */
const DEFAULT_PAGE = 2000;
const SMALLEST_PAGE = 200;

/** `GET /query?q=` and `/queryAll?q=`. */
export function query(context: RestContext, request: RestRequest, allRows: boolean): RestResult {
  const text = request.query['q'];
  if (text === undefined || text.trim() === '') {
    throw new RestError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
  }
  const { tx } = context;
  const prepared = prepare(context, allRows && !/\bALL\s+ROWS\s*$/i.test(text) ? `${text} ALL ROWS` : text, text);
  if (prepared.binds.length > 0) {
    const at = Math.max(0, text.indexOf(':', text.indexOf(`:${prepared.binds[0]?.name ?? ''}`)));
    throw queryError(
      { message: 'Bind variables only allowed in Apex code', offset: at, code: 'MALFORMED_QUERY' },
      text,
    );
  }
  if (prepared.result === 'count') {
    return {
      status: 200,
      body: { totalSize: unmetered(tx, () => tx.data.count(prepared, [], AS_USER)), done: true, records: [] },
    };
  }
  const rows = unmetered(tx, () => tx.data.query(prepared, [], AS_USER));
  const json = rowsJson(rows, prepared, request);
  const size = pageSize(request);
  if (json.length <= size) return { status: 200, body: { totalSize: json.length, done: true, records: json } };
  const locator = context.locators.keep(request.user.id, json);
  return { status: 200, body: page(request, locator, json, 0) };
}

/** Queries of the API are no Apex: they count against none of its limits. */
export function unmetered<T>(tx: EngineTransaction, work: () => T): T {
  const { used } = tx;
  tx.used = { ...zeroCounters(), queryRows: -Infinity, aggregateQueries: -Infinity };
  try {
    return work();
  } finally {
    tx.used = used;
  }
}

/** `GET /query/01g…-2000`: the next page. */
export function queryMore(context: RestContext, request: RestRequest, cursor: string): RestResult {
  const match = /^(01g\w+)-(\d+)$/.exec(cursor);
  const rows = match?.[1] ? context.locators.get(request.user.id, match[1]) : null;
  if (!match?.[1] || !rows) throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return { status: 200, body: page(request, match[1], rows, Number(match[2])) };
}

function page(request: RestRequest, locator: string, rows: readonly unknown[], from: number): unknown {
  const to = from + pageSize(request);
  const done = to >= rows.length;
  return {
    totalSize: rows.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `${baseUrl(request)}/query/${locator}-${to}` }),
    records: rows.slice(from, to),
  };
}

function pageSize(request: RestRequest): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  if (asked === undefined) return DEFAULT_PAGE;
  return Math.min(DEFAULT_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}

function rowsJson(rows: readonly SObjectValue[], prepared: PreparedQuery, request: RestRequest): unknown[] {
  const base = baseUrl(request);
  const selection = prepared.result === 'rows' ? prepared.selection : undefined;
  return rows.map((row) => rowJson(row, base, selection));
}

/** @throws RestError 400 as the REST API words it: the query with a caret under the place. */
export function prepare({ tx }: RestContext, text: string, shown = text): PreparedQuery {
  const prepared = tx.data.prepare(text);
  if ('binds' in prepared) return prepared;
  throw queryError(prepared, shown);
}

function queryError({ message, offset, code }: QueryProblem, text: string): RestError {
  const before = text.slice(0, offset);
  const row = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const line = text.split('\n')[row - 1] ?? '';
  const shown = `\n${line}\n${' '.repeat(Math.max(0, column - 1))}^\nERROR at Row:${row}:Column:${column}\n${message}`;
  return new RestError(400, code, shown);
}
