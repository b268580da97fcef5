import { current } from '../../engine/current.ts';
import { deepCopy } from '../../values/copy.ts';
import { toText } from '../../values/text.ts';
import type { CacheKind } from './partitions.ts';

interface Entry {
  readonly value: unknown;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** What the caches hold: of the org, or in a test of the test alone; it takes no part in rollback. */
const caches = new WeakMap<object, Map<string, Map<string, Entry>>>();

/** The longest that an entry lives, and how long it lives where nothing is said, in seconds (Apex Reference, Cache.Org, Cache.Session). */
export const LONGEST: Readonly<Record<CacheKind, number>> = { Organization: 172_800, Session: 28_800 };
export const USUAL: Readonly<Record<CacheKind, number>> = { Organization: 86_400, Session: 28_800 };

/** The entries of one partition; those of the session cache belong to the running user. */
export class CacheStore {
  readonly #entries: Map<string, Entry>;

  constructor(kind: CacheKind, partition: string) {
    const { tx } = current;
    const owner = tx.test ?? tx.services;
    let all = caches.get(owner);
    if (!all) {
      all = new Map();
      caches.set(owner, all);
    }
    const name = kind === 'Session' ? `${partition}:${tx.user.id}` : partition;
    const entries = all.get(name) ?? new Map<string, Entry>();
    all.set(name, entries);
    this.#entries = entries;
  }

  /** A copy of the value; undefined where there is none, or none any more. */
  get(key: string): unknown {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.expires > current.tx.services.now()) return deepCopy(entry.value);
    this.#entries.delete(key);
    return undefined;
  }

  put(key: string, value: unknown, seconds: number): void {
    const expires = current.tx.services.now() + seconds * 1000;
    this.#entries.set(key, { value: deepCopy(value), bytes: toText(value).length, expires });
  }

  remove(key: string): boolean {
    return this.#entries.delete(key);
  }

  keys(): string[] {
    return [...this.#entries.keys()].filter((key) => this.get(key) !== undefined);
  }

  /** Bytes that all entries take up, about. */
  get bytes(): number {
    let bytes = 0;
    for (const entry of this.#entries.values()) bytes += entry.bytes;
    return bytes;
  }
}
