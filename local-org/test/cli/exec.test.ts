import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

describe('local-org exec', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-org-'));
    cpSync(join(import.meta.dirname, '../engine/project'), join(folder, 'project'), { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  async function exec(source: string, ...args: string[]) {
    const file = join(folder, 'block.apex');
    writeFileSync(file, source);
    const all = args.length > 0 ? args : [join(folder, 'project'), file];
    const child = spawn(process.execPath, [MAIN, 'exec', ...all], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, file, ...output };
  }

  it('shouldRunABlockAndPrintWhatItDebugs', async () => {
    const { code, out, err } = await exec(
      `Notes.add('x');\nSystem.debug([SELECT COUNT() FROM Note__c]);\nSystem.debug(LoggingLevel.WARN, 'w');`,
    );
    assert.deepEqual([code, out, err], [0, '2 DEBUG 1\n3 WARN w\n', '']);
  });

  it('shouldKnowTheClassesOfABlockInItsCollections', async () => {
    const { code, out, err } = await exec(
      `class Row { Integer n; Row(Integer n) { this.n = n; } }\nclass Row2 { }\n` +
        `List<Row> rows = new List<Row>{ new Row(1) };\nMap<String, List<Row>> all = new Map<String, List<Row>>{ 'a' => rows };\n` +
        `System.debug(all.get('a')[0].n);\nSystem.debug(new Set<Row2>().size());`,
    );
    assert.deepEqual([code, out, err], [0, '5 DEBUG 1\n6 DEBUG 0\n', '']);
  });

  it('shouldTellWhereABlockDoesNotCompile', async () => {
    const { code, file, err } = await exec('Integer i = 1;\nString s = i;');
    assert.equal(code, 1);
    assert.ok(err.startsWith(`${file}:2:`), err);
  });

  it('shouldTellTheExceptionThatEndsABlock', async () => {
    const { code, out, err } = await exec(`System.debug('before');\nthrow new Boom.BoomException('oh');`);
    assert.deepEqual([code, out], [1, '1 DEBUG before\n']);
    assert.match(err, /^Boom.BoomException: oh\nAnonymousBlock: line 2, column 1/);
  });

  it('shouldTellWhichOfItsJobsFailed', async () => {
    const { code, out, err } = await exec(`System.enqueueJob(new Boom(Boom.Way.THROWS));\nSystem.debug('enqueued');`);
    assert.deepEqual([code, out], [1, '2 DEBUG enqueued\n']);
    assert.match(err, /^queueable Boom: Boom\.BoomException: .*\nClass\.Boom\.execute: line \d+, column 1\n/);
  });

  it('shouldLeaveOutMostOfALongStack', async () => {
    const { code, err } = await exec('void down(Integer n) { down(n + 1); }\ndown(0);');
    assert.equal(code, 1);
    const lines = err.trimEnd().split('\n');
    assert.equal(lines[0], 'System.LimitException: Maximum stack depth reached: 1001');
    assert.equal(lines.length, 13, err);
    assert.match(lines[11] ?? '', /^… 9\d\d more$/);
    assert.equal(lines[12], 'AnonymousBlock: line 2, column 1');
  });

  it('shouldSayHowItIsUsedWhenNoFileIsNamed', async () => {
    const { code, err } = await exec('', join(folder, 'project'));
    assert.equal(code, 2);
    assert.match(err, /usage: local-org exec <project> FILE/);
  });
});
