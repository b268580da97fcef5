import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../src/apex/compile.ts';
import type { ApexSource } from '../../../src/apex/source/project.ts';
import { loadProject } from '../../store/testOrg.ts';

const { schema } = loadProject({});

function source(name: string, text: string): ApexSource {
  return { file: `${name}.cls`, name, kind: 'class-file', text, hash: name, apiVersion: 63 };
}

test('shouldNotCompileAFileWhoseProblemAnotherFileMetFirst', async () => {
  const sources = [
    source('A', 'public class A { void m() { B.run(null); } }'),
    source('B', 'public class B { public static void run(Zork z) { } }'),
  ];
  const project = { sources, problems: [], notes: [], namespace: '', sourceApiVersion: null };
  const check = {
    prepareQuery: () => ({ message: 'no query is expected', offset: 0, code: 'MALFORMED_QUERY' as const }),
    labels: new Map(),
    isBuilt: () => true,
  };
  const { units, problems } = await compile(project, schema, {
    check,
    cacheDir: null,
    coverage: false,
    environment: '',
  });
  assert.deepEqual(
    problems.map(({ file, message }) => `${file} ${message}`),
    ['B.cls Invalid type: Zork'],
  );
  assert.deepEqual(
    units.map(({ file, broken }) => [file, broken]),
    [
      ['A.cls', null],
      ['B.cls', 'B.cls:1:41: Invalid type: Zork'],
    ],
  );
});
