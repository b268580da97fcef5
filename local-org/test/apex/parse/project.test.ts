import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findSources } from '../../../src/apex/source/project.ts';
import { readProjectFile } from '../../../src/apex/source/projectFile.ts';

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'apex-project-'));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
}

function sfdxProject(...paths: string[]): Record<string, string> {
  const packageDirectories = paths.map((path) => ({ path }));
  return { 'sfdx-project.json': JSON.stringify({ packageDirectories, sourceApiVersion: '67.0' }, null, 2) };
}

function meta(
  root: 'ApexClass' | 'ApexTrigger',
  inner = '<apiVersion>66.0</apiVersion><status>Active</status>',
): string {
  const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespace}>\n  ${inner}\n</${root}>\n`;
}

function aClass(file: string, text = 'class A {}'): Record<string, string> {
  return { [file]: text, [`${file}-meta.xml`]: meta('ApexClass') };
}

/** The problems as `file:line:column message`. */
function problems(): string[] {
  return findSources(project).problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
}

test('shouldReadAPackageDirectoryInsideAnotherOnce', () => {
  write({
    ...sfdxProject('force-app', 'force-app/inner', 'force-app-2'),
    ...aClass('force-app/inner/Alpha.cls'),
    ...aClass('force-app-2/Beta.cls', 'class Beta {}'),
  });
  assert.deepEqual(readProjectFile(project, [])?.directories, [
    join(project, 'force-app'),
    join(project, 'force-app-2'),
  ]);
  assert.equal(findSources(project).sources.length, 2);
});

test('shouldFindClassesAndTriggersWhenTheyLieInPackageDirectories', () => {
  write({
    ...sfdxProject('force-app', './other'),
    ...aClass('force-app/main/classes/deep/Alpha.cls', 'class Alpha {}'),
    ...aClass('other/Beta.cls'),
    ...aClass('elsewhere/Gamma.cls'),
    ...aClass('force-app/node_modules/Delta.cls'),
    ...aClass('force-app/.hidden/Epsilon.cls'),
    'force-app/triggers/OnLead.trigger': 'trigger OnLead on Lead (before insert) {}',
    'force-app/triggers/OnLead.trigger-meta.xml': meta('ApexTrigger'),
  });
  const { sources, problems, notes } = findSources(project);
  assert.deepEqual([problems, notes], [[], []]);
  assert.deepEqual(
    sources.map(({ file, name, kind, apiVersion }) => [file, name, kind, apiVersion]),
    [
      ['force-app/main/classes/deep/Alpha.cls', 'Alpha', 'class-file', 66],
      ['force-app/triggers/OnLead.trigger', 'OnLead', 'trigger-file', 66],
      ['other/Beta.cls', 'Beta', 'class-file', 66],
    ],
  );
  assert.equal(sources[0]?.text, 'class Alpha {}');
});

test('shouldFindEachSourceOnceWhenPackageDirectoriesOverlap', () => {
  write({ ...sfdxProject('.', 'force-app'), ...aClass('force-app/A.cls') });
  assert.equal(findSources(project).sources.length, 1);
  assert.deepEqual(problems(), []);
});

test('shouldTakeWholeFolderWhenThereIsNoProjectFile', () => {
  write(aClass('src/classes/A.cls'));
  assert.deepEqual(
    findSources(project).sources.map(({ file }) => file),
    ['src/classes/A.cls'],
  );
});

test('shouldReadPathWhenItHasBackslashes', () => {
  write({ ...sfdxProject('a\\b'), ...aClass('a/b/A.cls') });
  assert.equal(findSources(project).sources.length, 1);
});

test('shouldGiveNamespaceAndVersionWhenTheProjectHasThem', () => {
  write({
    'sfdx-project.json': '{"packageDirectories": [{"path": "."}], "namespace": "acme", "sourceApiVersion": "66.0"}',
  });
  const { namespace, sourceApiVersion } = findSources(project);
  assert.deepEqual([namespace, sourceApiVersion], ['acme', 66]);
});

test('shouldTakeNullForNoNamespace', () => {
  write({ 'sfdx-project.json': '{"packageDirectories": [{"path": "."}], "namespace": null}' });
  assert.deepEqual([findSources(project).namespace, findSources(project).problems], ['', []]);
});

test('shouldChangeHashWhenTextOrApiVersionChanges', () => {
  const hash = (): string | undefined => findSources(project).sources[0]?.hash;
  write({ ...sfdxProject('.'), ...aClass('A.cls') });
  const first = hash();
  assert.match(first ?? '', /^[0-9a-f]{64}$/);
  assert.equal(hash(), first);
  write({ 'A.cls-meta.xml': meta('ApexClass', '<apiVersion>65.0</apiVersion>') });
  const second = hash();
  assert.notEqual(second, first);
  write({ 'A.cls': 'class A { }' });
  assert.notEqual(hash(), second);
});

test('shouldLeaveOutTriggerWithANoteWhenItIsInactive', () => {
  write({
    ...sfdxProject('.'),
    'T.trigger': 'trigger T on Lead (before insert) {}',
    'T.trigger-meta.xml': meta('ApexTrigger', '<apiVersion>66.0</apiVersion><status>Inactive</status>'),
  });
  const { sources, problems, notes } = findSources(project);
  assert.deepEqual([sources, problems], [[], []]);
  assert.deepEqual(notes, ['T.trigger is left out: its status is Inactive']);
});

test('shouldNameMetaFileWhenItIsMissing', () => {
  write({ ...sfdxProject('.'), 'A.cls': 'class A {}' });
  assert.deepEqual(problems(), ['A.cls:1:1 A.cls-meta.xml is missing: add it, with the apiVersion and status of A']);
  assert.deepEqual(findSources(project).sources, []);
});

test('shouldNameBothFilesWhenTwoDefineTheSameName', () => {
  write({ ...sfdxProject('.'), ...aClass('a/Same.cls'), ...aClass('b/same.cls') });
  assert.deepEqual(problems(), ['b/same.cls:1:1 same is already defined by a/Same.cls: rename or remove one of them']);
});

const META: [name: string, xml: string, problem: string][] = [
  ['IsNotClosed', '<ApexClass>\n  <apiVersion>66.0</apiVersion>\n', "1:1 Malformed XML: Unclosed tag 'ApexClass'."],
  ['HasAnotherRoot', `\n${meta('ApexTrigger')}`.trim(), '2:1 The root element must be ApexClass'],
  [
    'HasNoVersion',
    meta('ApexClass', '<status>Active</status>'),
    '2:1 apiVersion is missing: add <apiVersion>67.0</apiVersion>',
  ],
  [
    'HasNoNumberAsVersion',
    meta('ApexClass', '<apiVersion>latest</apiVersion>'),
    "3:3 'latest' is not an API version: write one like 67.0",
  ],
  [
    'IsInactive',
    meta('ApexClass', '<apiVersion>66.0</apiVersion>\n  <status>Inactive</status>'),
    "4:3 'Inactive' is not a status of ApexClass: use Active or Deleted",
  ],
  [
    'HasAnUnknownElement',
    meta('ApexClass', '<apiVersion>66.0</apiVersion>\n  <state>Active</state>'),
    '4:3 Unknown element state in ApexClass',
  ],
  [
    'HasTwoVersions',
    meta('ApexClass', '<apiVersion>66.0</apiVersion><apiVersion>67.0</apiVersion>'),
    '3:3 Invalid apiVersion: one text belongs in ApexClass',
  ],
];

for (const [name, xml, problem] of META) {
  test(`shouldSayWhatIsWrongWhenTheMetaFile${name}`, () => {
    write({ ...sfdxProject('.'), 'A.cls': 'class A {}', 'A.cls-meta.xml': xml });
    assert.deepEqual(problems(), [`A.cls-meta.xml:${problem}`]);
  });
}

const PROJECTS: [name: string, json: string, problem: string][] = [
  ['IsMalformed', '{\n  "packageDirectories": [}\n}', "2:26 Malformed JSON: Unexpected token '}'"],
  [
    'LacksAComma',
    '{\n  "namespace": "a"\n  "packageDirectories": []\n}',
    "3:3 Malformed JSON: Expected ',' or '}' after property value",
  ],
  ['JustEnds', '{\n  "packageDirectories": [', '2:26 Malformed JSON: Unexpected end of JSON input'],
  ['HasNoPackageDirectories', '{}', '1:1 packageDirectories: Invalid input: expected array, received undefined'],
  [
    'NamesAMissingFolder',
    '{\n  "packageDirectories": [{ "path": "nowhere" }]\n}',
    "2:36 The package directory 'nowhere' does not exist: create it or remove the entry",
  ],
];

for (const [name, json, problem] of PROJECTS) {
  test(`shouldSayWhatIsWrongWhenTheProjectFile${name}`, () => {
    write({ 'sfdx-project.json': json });
    assert.deepEqual(problems(), [`sfdx-project.json:${problem}`]);
  });
}

test('shouldPassOverTextBetweenTheElementsOfMetadata', () => {
  write({ ...aClass('A.cls'), 'A.cls-meta.xml': meta('ApexClass', 'x <apiVersion>66.0</apiVersion> y') });
  assert.deepEqual(problems(), []);
});
