import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { bareServer } from './bareServer.ts';
import type { BareServerOptions } from './bareServer.ts';

/** A bare server in a process of its own: the file with its options is the only argument, its address the only line that it prints. */
const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as BareServerOptions;
const server = await bareServer(options);
server.listen(0, '127.0.0.1', () => {
  const listening = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${JSON.stringify({ listening })}\n`);
});
