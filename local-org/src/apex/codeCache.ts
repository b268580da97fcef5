import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from './emit/classes.ts';
import { LineFile } from './lineFile.ts';

/** Generated code by a key over everything that it depends on, and hashes of declarations, kept between runs. */
export class CodeCache {
  readonly #file: LineFile;

  /** Opens the cache in a folder, which need not exist. A cache of another version, or a broken one, is empty. */
  constructor(directory: string) {
    this.#file = new LineFile(join(directory, 'apex-code.txt'), compilerVersion());
  }

  /** Scripts under a key, or null. */
  code(key: string): readonly Script[] | null {
    const bytes = this.#file.get(`code:${key}`);
    const scripts = bytes && unpackedScripts(bytes);
    if (bytes !== null && scripts === null) this.#file.drop(`code:${key}`);
    return scripts;
  }

  setCode(key: string, scripts: readonly Script[]): void {
    this.#file.set(`code:${key}`, packedScripts(scripts));
  }

  /** The hash of the declarations in the source with this hash. */
  declarationsOf(sourceHash: string): string | null {
    return this.#file.get(`decl:${sourceHash}`)?.toString('latin1') ?? null;
  }

  setDeclarations(sourceHash: string, hash: string): void {
    if (this.declarationsOf(sourceHash) !== hash) this.#file.set(`decl:${sourceHash}`, Buffer.from(hash));
  }

  /** Keeps what was added; what nobody asks for any more is dropped when it is half of all. */
  save(): void {
    this.#file.save();
  }
}

/** A script without its code, and how many bytes that takes as JSON. */
type Head = Omit<Script, 'js'> & { readonly bytes: number };

const TAB = 9;

/** The JSON of the heads, a tab, and the code of each script as JSON. */
function packedScripts(scripts: readonly Script[]): Buffer {
  const codes = scripts.map(({ js }) => Buffer.from(JSON.stringify(js)));
  const heads = scripts.map(({ js: _js, ...head }, index): Head => ({ ...head, bytes: codes[index]?.length ?? 0 }));
  return Buffer.concat([Buffer.from(`${JSON.stringify(heads)}\t`), ...codes]);
}

/** The scripts, whose code is decoded when somebody asks for it; null where the bytes are not whole. */
function unpackedScripts(bytes: Buffer): Script[] | null {
  const tab = bytes.indexOf(TAB);
  if (tab < 0) return null;
  const heads = headsOf(bytes.toString('utf8', 0, tab));
  if (heads === null) return null;
  let end = tab + 1;
  const scripts = heads.map(({ bytes: length, ...head }): Script => {
    const start = end;
    end += length;
    let code: string | null = null;
    return {
      ...head,
      get js() {
        return (code ??= JSON.parse(bytes.toString('utf8', start, start + length)) as string);
      },
    };
  });
  return end === bytes.length ? scripts : null;
}

function headsOf(json: string): Head[] | null {
  try {
    return JSON.parse(json) as Head[];
  } catch {
    return null;
  }
}

let version: string | null = null;

/**
 * Identifies the compiler's own sources and the platform's signatures, so that nobody can forget to raise it: by size and time
 * of change of each file, since to read some 600 of them would take longer than to load a large program.
 */
export function compilerVersion(): string {
  version ??= hashOf(['.', '../types', '../signatures', '../platform', '../soql', '../schema']);
  return version;
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) for (const line of filesIn(join(import.meta.dirname, folder))) hash.update(line);
  return hash.digest('hex');
}

/** Each source with size and time; by hand, since a recursive readdir takes three times as long. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(path);
    if (!/\.(ts|json)$/.test(entry.name)) return [];
    const { size, mtimeNs } = statSync(path, { bigint: true });
    return [`${path} ${size} ${mtimeNs}\n`];
  });
}
