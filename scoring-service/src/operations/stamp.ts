import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folders whose code decides: a change in one of them may change a decision. */
const DECIDING = ['assignment', 'features', 'model', 'routing', 'text'];

const versioned = z.object({ version: z.string() });

/**
 * What a decision depends on beside its inputs and its model: runtime, architecture, ONNX Runtime and the deciding code.
 * On the same stamp a replay must be exact.
 */
export function stampOfThisProcess(): string {
  const source = fileURLToPath(new URL('..', import.meta.url));
  const hash = createHash('sha256');
  for (const folder of DECIDING) {
    for (const file of filesIn(join(source, folder))) {
      // A file's end must not pass for the next one's beginning.
      const code = createHash('sha256')
        .update(readFileSync(join(source, folder, file)))
        .digest();
      hash.update(JSON.stringify([folder, file])).update(code);
    }
  }
  const onnx = versioned.parse(createRequire(import.meta.url)('onnxruntime-node/package.json'));
  return `node ${process.version} ${process.arch} onnxruntime ${onnx.version} code ${hash.digest('hex').slice(0, 16)}`;
}

/** All files of a folder and of those within it, relative to it, in one order on every machine. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}
