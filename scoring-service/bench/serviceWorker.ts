import { parentPort, workerData } from 'node:worker_threads';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { readConfig } from '../src/config.ts';
import { httpServer } from '../src/http/httpServer.ts';
import { openService } from '../src/service.ts';

/** The service in a thread of its own, so that the busy time of that thread can be read from outside. */
const config = readConfig(workerData as Record<string, string>);
const service = await openService(config, pino({ level: 'silent' }));
const server = httpServer(service.app, {
  defaultMs: config.DEFAULT_DEADLINE_MS,
  longestMs: config.LONGEST_DEADLINE_MS,
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
