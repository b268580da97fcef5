import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CommandError } from './commandError.ts';
import { PROJECT_ROOT } from './projectRoot.ts';

/** A running scoring service and the credentials that it was started with. */
export interface ScoringService {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  close(): Promise<void>;
}

const listeningLine = z.object({ listening: z.url() });

const START_MS = 30_000;
const STOP_MS = 5000;

/** Starts the scoring service as a process of its own on a free port. @throws CommandError where it does not come up */
export async function startScoringService(): Promise<ScoringService> {
  const clientId = `local-org-${randomBytes(4).toString('hex')}`;
  const clientSecret = randomBytes(32).toString('base64url');
  // A store of its own: nothing of a demo is kept, and two of them do not meet.
  const storeFolder = mkdtempSync(join(tmpdir(), 'scoring-store-'));
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'scoring-service', 'src', 'server.ts')], {
    // What the user has set for a service of their own (MODEL, LOG_LEVEL) is kept; a store of theirs is left alone.
    env: {
      LOG_LEVEL: 'error',
      ...process.env,
      STORE_FILE: join(storeFolder, 'audit.sqlite'),
      HOST: '127.0.0.1',
      PORT: '0',
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      // Replays are asked for by the org, too.
      CLIENT_SCOPES: 'route audit',
      DATABASE_URL: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whatever ends this process must not leave the service behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => {
    process.off('exit', kill);
    rmSync(storeFolder, { recursive: true, force: true });
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-4000);
  });
  try {
    const url = await listeningUrl(child);
    return { url, clientId, clientSecret, close: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw new CommandError(
      `The scoring service did not start. Run "npm ci" if packages are missing. It said:\n${log.trim() || String(error)}`,
      1,
      { cause: error },
    );
  }
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The child has no standard output.');
  const lines = createInterface({ input: child.stdout });
  const timeout = AbortSignal.timeout(START_MS);
  const line = await Promise.race([
    once(lines, 'line', { signal: timeout }).then(([text]: unknown[]) => String(text)),
    once(child, 'exit', { signal: timeout }).then(([code]: unknown[]) => {
      throw new Error(`It ended with exit code ${String(code)}.`);
    }),
  ]);
  return listeningLine.parse(JSON.parse(line)).listening;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(hurry);
}
