import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Script } from './emit/classes.ts';

const FILE = 'apex-code.txt';

/**
 * Generated code on disk, by a key over everything that it depends on, in one file of lines: the compiler's version, then
 * `code KEY JSON` and `decl HASH HASH`. Only what was asked for or added is written back.
 */
export class CodeCache {
  readonly #directory: string;
  readonly #stored = new Map<string, string>();
  readonly #used = new Map<string, string>();
  #changed = false;

  /** Opens the cache in a folder, which need not exist. A cache of another version, or a broken one, is empty. */
  constructor(directory: string) {
    this.#directory = directory;
    const [version, ...lines] = readText(join(directory, FILE)).split('\n');
    if (version !== compilerVersion()) return;
    for (const line of lines) {
      const end = line.indexOf(' ', 5);
      if (end > 0) this.#stored.set(line.slice(0, end), line.slice(end + 1));
    }
  }

  /** Scripts under a key, or null. */
  code(key: string): readonly Script[] | null {
    const json = this.#use(`code ${key}`);
    if (json === null) return null;
    try {
      return JSON.parse(json) as readonly Script[];
    } catch {
      return null; // a line that was cut off
    }
  }

  setCode(key: string, scripts: readonly Script[]): void {
    this.#set(`code ${key}`, JSON.stringify(scripts));
  }

  /** The hash of the declarations in the source with this hash. */
  declarationsOf(sourceHash: string): string | null {
    return this.#use(`decl ${sourceHash}`);
  }

  setDeclarations(sourceHash: string, hash: string): void {
    if (this.#used.get(`decl ${sourceHash}`) !== hash) this.#set(`decl ${sourceHash}`, hash);
  }

  /** Replaces the file as a whole, where anything changed. */
  save(): void {
    if (!this.#changed && this.#used.size === this.#stored.size) return;
    mkdirSync(this.#directory, { recursive: true });
    const temporary = join(this.#directory, `${FILE}.${process.pid}.${threadId}`);
    try {
      const lines = [...this.#used].map(([key, value]) => `${key} ${value}`);
      writeFileSync(temporary, [compilerVersion(), ...lines].join('\n'));
      renameSync(temporary, join(this.#directory, FILE));
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  #use(key: string): string | null {
    const used = this.#used.get(key);
    if (used !== undefined) return used;
    const value = this.#stored.get(key);
    if (value === undefined) return null;
    this.#used.set(key, value);
    return value;
  }

  #set(key: string, value: string): void {
    this.#used.set(key, value);
    this.#changed = true;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

let version: string | null = null;

/** A hash over the compiler's own sources and the platform's signatures, so that nobody can forget to raise it. */
export function compilerVersion(): string {
  version ??= hashOf(['.', '../types', '../signatures', '../platform', '../soql', '../schema']);
  return version;
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const root = new URL(`${folder}/`, import.meta.url);
    for (const name of (readdirSync(root, { recursive: true }) as string[]).sort()) {
      if (/\.(ts|json)$/.test(name)) hash.update(name).update(readFileSync(new URL(name, root)));
    }
  }
  return hash.digest('hex');
}
