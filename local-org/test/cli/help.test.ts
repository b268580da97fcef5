import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

function run(...args: string[]): [code: number | null, out: string, err: string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return [status, stdout, stderr];
}

describe('help of local-org', () => {
  for (const [name, usage] of [
    ['check', /^usage: local-org check <project>\n$/],
    ['exec', /^usage: local-org exec <project> FILE\n$/],
    ['start', /^usage: local-org start <project> \[--port N\].*\n$/],
    ['test', /^usage: local-org test <project> \[--tests A,B\.method\].*\n$/],
  ] as const) {
    it(`shouldTellHow ${name} isUsed`, () => {
      const [code, out, err] = run(name, '--help');
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, usage);
      assert.deepEqual(run(name, '-h'), [code, out, err]);
    });
  }

  it('shouldListTheCommands', () => {
    const [code, out, err] = run('--help');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^usage:\n {2}local-org check <project>\n/);
  });

  it('shouldFailWithTheUsagesWhereTheCommandIsUnknown', () => {
    const [code, out, err] = run('zork');
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^usage:\n {2}local-org check <project>\n/);
  });

  for (const [args, message] of [
    [['test', '.', '--workers', 'x'], '--workers takes a whole number from 1 to 64, not x'],
    [['test', '.', '--workers', '0'], '--workers takes a whole number from 1 to 64, not 0'],
    [['test', '.', '--shuffle', '-1.5'], null],
    [['test', '.', '--shuffle', '1.5'], '--shuffle takes a whole number from 0, not 1.5'],
    [['test', '.', '--json', '/no/such/r.json'], '--json /no/such/r.json: there is no folder /no/such'],
    [['test', '.', '--junit', '/no/such/r.xml'], '--junit /no/such/r.xml: there is no folder /no/such'],
    [['start', '.', '--port', 'abc'], '--port takes a whole number from 0 to 65535, not abc'],
    [['start', '.', '--port', '65536'], '--port takes a whole number from 0 to 65535, not 65536'],
  ] as const) {
    it(`shouldRefuse: ${args.join(' ')}`, () => {
      const [code, out, err] = run(...args);
      assert.deepEqual([code, out], [2, '']);
      const usage = `usage: local-org ${args[0]} <project>`;
      if (message !== null) assert.equal(err.slice(0, message.length + 1), `${message}\n`);
      assert.ok(err.includes(usage), err);
    });
  }

  it('shouldTakeWhatFollowsTwoDashesAsItIs', () => {
    const [code, , err] = run('check', '--', '--help');
    assert.equal(code, 2);
    assert.equal(err, '--help: there is no such folder\n');
  });
});
