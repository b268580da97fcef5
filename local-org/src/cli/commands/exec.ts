import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EngineClient, ProjectProblems } from '../../engine/client.ts';
import { credentialSettings } from '../../engine/credentials/resolve.ts';
import type { AnonymousAnswer, JobsAnswer } from '../../engine/protocol.ts';
import { shortStack } from '../shortStack.ts';
import { projectFolder } from '../projectFolder.ts';
import { cacheDirOf } from './check.ts';

export const usage = 'local-org exec <project> FILE';

/**
 * `local-org exec`: runs a file of anonymous Apex (`-` is standard input) as the administrator of a fresh org, and after it
 * what it enqueued. Prints its System.debug lines. Returns 0 where all that ran to its end, 1 where not, 2 for bad arguments.
 */
export async function exec(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const file = positionals[1];
  if (positionals.length !== 2 || file === undefined) {
    process.stderr.write(`usage: ${usage}\n`);
    return 2;
  }
  const dir = projectFolder(positionals.slice(0, 1), usage);
  const source = dir === null ? null : read(file);
  if (dir === null || source === null) return 2;
  const client = await open(dir);
  if (!client) return 1;
  try {
    const answer = (await client.request({ kind: 'anonymous', source })) as AnonymousAnswer;
    await client.request({ kind: 'idle' });
    const { transactions } = (await client.request({ kind: 'jobs', filter: {} })) as JobsAnswer;
    const isFine = report(file, answer);
    const failed = transactions.filter(({ jobId, error }) => jobId !== null && error !== null);
    for (const { kind, name, error, stack } of failed) reportException(`${kind} ${name}: ${error}`, stack);
    return isFine && failed.length === 0 ? 0 : 1;
  } finally {
    await client.close();
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

async function open(dir: string): Promise<EngineClient | null> {
  const external = process.env['LOCAL_ORG_CREDENTIALS'];
  const settings = {
    projectDir: resolve(dir),
    cacheDir: cacheDirOf(dir),
    credentials: credentialSettings.parse(external === undefined ? {} : JSON.parse(external)),
    subscriberUsers: {},
  };
  try {
    return await EngineClient.start(settings, (line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    if (!(error instanceof ProjectProblems)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}

function report(file: string, { result, debug }: AnonymousAnswer): boolean {
  for (const { level, text, line } of debug) process.stdout.write(`${line} ${level} ${text}\n`);
  const { line, column, compileProblem, exceptionMessage, exceptionStackTrace, success } = result;
  if (compileProblem !== null) process.stderr.write(`${file}:${line}:${column}: ${compileProblem}\n`);
  if (exceptionMessage !== null) reportException(exceptionMessage, exceptionStackTrace);
  return success;
}

function reportException(message: string, stack: string | null): void {
  process.stderr.write(`${message}${stack ? `\n${shortStack(stack)}` : ''}\n`);
}
