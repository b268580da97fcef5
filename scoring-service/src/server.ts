import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import pino from 'pino';
import { createApp } from './app.ts';
import { createAccessTokens } from './auth/accessTokens.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { ConfigurationError, ModelRefusedError } from './errors.ts';
import { KNOWN_FEATURES } from './features/featureVector.ts';
import { StoredAnswers } from './http/storedAnswers.ts';
import { loadModel } from './model/servedModel.ts';

const STORED_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Starts the service: one JSON line `{"listening": URL}` on stdout when it is ready, logs on stderr. Ends with exit code
 * 1 if the configuration or the model is refused; SIGTERM and SIGINT finish what was accepted, then end it.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino(
    { level: config.LOG_LEVEL, base: { service: 'scoring' } },
    pino.destination({ dest: 2, sync: true }),
  );

  const manifestFile = join(config.MODEL_DIR, `${config.MODEL}.manifest.json`);
  const model = await loadModel(manifestFile, KNOWN_FEATURES);
  if (model === null) log.warn({ manifestFile }, 'no model: /v1/route and /readyz answer 503');
  else log.info({ version: model.manifest.version, kind: model.manifest.kind, sha256: model.sha256 }, 'model loaded');

  if (config.SIGNING_KEY === undefined) {
    log.warn('no SIGNING_KEY: tokens are signed with a key of this process alone and end with it');
  }
  const tokens = await createAccessTokens({
    signingKey: config.SIGNING_KEY,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
  });

  const app = createApp({
    log,
    client: { id: config.CLIENT_ID, secret: config.CLIENT_SECRET, scopes: config.CLIENT_SCOPES },
    tokens,
    model: () => model,
    storedAnswers: new StoredAnswers(STORED_ANSWER_BYTES),
    deadlines: { defaultMs: config.DEFAULT_DEADLINE_MS, longestMs: config.LONGEST_DEADLINE_MS },
  });
  const server = createServer({ requestTimeout: config.LONGEST_DEADLINE_MS }, app);
  closeOnSignal(server, config, log);
  server.listen(config.PORT, config.HOST, () => {
    process.stdout.write(`${JSON.stringify({ listening: urlOf(server) })}\n`);
  });
  server.on('error', (error) => {
    log.fatal({ err: error }, 'cannot listen');
    process.exitCode = 1;
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function closeOnSignal(server: Server, config: Config, log: pino.Logger): void {
  const close = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'closing');
    // close() ends idle connections and waits for the others.
    server.close(() => process.exit(0));
    setTimeout(() => {
      log.warn('some requests did not end in time');
      process.exit(0);
    }, config.SHUTDOWN_MS).unref();
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof ModelRefusedError)) throw error;
  process.stderr.write(`${JSON.stringify({ level: 60, service: 'scoring', msg: error.message, name: error.name })}\n`);
  process.exitCode = 1;
}
