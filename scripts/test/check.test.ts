import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { apexTypes } from '../check/apexTypes.ts';
import { eslint } from '../check/eslint.ts';
import type { Finding } from '../check/finding.ts';
import { format } from '../check/format.ts';
import { metadata } from '../check/metadata.ts';
import { pmd } from '../check/pmd.ts';
import { TOOLS_ROOT } from '../check/tool.ts';
import { typescript } from '../check/typescript.ts';

const CLASS_META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    <status>Active</status>
</ApexClass>
`;
const ROUTER = 'force-app/main/routing/classes/Router.cls';

const copies: string[] = [];
after(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

/** A copy of the package and of what the checkers read, to plant errors in. */
function copyOfProject(): string {
  const root = emptyProject();
  cpSync(join(TOOLS_ROOT, 'force-app'), join(root, 'force-app'), { recursive: true });
  return root;
}

function emptyProject(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'check-test-')));
  copies.push(root);
  for (const path of ['config', 'sfdx-project.json', 'eslint.config.js', '.prettierrc.json', '.prettierignore']) {
    cpSync(join(TOOLS_ROOT, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(TOOLS_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  return root;
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function writeClass(root: string, name: string, lines: readonly string[]): string {
  const file = `force-app/main/routing/classes/${name}.cls`;
  write(root, file, `${lines.join('\n')}\n`);
  write(root, `${file}-meta.xml`, CLASS_META);
  return file;
}

function places(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line }) => `${file}:${line}`);
}

describe('apex-types', () => {
  it('shouldPassWhenPackageIsAsItIs', async () => {
    assert.deepEqual(await apexTypes.check(TOOLS_ROOT), []);
  });

  it('shouldNameFileAndLineWhenTypesDoNotFit', async () => {
    const root = copyOfProject();
    const file = writeClass(root, 'Planted', [
      'public inherited sharing class Planted {',
      '  public Integer wrong() {',
      '    String text = new Map<String, Integer>();',
      '    return text.noSuchMethod();',
      '  }',
      '}',
    ]);
    const findings = await apexTypes.check(root);
    assert.deepEqual(places(findings), [`${file}:3`, `${file}:4`]);
    assert.match(findings[0]?.message ?? '', /Map/);
    assert.match(findings[1]?.message ?? '', /noSuchMethod/);
  });

  it('shouldNameFileAndLineWhenFieldOfAnObjectIsUnknown', async () => {
    const root = emptyProject();
    const file = writeClass(root, 'Planted', [
      'public inherited sharing class Planted {',
      '  public Lead wrong() {',
      '    return new Lead(No_Such_Field__c = 1);',
      '  }',
      '}',
    ]);
    assert.deepEqual(places(await apexTypes.check(root)), [`${file}:3`]);
  });

  it('shouldNameFileAndLineWhenSyntaxIsWrong', async () => {
    const root = copyOfProject();
    const text = readFileSync(join(root, ROUTER), 'utf8');
    write(root, ROUTER, text.replace('public inherited sharing class Router {', 'public class class Router {'));
    const files = (await apexTypes.check(root)).map(({ file }) => file);
    assert.ok(files.includes(ROUTER), `a syntax error in ${ROUTER} must be found`);
  });

  it('shouldAcceptFindingWhenItIsKnownExactly', async () => {
    const root = emptyProject();
    const file = writeClass(root, 'Planted', ['public inherited sharing class Planted {', '  Nothing x;', '}']);
    const [finding] = await apexTypes.check(root);
    assert.ok(finding !== undefined);
    const known = { file, line: finding.line, message: finding.message, reason: 'a hole, for this test' };
    write(root, 'config/apex-ls-known.json', JSON.stringify([known]));
    assert.deepEqual(await apexTypes.check(root), []);
    write(root, 'config/apex-ls-known.json', JSON.stringify([{ ...known, line: finding.line + 1 }]));
    assert.equal((await apexTypes.check(root)).length, 2, 'the finding, and the entry that fits nothing');
  });

  it('shouldFailWhenKnownEntryIsStale', async () => {
    const root = emptyProject();
    writeClass(root, 'Fine', ['public inherited sharing class Fine {', '}']);
    const stale = { file: ROUTER, line: 1, message: 'No such finding', reason: 'none' };
    write(root, 'config/apex-ls-known.json', JSON.stringify([stale]));
    const findings = await apexTypes.check(root);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['stale entry'],
    );
  });

  it('shouldSayHowToInstallJavaWhenThereIsNone', async (context) => {
    const home = process.env['JAVA_HOME'];
    process.env['JAVA_HOME'] = '/nowhere';
    context.after(() => {
      if (home === undefined) delete process.env['JAVA_HOME'];
      else process.env['JAVA_HOME'] = home;
    });
    await assert.rejects(apexTypes.check(TOOLS_ROOT), /Install a Java runtime/);
  });
});

describe('pmd', () => {
  it('shouldNameFileLineAndRuleWhenQueryIsInALoop', async () => {
    const root = emptyProject();
    write(root, 'config/pmd.json', JSON.stringify({ rulesLeftOut: [], suppressions: [] }));
    const file = writeClass(root, 'Planted', [
      'public inherited sharing class Planted {',
      '  public void wrong(List<Lead> leads) {',
      '    for (Lead lead : leads) {',
      '      update as system lead;',
      '    }',
      '  }',
      '}',
    ]);
    const findings = (await pmd.check(root)).filter(({ rule }) => rule !== 'ApexDoc');
    assert.deepEqual(
      findings.map((finding) => `${finding.file}:${finding.line} ${finding.rule}`),
      [`${file}:4 OperationWithLimitsInLoop`],
    );
  });

  it('shouldFailWhenFileCannotBeParsed', async () => {
    const root = emptyProject();
    write(root, 'config/pmd.json', JSON.stringify({ rulesLeftOut: [], suppressions: [] }));
    writeClass(root, 'Planted', ['public class {']);
    assert.notEqual((await pmd.check(root)).length, 0, 'what PMD cannot read must not pass');
  });

  it('shouldFailWhenSuppressionOrRuleIsStale', async () => {
    const root = emptyProject();
    writeClass(root, 'Fine', ['public inherited sharing class Fine {', '}']);
    const config = {
      rulesLeftOut: [{ rule: 'NoSuchRule', reason: 'none' }],
      suppressions: [{ file: ROUTER, rule: 'EmptyCatchBlock', reason: 'none' }],
    };
    write(root, 'config/pmd.json', JSON.stringify(config));
    const stale = (await pmd.check(root)).filter(({ rule }) => rule === 'stale entry');
    assert.equal(stale.length, 2);
  });
});

describe('metadata', () => {
  const FIELD = 'force-app/main/data-model/objects/Lead/fields/AI_Score__c.field-meta.xml';

  async function findingsAfter(change: (text: string) => string): Promise<Finding[]> {
    const root = copyOfProject();
    write(root, FIELD, change(readFileSync(join(root, FIELD), 'utf8')));
    return metadata.check(root);
  }

  it('shouldPassWhenPackageIsAsItIs', async () => {
    assert.deepEqual(await metadata.check(TOOLS_ROOT), []);
  });

  it('shouldNameLineWhenElementIsMisspelt', async () => {
    const [finding] = await findingsAfter((text) => text.replace(/precision>/g, 'precison>'));
    assert.equal(finding?.file, FIELD);
    assert.equal(finding.message, 'CustomField has no element <precison>');
    assert.notEqual(finding.line, 0);
  });

  it('shouldRefuseWhenValueIsOfTheWrongKind', async () => {
    const messages = [
      ...(await findingsAfter((text) => text.replace('<scale>2<', '<scale>two<'))),
      ...(await findingsAfter((text) => text.replace('<required>false<', '<required>no<'))),
      ...(await findingsAfter((text) => text.replace('<scale>2<', '<scale><value>2</value><'))),
    ].map(({ message }) => message);
    assert.deepEqual(messages.slice(0, 2), [
      '<scale> must be a number, not two',
      '<required> must be true or false, not no',
    ]);
    assert.equal(messages.length, 3);
  });

  it('shouldRefuseWhenElementStandsTwice', async () => {
    const findings = await findingsAfter((text) =>
      text.replace('<scale>2</scale>', '<scale>2</scale><scale>3</scale>'),
    );
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['<scale> stands 2 times, and may once'],
    );
  });

  it('shouldRefuseWhenXmlIsNotWellFormed', async () => {
    const findings = await findingsAfter((text) => text.replace('</label>', ''));
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.rule, 'xml');
  });

  it('shouldRefuseWhenTypeIsUnknown', async () => {
    const findings = await findingsAfter((text) => text.replace(/CustomField/g, 'CustomFeld'));
    assert.match(findings[0]?.message ?? '', /no metadata type CustomFeld/);
  });

  it('shouldRefuseClassWhenItHasNoMetadataOrAnotherApiVersion', async () => {
    const root = copyOfProject();
    rmSync(join(root, `${ROUTER}-meta.xml`));
    const job = 'force-app/main/intake/classes/RoutingJob.cls-meta.xml';
    write(root, job, CLASS_META.replace('67.0', '58.0'));
    const findings = await metadata.check(root);
    assert.deepEqual(
      findings.map(({ file }) => file),
      [job, ROUTER],
    );
  });
});

describe('typescript, eslint and format', () => {
  it('shouldNameFileAndLineWhenTypesDoNotFit', async () => {
    const root = emptyProject();
    write(root, 'tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] } }));
    write(root, 'planted.ts', `export const fine = 1;\nexport const wrong: number = 'text';\n`);
    assert.deepEqual(places(await typescript.check(root)), ['planted.ts:2']);
  });

  it('shouldNameFileAndLineWhenRuleIsBroken', async () => {
    const root = emptyProject();
    write(root, 'planted.ts', `export const fine = 1;\nexport const wrong = (x: number) => x == fine;\n`);
    const findings = await eslint.check(root);
    assert.deepEqual(places(findings), ['planted.ts:2']);
    assert.equal(findings[0]?.rule, 'eqeqeq');
  });

  it('shouldNameFileWhenItIsNotFormatted', async () => {
    const root = emptyProject();
    const file = writeClass(root, 'Planted', ['public class Planted{', 'Integer  x;', '}']);
    const findings = await format.check(root);
    const files = findings.map((finding) => finding.file);
    assert.ok(files.includes(file), `Apex is formatted too: ${JSON.stringify(findings)}`);
  });
});
