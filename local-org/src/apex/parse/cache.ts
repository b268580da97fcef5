import { join } from 'node:path';
import type { CompilationUnit } from '../ast.ts';
import { LineFile } from '../lineFile.ts';
import { packed, unpacked } from './packedUnit.ts';
import { parserVersion } from './version.ts';

/** Syntax trees of a project by the hash of their source, kept between runs. */
export class UnitCache {
  readonly #file: LineFile;

  /** Opens the cache in a folder, which need not exist. A cache of another version, or a broken one, is empty. */
  constructor(directory: string) {
    this.#file = new LineFile(join(directory, 'apex-units.txt'), parserVersion());
  }

  /** The unit of the source with this hash, or null. */
  get(hash: string): CompilationUnit | null {
    const line = this.#file.get(hash);
    const unit = line === null ? null : unpacked(line);
    if (line !== null && unit === null) this.#file.drop(hash);
    return unit;
  }

  /** Adds a unit. */
  put(hash: string, unit: CompilationUnit): void {
    this.#file.set(hash, packed(unit));
  }

  /** Keeps what was added; units of sources that are gone are dropped when they are half of all. */
  save(): void {
    this.#file.save();
  }
}
