import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { zstdDecompressSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { ConfigurationError, UnavailableError } from '../errors.ts';
import { failureOf, openDatabase } from './database.ts';
import type { StoreLocation } from './database.ts';
import { migrate } from './migrations.ts';
import type { DecisionRow, OutcomeRow, PriceRow, RequestRow, StoreTables } from './schema.ts';
import type { Write, Written } from './writes.ts';
import type { WriterReply, WriterRequest } from './writerWorker.ts';

/** A stored request with its texts. */
export type StoredRequest = Omit<RequestRow, 'input' | 'answer' | 'audit'> & {
  input: string;
  answer: string;
  audit: string;
};

export interface StoredDecision {
  readonly decision: DecisionRow;
  readonly request: StoredRequest;
  readonly outcomes: readonly OutcomeRow[];
}

interface Waiting {
  resolve(written: Written): void;
  reject(error: Error): void;
}

const RESTART_MS = 500;
/** The pauses between attempts to reach a server at the start grow up to this. */
const LONGEST_PAUSE_MS = 5000;
/** A database that starts beside the service may come up after it. */
const START_PATIENCE_MS = 30_000;

/**
 * The service's memory, apart from any CRM: requests, decisions, outcomes, prices, what serves. Reads on this thread's
 * own connection, writes through one worker that commits them in groups; a write that has returned is on the disk.
 */
export class AuditStore {
  readonly db: Kysely<StoreTables>;
  readonly #location: StoreLocation;
  readonly #log: Logger;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker;
  #next = 0;
  #isClosing = false;
  #isDown = false;

  private constructor(location: StoreLocation, db: Kysely<StoreTables>, log: Logger) {
    this.#location = location;
    this.db = db;
    this.#log = log;
    this.#worker = this.#startWorker();
  }

  /**
   * Opens a store and brings it up to date. A server that can't be reached yet is waited for.
   * @throws ConfigurationError that names the variable and the mend if that takes too long, or the store can't be used.
   */
  static async open(location: StoreLocation, log: Logger): Promise<AuditStore> {
    try {
      return new AuditStore(location, await openMigrated(location, log), log);
    } catch (error) {
      throw new ConfigurationError(`${whyNotOpen(location, error)} See docs/scoring-service.md.`, { cause: error });
    }
  }

  /** Writes and waits for the commit. @throws UnavailableError if the store can't be written. */
  write(write: Write): Promise<Written> {
    if (this.#isDown || this.#isClosing) return Promise.reject(this.#unavailable('the writer is not running'));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, write } satisfies WriterRequest);
    });
  }

  /** @throws UnavailableError unless the writer answers and reaches the database. */
  async checkWritable(): Promise<void> {
    await this.write({ kind: 'probe' });
  }

  /** The answer that was given to a request id, and the hash of the body that it was given to. */
  async findAnswer(clientId: string, requestId: string): Promise<{ bodyHash: string; answer: string } | null> {
    const row = await this.read(
      this.db
        .selectFrom('requests')
        .select(['body_hash', 'answer'])
        .where('client_id', '=', clientId)
        .where('request_id', '=', requestId)
        .executeTakeFirst(),
    );
    return row === undefined ? null : { bodyHash: row.body_hash, answer: text(row.answer) };
  }

  /** The latest decision of a trace with its request and all outcomes; null if there is none. */
  async findDecision(traceId: string): Promise<StoredDecision | null> {
    const decision = await this.read(
      this.db
        .selectFrom('decisions')
        .selectAll()
        .where('trace_id', '=', traceId)
        .orderBy('decided_at', 'desc')
        .orderBy('request_id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    if (decision === undefined) return null;
    const row = await this.read(
      this.db
        .selectFrom('requests')
        .selectAll()
        .where('client_id', '=', decision.client_id)
        .where('request_id', '=', decision.request_id)
        .executeTakeFirstOrThrow(),
    );
    const outcomes = await this.read(
      this.db
        .selectFrom('outcomes')
        .selectAll()
        .where('client_id', '=', decision.client_id)
        .where('trace_id', '=', traceId)
        .orderBy('occurred_at')
        .orderBy('outcome_id')
        .execute(),
    );
    const request = { ...row, input: text(row.input), answer: text(row.answer), audit: text(row.audit) };
    return { decision, request, outcomes };
  }

  /** What is known of the prices of all of a client's representatives. */
  findPrices(clientId: string): Promise<PriceRow[]> {
    return this.read(this.db.selectFrom('prices').selectAll().where('client_id', '=', clientId).execute());
  }

  /** Finishes what was handed in, then closes. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (!this.#isDown) {
      const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
      this.#worker.postMessage({ close: true } satisfies WriterRequest);
      await ended;
    }
    await this.db.destroy();
  }

  /** Waits for a reading of the database. @throws UnavailableError if it fails: that is not the caller's fault. */
  async read<Result>(query: Promise<Result>): Promise<Result> {
    try {
      return await query;
    } catch (error) {
      throw this.#unavailable(error instanceof Error ? error.message : String(error));
    }
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./writerWorker.ts', import.meta.url), {
      workerData: this.#location,
      // What it is sent lives shortly; by itself V8 lets that grow to 128 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    worker.on('message', (reply: WriterReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(this.#unavailable(reply.error));
      else waiting?.resolve(reply.written);
    });
    worker.on('error', (error) => this.#log.error({ err: error }, 'the writer of the store failed'));
    worker.on('exit', (code) => {
      for (const waiting of this.#waiting.values()) waiting.reject(this.#unavailable(`the writer ended with ${code}`));
      this.#waiting.clear();
      this.#isDown = true;
      if (this.#isClosing) return;
      setTimeout(() => {
        if (this.#isClosing) return;
        this.#worker = this.#startWorker();
        this.#isDown = false;
      }, RESTART_MS).unref();
    });
    return worker;
  }

  #unavailable(detail: string): UnavailableError {
    this.#log.error({ detail }, 'the store can not be used');
    return new UnavailableError('store', 'The store of decisions can not be used now; nothing was decided.', 5);
  }
}

function text(compressed: Uint8Array): string {
  return zstdDecompressSync(compressed).toString('utf8');
}

/** An open database with all tables. @throws the database's error. */
async function openMigrated(location: StoreLocation, log: Logger): Promise<Kysely<StoreTables>> {
  const db = openDatabase(location);
  const patienceEnds = performance.now() + START_PATIENCE_MS;
  for (let pauseMs = RESTART_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      const applied = await migrate(db, location.kind);
      if (applied.length > 0) log.info({ applied }, 'store migrated');
      return db;
    } catch (error) {
      const leftMs = patienceEnds - performance.now();
      if (failureOf(error) === 'refused' || leftMs <= 0) {
        await db.destroy();
        throw error;
      }
      log.warn({ reason: textOf(error), secondsLeft: Math.ceil(leftMs / 1000) }, 'the store can not be reached yet');
      await delay(Math.min(pauseMs, leftMs));
    }
  }
}

function whyNotOpen(location: StoreLocation, error: unknown): string {
  if (location.kind === 'sqlite') {
    const mend = 'Name a file in a folder that the service may write to.';
    return `STORE_FILE: ${location.file} can't be used: ${textOf(error)}. ${mend}`;
  }
  // Without the user's name and password.
  const { host, pathname } = new URL(location.url);
  return `DATABASE_URL: the database ${host}${pathname} can't be used: ${textOf(error)}. Start the server, or mend the address.`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
