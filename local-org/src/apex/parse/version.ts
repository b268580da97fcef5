import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({ dependencies: z.object({ '@apexdevtools/apex-parser': z.string() }) });

/**
 * Identifies what turns text into a syntax tree: a hash over the sources of the parser, the syntax tree's own and the
 * grammar's version, so that nobody can forget to raise it. About a millisecond; worked out once.
 */
export function parserVersion(): string {
  version ??= compute();
  return version;
}

let version: string | null = null;

function compute(): string {
  const hash = createHash('sha256');
  const here = new URL('./', import.meta.url);
  for (const name of readdirSync(here).sort()) hash.update(name).update(readFileSync(new URL(name, here)));
  hash.update(readFileSync(new URL('../ast.ts', here)));
  const content: unknown = JSON.parse(readFileSync(new URL('../../../package.json', here), 'utf8'));
  return hash.update(manifest.parse(content).dependencies['@apexdevtools/apex-parser']).digest('hex');
}
