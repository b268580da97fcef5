import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readJar } from './extract/javap.ts';
import { readSheet } from './extract/sheet.ts';
import { extractSignatures } from './extract/signatures.ts';
import { describeStandardObjects } from './extract/standardObjects.ts';
import { typedObjects } from './extract/typedObjects.ts';

const VERSION = '65.0.0';
const require = createRequire(import.meta.url);
const jars = join(dirname(require.resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');
const target = join(import.meta.dirname, '../src');

extractNamespaces(join(target, 'signatures'));
extractObjects(join(target, 'schema/standard'));

function extractNamespaces(folder: string): void {
  const classes = readJar(join(jars, `standard-types-${VERSION}.jar`));
  const { namespaces, leftOut } = extractSignatures(classes, VERSION);
  for (const namespace of namespaces) writeJson(join(folder, `${namespace.namespace}.json`), namespace);
  const names = namespaces.map(({ namespace }) => namespace).sort();
  writeJson(join(folder, 'index.json'), { version: VERSION, namespaces: names, leftOut });
}

function extractObjects(folder: string): void {
  const classes = readJar(join(jars, `sobject-types-${VERSION}.jar`));
  const sheetFolder = join(import.meta.dirname, 'extract/objects');
  const sheets = readdirSync(sheetFolder)
    .sort()
    .map((file) => readSheet(join(sheetFolder, file)));
  const objects = describeStandardObjects(sheets, classes);
  for (const object of objects) writeFileSync(join(folder, `${object.name}.json`), lineByLine(object));
  const list = readFileSync(join(import.meta.dirname, 'extract/typedObjects.txt'), 'utf8');
  writeFileSync(join(folder, 'typed.json'), lineByLine({ version: VERSION, objects: typedObjects(list, classes) }));
  writeJson(join(folder, 'index.json'), {
    version: VERSION,
    objects: objects.map(({ name }) => name),
    known: classes.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)),
  });
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** One line for each field and relationship, so that a diff shows which ones changed. */
function lineByLine(object: object): string {
  const entries = Object.entries(object).map(([key, value]: [string, unknown]) => {
    const isList = Array.isArray(value) && typeof value[0] === 'object';
    const text = isList
      ? `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}
