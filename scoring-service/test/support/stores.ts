import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Config } from '../../src/config.ts';
import { AuditStore } from '../../src/store/auditStore.ts';
import type { StoreKind, StoreLocation } from '../../src/store/database.ts';
import type { Write } from '../../src/store/writes.ts';
import { startPostgres } from './postgres.ts';
import type { TestPostgres } from './postgres.ts';

export const STORE_KINDS: readonly StoreKind[] = ['sqlite', 'postgres'];

/** The part of a service's configuration that names its store. */
export type StorePlace = Pick<Config, 'DATABASE_URL' | 'STORE_FILE'>;

/** Fresh stores of one kind, gone when this is disposed of. */
export interface TestStores extends AsyncDisposable {
  fresh(): Promise<StorePlace>;
  /** The server; null for files. */
  readonly postgres: TestPostgres | null;
}

export async function startStores(kind: StoreKind): Promise<TestStores> {
  if (kind === 'postgres') {
    const postgres = await startPostgres();
    return {
      postgres,
      fresh: async () => ({ DATABASE_URL: await postgres.freshDatabase(), STORE_FILE: undefined }),
      [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'stores-'));
  let files = 0;
  return {
    postgres: null,
    fresh: () => Promise.resolve({ DATABASE_URL: undefined, STORE_FILE: join(folder, `${files++}`, 'audit.sqlite') }),
    [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true })),
  };
}

/** Opens a store as a service does. */
export function openStore({ DATABASE_URL: url, STORE_FILE: file }: StorePlace): Promise<AuditStore> {
  if (url === undefined && file === undefined) throw new Error('The place names neither a file nor a server.');
  const location: StoreLocation =
    url === undefined ? { kind: 'sqlite', file: file ?? '' } : { kind: 'postgres', url, connections: 3 };
  return AuditStore.open(location, pino({ level: 'silent' }));
}

/** A request with one decision, to be written. */
export function aWrite(requestId: string, at = Date.now()): Extract<Write, { kind: 'request' }> {
  const key = { client_id: 'client', request_id: requestId };
  return {
    kind: 'request',
    request: {
      ...key,
      kind: 'route',
      body_hash: `hash of ${requestId}`,
      received_at: at,
      model_version: 'm',
      model_sha256: '0',
      stamp: 's',
      input: '{}',
      answer: `{"request_id":"${requestId}"}`,
      audit: '{}',
    },
    decisions: [
      {
        ...key,
        position: 0,
        trace_id: `trace of ${requestId}`,
        recommended: 'r1',
        arm: 'model',
        propensity: 1,
        score: 50,
        confidence: null,
        win_probability: 0.25,
        decided_at: at,
      },
    ],
    prices: [],
  };
}
