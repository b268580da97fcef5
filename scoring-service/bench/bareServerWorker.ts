import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { bareServer } from './bareServer.ts';
import type { BareServerOptions } from './bareServer.ts';

/** A bare server in a thread of its own, so that the busy time of that thread can be read from outside. */
const server = await bareServer(workerData as BareServerOptions);
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
