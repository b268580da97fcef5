import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CLIENT } from './service.ts';
import type { StorePlace } from './stores.ts';

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url));

/** The service as a process of its own, as operations start it. */
export interface ServerProcess {
  readonly url: string;
  /** An access token of the client with all its scopes. */
  readonly token: string;
  /** Ends it without any chance to tidy up, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts it on a store. `under` is a command line that runs it. */
export async function startServerProcess(place: StorePlace, under: readonly string[] = []): Promise<ServerProcess> {
  const [program = '', ...programArguments] = [...under, process.execPath, SERVER];
  const child = spawn(program, programArguments, {
    env: {
      PATH: process.env['PATH'],
      CLIENT_ID: CLIENT.id,
      CLIENT_SECRET: CLIENT.secret,
      CLIENT_SCOPES: CLIENT.scopes.join(' '),
      RATE_LIMIT_PER_MINUTE: '10000000',
      LOG_LEVEL: 'warn',
      ...(place.STORE_FILE === undefined ? {} : { STORE_FILE: place.STORE_FILE }),
      ...(place.DATABASE_URL === undefined ? {} : { DATABASE_URL: place.DATABASE_URL }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await listeningUrl(child);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
  });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: form });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return {
    url,
    token,
    kill: async () => {
      process.kill(under.length === 0 ? (child.pid ?? 0) : await onlyChildOf(child.pid ?? 0), 'SIGKILL');
      await ended;
    },
  };
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The service has no standard output.');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]: unknown[]) => String(text)),
    once(child, 'exit').then(([code]: unknown[]) =>
      Promise.reject(new Error(`The service ended with ${String(code)}.`)),
    ),
  ]);
  return (JSON.parse(line) as { listening: string }).listening;
}

/** The process that another one runs (Linux). */
async function onlyChildOf(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  if (children.length !== 1 || children[0] === '') throw new Error(`Process ${pid} has ${children.length} children.`);
  return Number(children[0]);
}

/** An answer that was received, and when, in milliseconds since 1970. */
export interface Acknowledged {
  readonly requestId: string;
  readonly answer: string;
  readonly at: number;
}

/** Sends requests one after the other over several connections until the service is gone; `acknowledged` gets the answers. */
export async function loadUntilGone(
  { url, token }: ServerProcess,
  connections: number,
  bodyOf: () => { request_id: string },
  acknowledged: Acknowledged[],
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (;;) {
      const body = bodyOf();
      try {
        const response = await fetch(`${url}/v1/route`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'x-deadline-ms': '60000',
          },
          body: JSON.stringify(body),
        });
        const answer = await response.text();
        // Refused for lack of time: nothing was promised.
        if (response.status === 503) continue;
        if (response.status !== 200) throw new Error(`Status ${response.status}: ${answer}`);
        acknowledged.push({ requestId: body.request_id, answer, at: performance.timeOrigin + performance.now() });
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

/** Waits until a list that others add to has so many entries. */
export async function untilLength(list: readonly unknown[], length: number): Promise<void> {
  while (list.length < length) await new Promise((resolve) => setTimeout(resolve, 2));
}
