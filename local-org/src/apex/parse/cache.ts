import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompilationUnit } from '../ast.ts';
import { parserVersion } from './version.ts';

const FILE = 'apex-units.txt';

/**
 * Syntax trees of a project by the hash of their source, in one file: a line with the parser's version, then a line with
 * hash and JSON for each. One file takes a third of the time of one for each unit, and JSON half that of v8.serialize; units
 * that are not asked for are not parsed.
 */
export class UnitCache {
  readonly #directory: string;
  readonly #stored = new Map<string, string>();
  readonly #used = new Map<string, string>();
  #changed = false;

  /** Opens the cache in a folder, which need not exist. A cache of another version, or a broken one, is empty. */
  constructor(directory: string) {
    this.#directory = directory;
    const [version, ...lines] = readText(join(directory, FILE)).split('\n');
    if (version !== parserVersion()) return;
    for (const line of lines) {
      const space = line.indexOf(' ');
      if (space > 0) this.#stored.set(line.slice(0, space), line.slice(space + 1));
    }
  }

  /** The unit of the source with this hash, or null. */
  get(hash: string): CompilationUnit | null {
    const json = this.#stored.get(hash);
    if (json === undefined) return null;
    try {
      const unit = JSON.parse(json) as CompilationUnit;
      this.#used.set(hash, json);
      return unit;
    } catch {
      // A line that was cut off; the unit is parsed and stored anew.
      return null;
    }
  }

  /** Adds a unit. */
  put(hash: string, unit: CompilationUnit): void {
    this.#used.set(hash, JSON.stringify(unit));
    this.#changed = true;
  }

  /**
   * Writes what was asked for and added since the cache was opened, when that is not what is there: units of sources that
   * are gone are dropped. The file is replaced as a whole, so another process reads the old or the new one.
   */
  save(): void {
    if (!this.#changed && this.#used.size === this.#stored.size) return;
    mkdirSync(this.#directory, { recursive: true });
    const temporary = join(this.#directory, `${FILE}.${randomUUID()}`);
    try {
      const lines = [...this.#used].map(([hash, json]) => `${hash} ${json}`);
      writeFileSync(temporary, [parserVersion(), ...lines].join('\n'));
      renameSync(temporary, join(this.#directory, FILE));
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
