import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const MAIN = join(import.meta.dirname, '../src/cli/main.ts');
const PROJECT = '{ "packageDirectories": [{ "path": "force-app" }], "sourceApiVersion": "67.0" }';

interface Ended {
  readonly code: number;
  readonly output: string;
}

function cli(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stderr + stdout });
    });
  });
}

function meta(kind: 'ApexClass' | 'ApexTrigger'): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<${kind} xmlns="http://soap.sforce.com/2006/04/metadata">\n` +
    `    <apiVersion>67.0</apiVersion>\n    <status>Active</status>\n</${kind}>\n`
  );
}

function thing(): Readonly<Record<string, string>> {
  return {
    'objects/X__c/X__c.object-meta.xml':
      '<?xml version="1.0"?>\n<CustomObject><label>X</label><pluralLabel>Xs</pluralLabel><nameField><label>N</label>' +
      '<type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>' +
      '</CustomObject>\n',
  };
}

function formula(text: string): string {
  return (
    '<?xml version="1.0"?>\n<CustomField>\n<fullName>F__c</fullName>\n<label>F</label>\n' +
    `<formula>${text}</formula>\n<type>Text</type>\n</CustomField>\n`
  );
}

/** What is wrong, the files, and the one line that each command says of it. */
const BAD: readonly { name: string; files: Readonly<Record<string, string>>; problem: string }[] = [
  {
    name: 'shouldNameAClassThatIsMissing',
    files: { 'classes/A.cls': 'public class A {\n  public B field;\n}\n' },
    problem: 'force-app/classes/A.cls:2:10: Invalid type: B',
  },
  {
    name: 'shouldNameAClassThatIsItsOwnAncestor',
    files: {
      'classes/A.cls': 'public virtual class A extends B {\n}\n',
      'classes/B.cls': 'public virtual class B extends A {\n}\n',
    },
    problem: 'force-app/classes/A.cls:1:22: Circular definition: A. It is its own ancestor.',
  },
  {
    name: 'shouldNameTheObjectThatATriggerDoesNotFind',
    files: { 'triggers/T.trigger': 'trigger T on Nope__c (before insert) {\n}\n' },
    problem: 'force-app/triggers/T.trigger:1:14: Invalid type: Nope__c. The org has no such object.',
  },
  {
    name: 'shouldNameThePlaceWhereMetadataIsMalformed',
    files: {
      'objects/X__c/X__c.object-meta.xml': '<?xml version="1.0"?>\n<CustomObject>\n  <label>X\n</CustomObject>\n',
    },
    problem:
      'force-app/objects/X__c/X__c.object-meta.xml:4:1: malformed XML: ' +
      "Expected closing tag 'label' (opened in line 3, col 3) instead of closing tag 'CustomObject'.",
  },
  {
    name: 'shouldNameThePlaceWhereTheMetadataOfAClassIsMalformed',
    files: {
      'classes/A.cls': 'public class A {\n}\n',
      'classes/A.cls-meta.xml': '<?xml version="1.0"?>\n<ApexClass>\n',
    },
    problem: "force-app/classes/A.cls-meta.xml:2:1: Malformed XML: Unclosed tag 'ApexClass'.",
  },
  {
    name: 'shouldNameThePlaceWhereApexIsMalformed',
    files: { 'classes/A.cls': 'public class A {\n  void x() { Integer i = ; }\n}\n' },
    problem: "force-app/classes/A.cls:2:26: Unexpected ';': expected an expression",
  },
  {
    name: 'shouldNameTheEventThatTriggersDoNotHave',
    files: { 'triggers/T.trigger': 'trigger T on Account (before undelete) {\n}\n' },
    problem: 'force-app/triggers/T.trigger:1:14: Invalid trigger event: before undelete',
  },
  {
    name: 'shouldNameAVersionThatThereIsNotYet',
    files: {
      'classes/A.cls': 'public class A {\n}\n',
      'classes/A.cls-meta.xml': meta('ApexClass').replace('67.0', '99.0'),
    },
    problem: 'force-app/classes/A.cls-meta.xml:3:5: Invalid version specified:99.0',
  },
  {
    name: 'shouldNameTheFormulaThatIsMalformed',
    files: { ...thing(), 'objects/X__c/fields/F__c.field-meta.xml': formula('IF(') },
    problem: "force-app/objects/X__c/fields/F__c.field-meta.xml:5:1: Syntax error. Found 'end of formula'",
  },
  {
    name: 'shouldNameTheFieldThatAFormulaDoesNotFind',
    files: { ...thing(), 'objects/X__c/fields/F__c.field-meta.xml': formula('Nope__c &amp; Owner:User.Name') },
    problem: 'force-app/objects/X__c/fields/F__c.field-meta.xml:5:1: Field Nope__c does not exist. Check spelling.',
  },
  {
    name: 'shouldNameTheRelationshipThatAValidationRuleDoesNotFind',
    files: {
      ...thing(),
      'objects/X__c/validationRules/V.validationRule-meta.xml':
        '<?xml version="1.0"?>\n<ValidationRule>\n<fullName>V</fullName>\n<active>true</active>\n' +
        '<errorConditionFormula>ISBLANK(Nope__r.Name)</errorConditionFormula>\n<errorMessage>x</errorMessage>\n' +
        '</ValidationRule>\n',
    },
    problem:
      'force-app/objects/X__c/validationRules/V.validationRule-meta.xml:5:1: Field Nope__r.Name does not exist. Check ' +
      'spelling.',
  },
  {
    name: 'shouldNameThePlaceWhereTheProjectFileIsMalformed',
    files: { '../sfdx-project.json': '{ "packageDirectories": [\n  { "path": \n' },
    problem: 'sfdx-project.json:3:1: Malformed JSON: Unexpected end of JSON input',
  },
  {
    name: 'shouldNameWhatTheProjectFileLacks',
    files: { '../sfdx-project.json': '{}' },
    problem: 'sfdx-project.json:1:1: packageDirectories: Invalid input: expected array, received undefined',
  },
  {
    name: 'shouldNameAPackageDirectoryThatIsMissing',
    files: { '../sfdx-project.json': '{ "packageDirectories": [\n  { "path": "gone" }] }' },
    problem: "sfdx-project.json:2:13: The package directory 'gone' does not exist: create it or remove the entry",
  },
];

describe('bad projects', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-org-bad-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function project(name: string, files: Readonly<Record<string, string>>): string {
    const dir = join(folder, name);
    const write = (path: string, text: string) => {
      const full = join(dir, 'force-app', path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    };
    write('../sfdx-project.json', PROJECT);
    mkdirSync(join(dir, 'force-app'), { recursive: true });
    for (const path of Object.keys(files)) {
      if (path.endsWith('.cls')) write(`${path}-meta.xml`, meta('ApexClass'));
      if (path.endsWith('.trigger')) write(`${path}-meta.xml`, meta('ApexTrigger'));
    }
    for (const [path, text] of Object.entries(files)) write(path, text);
    return dir;
  }

  it('shouldSayThatThereIsNothingInAFolder', async () => {
    const dir = join(folder, 'nothing');
    mkdirSync(dir);
    for (const command of ['check', 'test', 'start']) {
      const { code, output } = await cli(command, dir);
      assert.equal(code, 1, command);
      const expected =
        'sfdx-project.json:1:1: There is neither this file nor any metadata here: name the folder of a project';
      assert.deepEqual(
        output.split('\n').filter((line) => /^\S+:\d+:\d+: /.test(line)),
        [expected],
      );
    }
  });

  /** Threads that run Apex have more stack than the one that checks, so that this holds for check alone. */
  it('shouldNameThePlaceWhereExpressionsLieTooDeepInEachOther', async () => {
    const text = `public class A {\n  Integer i = ${'('.repeat(9000)}1${')'.repeat(9000)};\n}\n`;
    const { code, output } = await cli('check', project('deep', { 'classes/A.cls': text }));
    assert.equal(code, 1);
    assert.match(
      output,
      /^force-app\/classes\/A\.cls:2:9014: Expressions or blocks are nested too deeply: split them$/m,
    );
  });

  for (const { name, files, problem } of BAD) {
    it(name, async () => {
      const dir = project(name, files);
      for (const command of ['check', 'test', 'start']) {
        const { code, output } = await cli(command, dir, ...(command === 'test' ? ['--workers', '1'] : []));
        const lines = output.split('\n').filter((line) => /^\S+:\d+:\d+: /.test(line));
        assert.deepEqual(lines, [problem], `${command}: ${output}`);
        assert.equal(code, 1, command);
        assert.doesNotMatch(output, /^\s+at /m, `${command} crashed`);
      }
    });
  }

  it('shouldSayThatThereIsNoSuchFolder', async () => {
    for (const command of ['check', 'test', 'start']) {
      const { code, output } = await cli(command, join(folder, 'nowhere'));
      assert.deepEqual([code, output.trim()], [2, `${join(folder, 'nowhere')}: there is no such folder`]);
    }
  });

  it('shouldSayThatThereIsNoSuchTest', async () => {
    const dir = project('untested', { 'classes/A.cls': 'public class A {\n}\n' });
    const { code, output } = await cli('test', dir, '--tests', 'ATest');
    assert.deepEqual([code, output.trim()], [1, 'the project has no test ATest']);
  });

  it('shouldSayHowItIsUsedWhenAnOptionIsUnknown', async () => {
    const { code, output } = await cli('check', folder, '--nope');
    assert.equal(code, 2);
    assert.match(output, /^Unknown option '--nope'[^]*usage: local-org check <project>/);
  });
});
