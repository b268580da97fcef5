import { isDeepStrictEqual } from 'node:util';
import { Agent, request } from 'node:http';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { HostileRequests } from './hostileRequests.ts';
import type { Attempt, GoodBodies } from './hostileRequests.ts';

export interface Target {
  readonly url: string;
  readonly token: string;
  readonly good: GoodBodies;
  /** Within which every answer must be there. */
  readonly deadlineMs: number;
}

/** What became of an attack. */
export interface AttackReport {
  readonly refused: number;
  readonly passed: number;
  readonly goodAnswers: number;
  readonly slowestMs: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** What was not as it must be; the first few. */
  readonly failures: readonly string[];
  readonly failed: number;
}

interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly ms: number;
}

const AT_ONCE = 8;
const GOOD_EVERY = 250;
const MOST_FAILURES = 20;

/** Sends hostile requests until `count` were refused, and a good one among every few hundred, whose answer must stay the same. */
export async function attack(target: Target, seed: string, count: number): Promise<AttackReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const requests = new HostileRequests(seededRandom(`fuzz:${seed}`), target.good, target.token);
  const byStatus: Record<string, number> = {};
  const failures: string[] = [];
  const totals = { refused: 0, passed: 0, goodAnswers: 0, slowestMs: 0, failed: 0, sent: 0 };
  const expected = await goodAnswer(target, agent, 'good');
  const fail = (text: string): void => {
    totals.failed++;
    if (failures.length < MOST_FAILURES) failures.push(text);
  };
  const worker = async (): Promise<void> => {
    while (totals.refused < count && totals.failed < count / 10) {
      const attempt = requests.next();
      const number = totals.sent++;
      const reply = await send(target, agent, attempt).catch((error: unknown) => String(error));
      if (typeof reply === 'string') {
        fail(`${describe(attempt)}: no answer: ${reply}`);
        continue;
      }
      byStatus[reply.status] = (byStatus[reply.status] ?? 0) + 1;
      totals.slowestMs = Math.max(totals.slowestMs, reply.ms);
      const problem = problemWith(reply, attempt, target.deadlineMs);
      if (problem !== null) fail(`${describe(attempt)}: ${problem}`);
      else if (reply.status < 400) totals.passed++;
      else totals.refused++;
      if (number % GOOD_EVERY === 0) {
        const answer = await goodAnswer(target, agent, `good ${seed} ${number}`).catch(String);
        if (isDeepStrictEqual(answer, expected)) totals.goodAnswers++;
        else fail(`a good request got another answer: ${JSON.stringify(answer).slice(0, 300)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    agent.destroy();
  }
  return { ...totals, byStatus, failures };
}

/** The results of the good request under another id, without what differs by nature. */
async function goodAnswer({ url, token, good }: Target, agent: Agent, id: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...good.route, request_id: id });
  const reply = await send({ url }, agent, { kind: 'good', method: 'POST', path: '/v1/route', headers, body });
  if (reply.status !== 200) return { status: reply.status, text: reply.text };
  return (JSON.parse(reply.text) as { results: unknown }).results;
}

function send({ url }: Pick<Target, 'url'>, agent: Agent, attempt: Attempt): Promise<Reply> {
  const { hostname, port } = new URL(url);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = attempt;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ hostname, port, method, path, agent, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
          ms: performance.now() - started,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What is wrong with an answer; null if it is as it must be. */
export function problemWith(
  { status, contentType, text, ms }: Reply,
  { mayPass }: Pick<Attempt, 'mayPass'>,
  deadlineMs: number,
): string | null {
  if (ms > deadlineMs) return `answered after ${Math.round(ms)} ms`;
  if (status >= 500) return `status ${status}: ${text.slice(0, 200)}`;
  if (status < 400) return mayPass === true ? null : `passed with status ${status}`;
  return problemDocumentProblem(status, contentType, text);
}

/** What is wrong with a refusal's problem document; null if nothing is. */
export function problemDocumentProblem(status: number, contentType: string, text: string): string | null {
  if (!contentType.startsWith('application/problem+json')) return `status ${status} as ${contentType || 'nothing'}`;
  const problem = parsed(text);
  if (problem === null) return `the problem is no JSON: ${text.slice(0, 100)}`;
  const { type, title, detail, request_id: id } = problem;
  if (problem['status'] !== status) return `status ${status}, but the problem says ${String(problem['status'])}`;
  if (![type, title, detail, id].every((each) => typeof each === 'string' && each !== '')) {
    return `the problem lacks a member: ${text.slice(0, 200)}`;
  }
  return /node_modules|\n\s+at |\.ts:\d/.test(text) ? `it shows what is inside: ${text.slice(0, 200)}` : null;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function describe({ kind, method, path, body, headers }: Attempt): string {
  const start = body?.toString('utf8').slice(0, 160) ?? '';
  return `${kind}: ${method} ${path.slice(0, 80)} (${headers['content-type'] ?? ''}) ${start}`;
}
