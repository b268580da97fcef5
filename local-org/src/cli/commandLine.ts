import { check, usage as checkUsage } from './commands/check.ts';
import { exec, usage as execUsage } from './commands/exec.ts';
import { start, usage as startUsage } from './commands/start.ts';
import { test, usage as testUsage } from './commands/test.ts';

/** Gets its arguments and returns the exit code. */
interface Command {
  readonly run: (args: readonly string[]) => Promise<number>;
  readonly usage: string;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  check: { run: check, usage: checkUsage },
  exec: { run: exec, usage: execUsage },
  start: { run: start, usage: startUsage },
  test: { run: test, usage: testUsage },
};

/** Whether help is asked for: what follows `--` is an argument, whatever it looks like. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

/** Runs what a command line asks for; the exit code: 2 where it was misused. */
export async function runCommand([name = '', ...args]: readonly string[]): Promise<number> {
  const usages = Object.values(COMMANDS).map(({ usage }) => `  ${usage}`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command && asksForHelp(args)) process.stdout.write(`usage: ${command.usage}\n`);
  else if (asksForHelp([name])) process.stdout.write(`usage:\n${usages.join('\n')}\n`);
  else if (command) return attempt(command, args);
  else {
    process.stderr.write(`usage:\n${usages.join('\n')}\n`);
    return 2;
  }
  return 0;
}

async function attempt({ run, usage }: Command, args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const misused = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(misused ? `${error.message}\nusage: ${usage}\n` : `${error.stack ?? error.message}\n`);
    return misused ? 2 : 1;
  }
}
