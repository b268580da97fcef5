import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import pg from 'pg';
import type { StoreTables } from './schema.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** Where the store is: a file, or a PostgreSQL server. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly connections: number };

const BUSY_MS = 5000;
// Counts and times come as bigint; all are below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the store. What a transaction has committed survives a crash and a loss of power: WAL with synchronous FULL in
 * SQLite, synchronous_commit in PostgreSQL.
 */
export function openDatabase(location: StoreLocation): Kysely<StoreTables> {
  if (location.kind === 'sqlite')
    return new Kysely({ dialect: new SqliteDialect({ database: openFile(location.file) }) });
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.connections,
    connectionTimeoutMillis: BUSY_MS,
    options: '-c synchronous_commit=on',
    application_name: 'scoring-service',
  });
  // A connection that breaks while idle is replaced; whoever needs one gets the error of its own query.
  pool.on('error', () => {});
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** node:sqlite in the shape that Kysely's dialect expects. */
function openFile(file: string): SqliteDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  return {
    close: () => database.close(),
    prepare: (sql: string): SqliteStatement => {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => {
          const { changes, lastInsertRowid } = statement.run(...(parameters as SQLInputValue[]));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
