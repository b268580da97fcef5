import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordedWork } from './recordedWork.ts';

/**
 * A server that only parses a request and runs the model, both graphs, on the rows that the service would make of such a
 * request (made beforehand): nothing is decided, explained or kept.
 */
const [manifest = '', bodiesFile = ''] = process.argv.slice(2);
const works = await recordedWork(manifest, JSON.parse(readFileSync(bodiesFile, 'utf8')) as string[]);
let next = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(Buffer.concat(chunks)).then((text) => response.end(text)));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`,
  );
});

async function answer(body: Buffer): Promise<string> {
  const { request_id: id } = JSON.parse(body.toString('utf8')) as { request_id: string };
  for (const run of works[next++ % works.length]?.runs ?? []) await run();
  return JSON.stringify({ id });
}
