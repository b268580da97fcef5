import type { Server } from 'node:http';
import pino from 'pino';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { ConfigurationError, ModelRefusedError } from './errors.ts';
import { httpServer } from './http/httpServer.ts';
import { startTracing } from './operations/tracing.ts';
import { openService } from './service.ts';

/** How often connections whose answer has left are ended while the service closes. */
const END_IDLE_MS = 50;

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
  const endTracing = await startTracing(process.env);
  const service = await openService(config, log);
  const server = httpServer(service.app, {
    defaultMs: config.DEFAULT_DEADLINE_MS,
    longestMs: config.LONGEST_DEADLINE_MS,
  });
  closeOnSignal(server, config, log, async () => {
    await service.close();
    await endTracing();
  });
  server.listen(config.PORT, config.HOST, () => {
    process.stdout.write(`${JSON.stringify({ listening: urlOf(server) })}\n`);
  });
  server.on('error', (error) => {
    log.fatal({ err: error }, 'cannot listen');
    process.exit(1);
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function closeOnSignal(server: Server, config: Config, log: pino.Logger, closeService: () => Promise<void>): void {
  const close = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'closing');
    setTimeout(() => {
      log.warn('some requests did not end in time');
      process.exit(0);
    }, config.SHUTDOWN_MS).unref();
    // close() ends the connections that are idle now; those that become idle would be kept for the next request.
    const endIdle = setInterval(() => server.closeIdleConnections(), END_IDLE_MS);
    server.close(() => {
      clearInterval(endIdle);
      closeService().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the service did not close well');
          process.exit(1);
        },
      );
    });
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof ModelRefusedError)) throw error;
  process.stderr.write(`${JSON.stringify({ level: 60, service: 'scoring', msg: error.message, name: error.name })}\n`);
  process.exit(1);
}
