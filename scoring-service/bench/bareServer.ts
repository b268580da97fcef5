import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import pino from 'pino';
import { readRouteRequest } from '../src/routing/readRouteRequest.ts';
import { decisionRows } from '../src/routing/routeEndpoint.ts';
import { AuditStore } from '../src/store/auditStore.ts';
import type { Write } from '../src/store/writes.ts';
import { recordedWork } from './recordedWork.ts';
import type { RecordedWork } from './recordedWork.ts';

/**
 * What a bare server does with a request beside parsing it. `model`: run both graphs on the rows that the service would make of it (made
 * beforehand). `obliged`: also what the contract asks of every answer and no way of deciding can save: check the body, explain the
 * first three and the lead, answer, and have the inputs, the audit and the decisions on the disk before the answer leaves. Nobody is
 * asked who they are, no feature is read, nothing is decided.
 */
export type BareKind = 'model' | 'obliged';

export interface BareServerOptions {
  readonly kind: BareKind;
  readonly manifest: string;
  readonly bodies: readonly string[];
  /** Where an obliged server keeps what it stores. */
  readonly storeFile: string;
}

/** A node:http server with nothing around it, not listening yet. */
export async function bareServer({ kind, manifest, bodies, storeFile }: BareServerOptions): Promise<Server> {
  const works = await recordedWork(manifest, bodies);
  const store =
    kind === 'obliged'
      ? await AuditStore.open({ kind: 'sqlite', file: storeFile }, pino({ level: 'silent' }))
      : undefined;
  let next = 0;
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const work = works[next++ % works.length];
      if (work === undefined) throw new Error('A bare server needs requests.');
      void answer(Buffer.concat(chunks), work, store).then((text) => response.end(text));
    });
  });
}

async function answer(body: Buffer, work: RecordedWork, store: AuditStore | undefined): Promise<string> {
  const parsed: unknown = JSON.parse(body.toString('utf8'));
  if (store === undefined) {
    for (const run of work.runs) await run();
    return JSON.stringify({ id: (parsed as { request_id: string }).request_id });
  }
  const { request_id: id } = readRouteRequest(parsed);
  for (const run of work.runs) await run();
  for (const explain of work.explanations) explain();
  const text = JSON.stringify({ request_id: id, results: work.decided.results });
  await store.write(storedOf(id, createHash('sha256').update(body).digest('base64'), text, work));
  return text;
}

function storedOf(id: string, bodyHash: string, answer: string, { prepared, decided }: RecordedWork): Write {
  const now = Date.now();
  return {
    kind: 'request',
    request: {
      client_id: 'bare',
      request_id: id,
      kind: 'route',
      body_hash: bodyHash,
      received_at: now,
      model_version: 'bare',
      model_sha256: '',
      stamp: '',
      input: JSON.stringify(prepared),
      answer,
      audit: JSON.stringify(decided.audit),
    },
    decisions: decisionRows('bare', id, decided, now),
    prices: [],
  };
}
