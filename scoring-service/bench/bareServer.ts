import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { ROWS_PER_RUN, loadModel } from '../src/model/servedModel.ts';

/** A server that only parses a request and runs the model on as many rows as it has pairs: nothing is decided or kept. */
const model = await loadModel(process.argv[2] ?? '', KNOWN_FEATURES);
if (model === null) throw new Error('Usage: node bareServer.ts MANIFEST');
const { win } = model;
const width = win.manifest.features.length;
const rows = new Float32Array(ROWS_PER_RUN * width).map((_each, index) => (index * 7919) % 5);

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
  const { leads } = JSON.parse(body.toString('utf8')) as { leads: { candidates: string[] }[] };
  const scores: number[] = [];
  let pairs = leads.reduce((sum, lead) => sum + lead.candidates.length, 0);
  for (; pairs > 0; pairs -= ROWS_PER_RUN) {
    const { raw } = await win.run(rows.subarray(0, Math.min(pairs, ROWS_PER_RUN) * width));
    scores.push(raw[0] ?? 0);
  }
  return JSON.stringify({ scores });
}
