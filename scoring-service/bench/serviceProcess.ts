import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../src/server.ts', import.meta.url));
const CLIENT = { id: 'measurement', secret: 'a secret of measurements' };

/** Variables of a service that is measured or attacked: one client, no limits of rates. */
export const CLIENT_ENVIRONMENT = {
  CLIENT_ID: CLIENT.id,
  CLIENT_SECRET: CLIENT.secret,
  CLIENT_SCOPES: 'route score outcomes audit operate',
  RATE_LIMIT_PER_MINUTE: '100000000',
  TOKEN_LIMIT_PER_MINUTE: '100000000',
};

/** The service in a process of its own, as it is deployed. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** An access token with all scopes. */
  token(): Promise<string>;
  /** Null while it runs. */
  exitCode(): number | null;
  /** All that it logged at level warn and above. */
  logged(): string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the service (or a copy of it) with generous rate limits and these variables. @throws Error with its log if it ends before it listens. */
export async function startProcess(environment: Record<string, string>, program = SERVER): Promise<ServiceProcess> {
  // As `npm start` and the Dockerfile do.
  const child = spawn(process.execPath, ['--max-semi-space-size=16', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      MALLOC_ARENA_MAX: '2',
      ...CLIENT_ENVIRONMENT,
      LOG_LEVEL: 'warn',
      ...environment,
    },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve((JSON.parse(line) as { listening: string }).listening);
    });
    void ended.then((code) => reject(new Error(`The service ended with ${code}: ${log}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    exitCode: () => child.exitCode,
    logged: () => log,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
    token: () => tokenOf(url),
  };
}

/** An access token with all scopes. */
export async function tokenOf(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
    }),
  });
  if (response.status !== 200) throw new Error(`No token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
