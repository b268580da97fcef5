import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { AccessTokens, KEY_RETIRES_AFTER_MS } from './auth/accessTokens.ts';
import { SigningKeys } from './auth/signingKeys.ts';
import type { Config } from './config.ts';
import { ServiceMetrics } from './metrics/serviceMetrics.ts';
import { ModelRegistry } from './operations/modelRegistry.ts';
import { Shadow } from './operations/shadow.ts';
import { stampOfThisProcess } from './operations/stamp.ts';
import { BulkRouter } from './routing/bulkRouter.ts';
import { OnceOnly } from './routing/onceOnly.ts';
import { PriceBook } from './routing/priceBook.ts';
import { AuditStore } from './store/auditStore.ts';
import type { StoreLocation } from './store/database.ts';
import { DocumentReader } from './text/documents/documentReader.ts';
import { loadNeedDictionary } from './text/needDictionary.ts';

const DEFAULT_STORE = join(fileURLToPath(new URL('../data/', import.meta.url)), 'audit.sqlite');
const KEYS_READ_EVERY_MS = 10_000;
const RETENTION_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The service with all that it opened. */
export interface Service {
  readonly app: Express;
  readonly store: AuditStore;
  readonly models: ModelRegistry;
  /** Writes what is still to be written and closes everything. Call it when no request is under way any more. */
  close(): Promise<void>;
}

/**
 * Opens the service: store, model, keys, workers.
 * @throws ConfigurationError or ModelRefusedError if something of it can't be used.
 */
export async function openService(config: Config, log: Logger): Promise<Service> {
  // What was opened is closed again in reverse order, also where something after it can't be opened.
  await using opened = new AsyncDisposableStack();
  const dictionary = await loadNeedDictionary(config.NEED_DICTIONARY);
  const keys = await signingKeys(config, log);
  const store = await AuditStore.open(locationOf(config), log);
  opened.defer(() => store.close());
  const bulk = new BulkRouter();
  opened.defer(() => bulk.close());
  const models = await ModelRegistry.open({ folder: config.MODEL_DIR, configured: config.MODEL, store, log });
  opened.defer(() => models.close());
  if (models.champion() === null) {
    log.warn({ folder: config.MODEL_DIR, model: config.MODEL }, 'no model: /v1/route and /readyz answer 503');
  }
  if (config.LEAD_HASH_KEY === undefined) {
    log.warn('no LEAD_HASH_KEY: the hashes of lead ids of /v1/score can not be made again after this process');
  }
  const shadow = new Shadow({ models, store, bulk, log, share: config.CHALLENGER_SHARE });
  opened.defer(() => shadow.settled());
  const timers = [
    repeat(KEYS_READ_EVERY_MS, () => keys.reload(), log),
    repeat(RETENTION_EVERY_MS, () => retain(store, config.RETENTION_DAYS), log),
  ];
  opened.defer(() => timers.forEach((timer) => clearInterval(timer)));
  const app = createApp({
    log,
    clients: config.clients,
    keys,
    tokens: new AccessTokens({
      keys,
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      trusted: config.trustedIssuers,
    }),
    models,
    store,
    bulk,
    shadow,
    reading: { dictionary, languages: config.LANGUAGES },
    documents: new DocumentReader(),
    onceOnly: new OnceOnly(store),
    priceBook: new PriceBook(store),
    metrics: new ServiceMetrics(),
    deadlines: { defaultMs: config.DEFAULT_DEADLINE_MS, longestMs: config.LONGEST_DEADLINE_MS },
    rateLimits: { perClient: config.RATE_LIMIT_PER_MINUTE, tokensPerAddress: config.TOKEN_LIMIT_PER_MINUTE },
    leadHashKey: config.LEAD_HASH_KEY ?? randomBytes(32).toString('hex'),
    stamp: stampOfThisProcess(),
  });
  const closing = opened.move();
  return { app, store, models, close: () => closing.disposeAsync() };
}

/** Removes what is older than the retention time. Returns how many requests that were. */
export async function retain(store: AuditStore, days: number): Promise<number> {
  return (await store.write({ kind: 'retention', before: Date.now() - days * DAY_MS })).stored;
}

async function signingKeys(config: Config, log: Logger): Promise<SigningKeys> {
  if (config.SIGNING_KEYS_FILE !== undefined) {
    return SigningKeys.fromFile(config.SIGNING_KEYS_FILE, KEY_RETIRES_AFTER_MS);
  }
  if (config.SIGNING_KEY === undefined) {
    log.warn('no SIGNING_KEY: tokens are signed with a key of this process alone and end with it');
  }
  return SigningKeys.single(config.SIGNING_KEY, KEY_RETIRES_AFTER_MS);
}

function locationOf(config: Config): StoreLocation {
  return config.DATABASE_URL === undefined
    ? { kind: 'sqlite', file: config.STORE_FILE ?? DEFAULT_STORE }
    : { kind: 'postgres', url: config.DATABASE_URL, connections: config.DATABASE_CONNECTIONS };
}

function repeat(everyMs: number, work: () => Promise<unknown>, log: Logger): NodeJS.Timeout {
  const run = (): void => void work().catch((error: unknown) => log.error({ err: error }, 'a regular task failed'));
  return setInterval(run, everyMs).unref();
}
