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

  it('shouldTakeWhatFollowsTwoDashesAsItIs', () => {
    const [code, , err] = run('check', '--', '--help');
    assert.equal(code, 2);
    assert.equal(err, '--help: there is no such folder\n');
  });
});
