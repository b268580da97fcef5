import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../org/projectRoot.ts';

/** How a process ended, and what it printed. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Each of several hundred test files starts a Node of its own, which would compile the same sources anew. */
const COMPILED = join(PROJECT_ROOT, 'node_modules/.cache/compiled');

/**
 * Runs a script of the project with this very Node and shows its output as it comes. A process that takes longer than
 * `limitSeconds` is killed and counts as failed.
 */
export function runScript(args: readonly string[], limitSeconds: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: PROJECT_ROOT,
      // What a test runner tells its children must not reach those of another one.
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitSeconds * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const take = (chunk: string): void => {
      output += chunk;
      process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== null) take(`\nended by ${signal}; it may take ${limitSeconds} s\n`);
      resolve({ code: code ?? 1, output });
    });
  });
}
