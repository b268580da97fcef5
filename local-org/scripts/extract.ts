import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readJar } from './extract/javap.ts';
import { extractSignatures } from './extract/signatures.ts';

const VERSION = '65.0.0';
const require = createRequire(import.meta.url);
const jars = join(dirname(require.resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');
const target = join(import.meta.dirname, '../src');

const signatures = extractSignatures(readJar(join(jars, `standard-types-${VERSION}.jar`)), VERSION);
for (const namespace of signatures.namespaces) {
  writeJson(join(target, 'signatures', `${namespace.namespace}.json`), namespace);
}
const names = signatures.namespaces.map(({ namespace }) => namespace);
writeJson(join(target, 'signatures/index.json'), {
  version: VERSION,
  namespaces: names.sort(),
  leftOut: signatures.leftOut,
});

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
