import { check, usage as checkUsage } from './commands/check.ts';
import { start, usage as startUsage } from './commands/start.ts';
import { test, usage as testUsage } from './commands/test.ts';

/** Each command gets its arguments and returns the exit code. */
const COMMANDS: Readonly<Record<string, { run: (args: readonly string[]) => Promise<number>; usage: string }>> = {
  check: { run: check, usage: checkUsage },
  start: { run: start, usage: startUsage },
  test: { run: test, usage: testUsage },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command) {
  process.exitCode = await command.run(args);
} else {
  const usages = Object.values(COMMANDS).map(({ usage }) => `  ${usage}`);
  process.stderr.write(`usage:\n${usages.join('\n')}\n`);
  process.exitCode = 2;
}
