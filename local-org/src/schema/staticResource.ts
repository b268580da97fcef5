import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ElementReader } from './elementReader.ts';
import type { StaticResourceMetadata } from './orgMetadata.ts';
import { zipFolder } from './zipFolder.ts';

/** Reads a `staticresources/*.resource-meta.xml` with the file or folder beside it. */
export function readStaticResource(reader: ElementReader, name: string): StaticResourceMetadata {
  reader.ignore('cacheControl', 'description', 'fullName');
  const contentType = reader.required('contentType');
  reader.finish();
  const directory = dirname(reader.file);
  const own = basename(reader.file);
  const beside = readdirSync(directory).find(
    (entry) => entry !== own && (entry === name || entry.startsWith(`${name}.`)) && !entry.endsWith('-meta.xml'),
  );
  if (beside === undefined) {
    reader.invalid(reader.element, `static resource ${name} has no file beside its metadata`);
    return { name, contentType, body: null };
  }
  const path = join(directory, beside);
  const body = existsSync(path) && statSync(path).isDirectory() ? zipFolder(path) : readFileSync(path);
  return { name, contentType, body };
}
