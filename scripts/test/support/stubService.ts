import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** How `/v1/route` behaves; changed by tests while it runs. */
export interface Behaviour {
  /** What is answered; 200 recommends each lead's candidates one after the other. */
  status: number;
  /** Milliseconds until the answer. */
  waitMs: number;
  /** Why each lead goes where it goes. */
  arm: 'model' | 'holdback';
}

/** A scoring service that does what a test needs. */
export interface StubService {
  readonly url: string;
  readonly behaviour: Behaviour;
  /** Bodies of the requests for a ranking. */
  readonly requests: readonly string[];
  /** How many requests were under way at once at most. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

const requestSchema = z.object({
  request_id: z.string(),
  leads: z.array(z.object({ lead_ref: z.string(), trace_id: z.string(), candidates: z.array(z.string()) })),
});

/** Starts it on a free port of 127.0.0.1. It gives a token to anybody. */
export async function startStubService(): Promise<StubService> {
  const behaviour: Behaviour = { status: 200, waitMs: 0, arm: 'model' };
  const requests: string[] = [];
  let underWay = 0;
  let most = 0;
  const route = async (body: string, response: ServerResponse): Promise<void> => {
    requests.push(body);
    most = Math.max(most, ++underWay);
    const { status, waitMs } = behaviour;
    await delay(waitMs);
    underWay--;
    if (status === 200) send(response, 200, answerTo(body, behaviour.arm));
    else send(response, status, { type: 'about:blank', title: 'Asked for by a test', status });
  };
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      if (request.url === '/oauth/token') {
        send(response, 200, { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 });
        return;
      }
      void route(body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    behaviour,
    requests,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answerTo(body: string, arm: Behaviour['arm']): object {
  const { request_id, leads } = requestSchema.parse(JSON.parse(body));
  return {
    request_id,
    model: { version: 'stub', sha256: 'stub', kind: 'trained', calibrated: true },
    latency_ms: 1,
    results: leads.map(({ lead_ref, trace_id, candidates }, index) => ({
      lead_ref,
      trace_id,
      score: 60,
      tier: 'warm',
      confidence: 0.9,
      expected_regret: 0.001,
      recommended: candidates[index % candidates.length],
      arm,
      propensity: 0.98,
      reason: 'Stub',
      ranking: candidates
        .slice(0, 10)
        .map((rep_ref) => ({ rep_ref, win_probability: 0.4, propensity: 0.5, factors: [] })),
      factors: [],
    })),
  };
}
