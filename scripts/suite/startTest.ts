import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_ROOT } from '../org/projectRoot.ts';
import { judge } from './step.ts';
import type { Step } from './step.ts';

const START_MS = 60_000;
const ROUTED_MS = 20_000;
const STOP_MS = 10_000;

/** `npm start` as a person uses it: the printed command inserts a lead, it shows up, Ctrl-C ends everything. */
export const startTest: Step = {
  name: 'start',
  what: 'npm start, the command that it prints, Ctrl-C',
  run: async () => {
    // A process group of its own: a terminal sends SIGINT to all of it.
    const child = spawn('npm', ['start', '--silent'], {
      cwd: PROJECT_ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const output = collect(child);
      await until(() => /^curl .*$/m.test(output.text) || child.exitCode !== null, START_MS);
      if (child.exitCode !== null)
        return judge([{ name: 'it starts', holds: false, found: `exit code ${child.exitCode}` }]);
      const [command = ''] = /^curl .*$/m.exec(output.text) ?? [];
      const serviceUrl = /^Scoring service +(\S+)/m.exec(output.text)?.[1];
      const inserted = spawnSync('sh', ['-c', command], { encoding: 'utf8', timeout: 10_000 });
      const isShown = await until(
        () => /→.*\| {2}score \d+.*\d+ ms/.test(output.text.split('Ctrl-C')[1] ?? ''),
        ROUTED_MS,
      );
      signalGroup(child, 'SIGINT');
      const ended = await Promise.race([once(child, 'exit'), delay(STOP_MS, ['nothing within 10 s'])]);
      return judge([
        { name: 'it starts and prints how to insert a lead', holds: command !== '', found: output.text },
        { name: 'the printed command inserts a lead', holds: /"success":true/.test(inserted.stdout), found: inserted },
        { name: 'the routed lead shows up with its score and time', holds: isShown, found: output.text },
        { name: 'Ctrl-C ends it with 0', holds: ended[0] === 0, found: ended },
        { name: 'the scoring service is gone', holds: await isGone(serviceUrl), found: serviceUrl },
      ]);
    } finally {
      signalGroup(child, 'SIGKILL');
    }
  },
};

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  const take = (chunk: string): void => {
    output.text += chunk;
    process.stdout.write(chunk);
  };
  child.stdout?.setEncoding('utf8').on('data', take);
  child.stderr?.setEncoding('utf8').on('data', take);
  return output;
}

async function until(holds: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!holds() && performance.now() < end) await delay(50);
  return holds();
}

async function isGone(url: string | undefined): Promise<boolean> {
  if (url === undefined) return false;
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // All of the group has ended.
  }
}
