import { DatabaseSync } from 'node:sqlite';
import type { LoadClient } from './loadClient.ts';
import { quantile } from './loadClient.ts';

/** What became of requests that came faster than they can be answered. */
export interface OverloadReport {
  readonly sent: number;
  readonly accepted: readonly string[];
  /** Refused with 429 or 503 and Retry-After. */
  readonly refused: number;
  /** Anything else: another status, no Retry-After, no answer. The first few. */
  readonly wrong: readonly string[];
  /** Of what was accepted, by the caller's clock, and the longest that the service says it took. */
  readonly p99Ms: number;
  readonly slowestInServiceMs: number;
}

export interface Overload {
  readonly perSecond: number;
  readonly seconds: number;
  readonly deadlineMs: number;
}

const TICK_MS = 10;

/** Answered requests a second with so many lanes, each of which waits for its answer. */
export async function capacityOf(
  client: LoadClient,
  body: (id: string) => string,
  lanes: number,
  seconds: number,
): Promise<number> {
  let next = 0;
  let answered = 0;
  const started = performance.now();
  const lane = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      const { status } = await client.post('/v1/route', body(`capacity ${next++}`), { 'x-deadline-ms': '60000' });
      if (status === 200) answered++;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (1000 * answered) / (performance.now() - started);
}

/** Sends at a rate, whatever comes back. */
export async function overload(
  client: LoadClient,
  body: (id: string) => string,
  { perSecond, seconds, deadlineMs }: Overload,
): Promise<OverloadReport> {
  const accepted: string[] = [];
  const wrong: string[] = [];
  const latencies: number[] = [];
  let refused = 0;
  let slowestInServiceMs = 0;
  const send = async (id: string): Promise<void> => {
    try {
      const { status, text, retryAfter, ms } = await client.post('/v1/route', body(id), {
        'x-deadline-ms': String(deadlineMs),
      });
      if (status === 200) {
        accepted.push(id);
        latencies.push(ms);
        slowestInServiceMs = Math.max(slowestInServiceMs, (JSON.parse(text) as { latency_ms: number }).latency_ms);
      } else if ((status === 429 || status === 503) && Number(retryAfter) >= 1) refused++;
      else wrong.push(`status ${status}, Retry-After ${retryAfter}: ${text.slice(0, 200)}`);
    } catch (error) {
      wrong.push(String(error));
    }
  };
  const under: Promise<void>[] = [];
  const started = performance.now();
  for (let now = started; now - started < seconds * 1000; now = performance.now()) {
    // What the timer missed is made up for, so that the rate is kept.
    while (under.length < ((now - started) / 1000) * perSecond) under.push(send(`overload ${under.length}`));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(under);
  return {
    sent: under.length,
    accepted,
    refused,
    wrong: wrong.slice(0, 10),
    p99Ms: quantile(latencies, 0.99),
    slowestInServiceMs,
  };
}

/** Those of the ids that are not in a store of SQLite. */
export function lostIn(storeFile: string, ids: readonly string[]): string[] {
  const store = new DatabaseSync(storeFile, { readOnly: true });
  try {
    const find = store.prepare(
      'select 1 from requests join decisions using (client_id, request_id) where request_id = ?',
    );
    return ids.filter((id) => find.get(id) === undefined);
  } finally {
    store.close();
  }
}
