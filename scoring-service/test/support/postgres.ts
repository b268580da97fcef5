import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** After a crash it syncs all its files, which takes a busy disk its time. */
const STARTS_WITHIN_MS = 120_000;

/** A PostgreSQL server of its own on a free port of the loopback, gone with its data when it is disposed of. */
export interface TestPostgres extends AsyncDisposable {
  /** URL of a fresh, empty database. */
  freshDatabase(): Promise<string>;
  /** Ends the server at once, without a checkpoint: it has to recover from its log when it starts again. */
  crash(): Promise<void>;
  restart(): Promise<void>;
}

/** The folder of Debian's PostgreSQL programs; null where it is not installed. */
export function postgresPrograms(): string | null {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return null;
  const newest = readdirSync(versions).sort((one, two) => Number(two) - Number(one))[0];
  const folder = join(versions, newest ?? '', 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : null;
}

export async function startPostgres(): Promise<TestPostgres> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const ids = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (isRoot) chownSync(folder, ids.uid ?? 0, ids.gid ?? 0);
  const data = join(folder, 'data');
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'a');
  const options = {
    ...ids,
    cwd: folder,
    stdio: ['ignore', log, log] as StdioOptions,
    env: { ...process.env, LC_ALL: 'C' },
  };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
  const port = await freePort();
  const start = (): ChildProcess =>
    spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`],
      options,
    );
  let server = start();
  const kill = (): void => void server.kill('SIGINT');
  process.once('exit', kill);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  const urlOf = (database: string): string => `postgres://test@127.0.0.1:${port}/${database}`;
  const untilReady = async (): Promise<void> => {
    const started = server;
    const endsAt = Date.now() + STARTS_WITHIN_MS;
    while (started.exitCode === null && Date.now() < endsAt) {
      try {
        return await execute(urlOf('postgres'), 'select 1');
      } catch {
        await delay(50);
      }
    }
    throw new Error(`PostgreSQL did not come up; its log:\n${readFileSync(logFile, 'utf8')}`);
  };
  await untilReady();
  let databases = 0;
  return {
    freshDatabase: async () => {
      const name = `d${databases++}`;
      await execute(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    crash: () => end('SIGQUIT'),
    restart: async () => {
      server = start();
      await untilReady();
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill);
      if (server.exitCode === null) await end('SIGINT');
      closeSync(log);
      rmSync(folder, { recursive: true });
    },
  };
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** A port below those that the system gives to outgoing connections: while the server is down, none of them takes it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}
