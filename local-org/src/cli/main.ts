import { check, usage as checkUsage } from './commands/check.ts';
import { exec, usage as execUsage } from './commands/exec.ts';
import { start, usage as startUsage } from './commands/start.ts';
import { test, usage as testUsage } from './commands/test.ts';

/** Each command gets its arguments and returns the exit code. */
const COMMANDS: Readonly<Record<string, { run: (args: readonly string[]) => Promise<number>; usage: string }>> = {
  check: { run: check, usage: checkUsage },
  exec: { run: exec, usage: execUsage },
  start: { run: start, usage: startUsage },
  test: { run: test, usage: testUsage },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command) {
  try {
    process.exitCode = await command.run(args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const misused = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(misused ? `${error.message}\nusage: ${command.usage}\n` : `${error.stack ?? error.message}\n`);
    process.exitCode = misused ? 2 : 1;
  }
} else {
  const usages = Object.values(COMMANDS).map(({ usage }) => `  ${usage}`);
  process.stderr.write(`usage:\n${usages.join('\n')}\n`);
  process.exitCode = 2;
}
