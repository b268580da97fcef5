import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository whose node_modules hold the tools; the project that is checked may be another folder. */
export const TOOLS_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface ToolResult {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end and answers what it printed, whatever its exit code.
 * @throws Error where it cannot be started
 */
export function runTool(command: string, args: readonly string[], cwd: string): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Runs a script of an npm package with this very Node. */
export function runNodeTool(script: string, args: readonly string[], cwd: string): Promise<ToolResult> {
  return runTool(process.execPath, [join(TOOLS_ROOT, 'node_modules', script), ...args], cwd);
}

/**
 * The java command, which the checks of Apex need.
 * @throws Error that says how to install it, where there is none
 */
export async function javaCommand(): Promise<string> {
  const home = process.env['JAVA_HOME'];
  const java = home === undefined ? 'java' : join(home, 'bin', 'java');
  const mend = 'Install a Java runtime, version 11 or later (on Debian: apt-get install default-jre-headless).';
  try {
    const { code, stderr } = await runTool(java, ['-version'], TOOLS_ROOT);
    if (code !== 0) throw new Error(stderr);
  } catch (error) {
    throw new Error(`The checks of Apex need Java, and ${java} does not run. ${mend}`, { cause: error });
  }
  return java;
}
