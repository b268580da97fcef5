import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteAdapter, SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import pg from 'pg';
import type { StoreTables } from './schema.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** Where the store is: a file, or a PostgreSQL server. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly connections: number };

const BUSY_MS = 5000;
const MOST_PREPARED = 200;
// Counts and times come as bigint; all are below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the store. What a transaction has committed survives a crash and a loss of power: WAL with synchronous FULL in
 * SQLite, synchronous_commit in PostgreSQL.
 */
export function openDatabase(location: StoreLocation): Kysely<StoreTables> {
  if (location.kind === 'sqlite')
    return new Kysely({ dialect: new FileDialect({ database: openFile(location.file) }) });
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.connections,
    connectionTimeoutMillis: BUSY_MS,
    options: '-c synchronous_commit=on',
    application_name: 'scoring-service',
  });
  // One that breaks while it is lent out tells whoever has it as well; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  // A connection that breaks while idle is replaced; whoever needs one gets the error of its own query.
  pool.on('error', () => {});
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** A new folder is on the disk only when the one that it is in is: SQLite sees to its files, not to their folder. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    const parent = openSync(dirname(made), 'r');
    fsyncSync(parent);
    closeSync(parent);
  }
}

/** SQLite's primary result codes: busy, read-only, I/O error, disk full, can't open. */
const UNREACHABLE_FILE = [5, 8, 10, 13, 14];
/** PostgreSQL's classes of SQLSTATE: connection, resources, operator intervention, system error. */
const UNREACHABLE_SERVER = ['08', '53', '57', '58'];

/**
 * Why a transaction failed: `unreachable` where no other could have succeeded either, `conflict` where another one was
 * in the way and the same can be tried again, `refused` where its own content is at fault.
 */
export function failureOf(error: unknown): 'unreachable' | 'conflict' | 'refused' {
  if (typeof error !== 'object' || error === null) return 'refused';
  if ('errcode' in error) return UNREACHABLE_FILE.includes(Number(error.errcode) & 0xff) ? 'unreachable' : 'refused';
  // What comes from the server has a severity; anything else happened on the way to it.
  if (!('severity' in error)) return error instanceof TypeError ? 'refused' : 'unreachable';
  const state = 'code' in error ? String(error.code) : '';
  if (state.startsWith('40')) return 'conflict';
  return UNREACHABLE_SERVER.some((each) => state.startsWith(each)) ? 'unreachable' : 'refused';
}

/**
 * SQLite undoes a change of tables with its transaction; Kysely does not count on it. With it all migrations are one transaction,
 * which another process that starts at the same time waits for.
 */
class FileAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class FileDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new FileAdapter();
  }
}

/** node:sqlite in the shape that Kysely's dialect expects. */
function openFile(file: string): SqliteDatabase {
  makeFolder(dirname(resolve(file)));
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql: string): SqliteStatement => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      // Every transaction writes. One that reads first and then can't write, since another did so meanwhile, could only fail.
      const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
      const ready: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => {
          const { changes, lastInsertRowid } = statement.run(...(parameters as SQLInputValue[]));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
      // Values are parameters: there are few statements, but one for each number of rows that are inserted together.
      if (prepared.size >= MOST_PREPARED) prepared.clear();
      prepared.set(sql, ready);
      return ready;
    },
  };
}
