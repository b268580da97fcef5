import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startOrg } from '../../src/index.ts';
import type { JobsAnswer, Org, OrgOptions } from '../../src/index.ts';

/** An org that runs the project beside this file, with a session of its administrator. */
export interface TestOrg {
  readonly org: Org;
  readonly token: string;
  /** Faults that local-org reported. */
  readonly reports: string[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  /** Runs anonymous Apex, which must succeed. */
  apex(source: string): Promise<void>;
  /** Texts of all notes in the order in which they were made, after all asynchronous work. */
  notes(): Promise<string[]>;
  idle(): Promise<void>;
  jobs(query?: string): Promise<JobsAnswer>;
  faults(body: unknown): Promise<void>;
  close(): Promise<void>;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: unknown;
}

export async function tokenOf(url: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

export async function startTestOrg(options: Partial<OrgOptions> = {}): Promise<TestOrg> {
  const reports: string[] = [];
  const org = await startOrg({
    projectDir: join(import.meta.dirname, 'project'),
    report: (line) => reports.push(line),
    administratorHas: [],
    ...options,
  });
  const token = await tokenOf(org.url, org.clientId, org.clientSecret);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${org.url}/services/data/v67.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const local = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${org.url}/_local/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const idle = async () => void (await local('GET', 'idle'));
  return {
    org,
    token,
    reports,
    call,
    idle,
    async apex(source) {
      const { body } = await call('GET', `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(source)}`);
      const { success, compileProblem, exceptionMessage } = body as {
        success: boolean;
        compileProblem: string | null;
        exceptionMessage: string | null;
      };
      assert.ok(success, compileProblem ?? exceptionMessage ?? JSON.stringify(body));
    },
    async notes() {
      await idle();
      const query = encodeURIComponent('SELECT Text__c FROM Note__c ORDER BY Name');
      const { body } = await call('GET', `/query?q=${query}`);
      return (body as { records: { Text__c: string }[] }).records.map(({ Text__c }) => Text__c);
    },
    jobs: async (query = '') => (await local('GET', `jobs${query}`)) as JobsAnswer,
    faults: async (body) => void (await local('POST', 'faults', body)),
    close: () => org.close(),
  };
}

/** A service for Apex to call. */
export interface TestService {
  readonly url: string;
  close(): void;
}

export async function startService(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestService> {
  const server: Server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
