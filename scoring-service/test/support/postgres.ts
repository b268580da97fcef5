import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

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
  const options = { ...ids, cwd: folder, stdio: 'ignore' as const, env: { ...process.env, LC_ALL: 'C' } };
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
  await untilReady(urlOf('postgres'));
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
      await untilReady(urlOf('postgres'));
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill);
      if (server.exitCode === null) await end('SIGINT');
      rmSync(folder, { recursive: true });
    },
  };
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await execute(url, 'select 1');
      return;
    } catch {
      await delay(50);
    }
  }
  throw new Error('PostgreSQL did not come up within ten seconds.');
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
