import { conforms, hooks, invoke } from '../../values/invoke.ts';
import type { ApexType } from '../../values/apexType.ts';
import { raise, required } from '../../values/exception.ts';
import { CacheStore, LONGEST, USUAL } from './cacheStore.ts';
import { partitions } from './partitions.ts';
import type { CacheKind } from './partitions.ts';

/** One partition of a cache as Apex uses it. */
export class CachePartition {
  readonly kind: CacheKind;
  /** `local.Name`. */
  readonly name: string;
  /** Megabytes. */
  readonly megabytes: number;

  constructor(kind: CacheKind, name: string, megabytes: number) {
    this.kind = kind;
    this.name = name;
    this.megabytes = megabytes;
  }

  get(key: string | null): unknown {
    return this.#store.get(validKey(key)) ?? null;
  }

  /** The value that a builder's `doLoad` makes where there is none yet. */
  load(builder: ApexType | null, key: string | null): unknown {
    validateBuilder(builder);
    const { type } = required(builder);
    const entry = `${type.name.replace(/\W/g, '')}${validKey(key)}`;
    const known = this.#store.get(entry);
    if (known !== undefined) return known;
    const made = invoke(hooks.construct(type), 'doLoad', [key]);
    this.#write(entry, made, USUAL[this.kind]);
    return made;
  }

  contains(key: string | null): boolean {
    return this.#store.get(validKey(key)) !== undefined;
  }

  put(key: string | null, value: unknown, seconds: number | null = USUAL[this.kind]): void {
    const name = validKey(key);
    if (value === null) raise('System.NullPointerException', 'Argument cannot be null.');
    const time = required(seconds);
    const longest = LONGEST[this.kind];
    if (time < 0 || time > longest) {
      // unverified: the text
      raise('Cache.InvalidParamException', `Time to live must be between 0 and ${longest} seconds`);
    }
    this.#write(name, value, time);
  }

  remove(key: string | null): boolean {
    return this.#store.remove(validKey(key));
  }

  removeLoaded(builder: ApexType | null, key: string | null): boolean {
    return this.#store.remove(`${required(builder).type.name.replace(/\W/g, '')}${validKey(key)}`);
  }

  keys(): string[] {
    return this.#store.keys();
  }

  /** Per cent of the partition that is taken up. */
  get usedPercent(): number {
    return this.megabytes === 0 ? 0 : (100 * this.#store.bytes) / (this.megabytes * 1_048_576);
  }

  #write(key: string, value: unknown, seconds: number): void {
    // unverified: the text
    if (this.megabytes === 0) raise(exceptionOf(this.kind), `Partition ${this.name} has no capacity`);
    this.#store.put(key, value, seconds);
  }

  get #store(): CacheStore {
    return new CacheStore(this.kind, this.name);
  }
}

/** Source: Apex Developer Guide, Platform Cache: keys are alphanumeric and have 50 characters at most. */
export function validKey(key: string | null): string {
  const name = required(key);
  if (!/^[A-Za-z0-9]{1,50}$/.test(name)) {
    // unverified: the text
    raise('Cache.InvalidParamException', `Invalid key: ${name}. Keys are alphanumeric and have 50 characters at most`);
  }
  return name;
}

/** @throws Cache.InvalidCacheBuilderException for a class that is no builder */
export function validateBuilder(builder: ApexType | null): void {
  const { type } = required(builder);
  if (conforms(type, 'Cache.CacheBuilder')) return;
  raise('Cache.InvalidCacheBuilderException', `${type.name} does not implement Cache.CacheBuilder`);
}

/** Source: Apex Developer Guide, Platform Cache: alphanumeric, with its namespace before it. */
export function validateName(name: string | null): void {
  const text = required(name);
  // unverified: the text
  if (!/^[A-Za-z0-9]+\.[A-Za-z0-9]+$/.test(text)) {
    raise('Cache.InvalidParamException', `Invalid partition name: ${text}`);
  }
}

function exceptionOf(kind: CacheKind): string {
  return kind === 'Session' ? 'Cache.Session.SessionCacheException' : 'Cache.Org.OrgCacheException';
}

/** The partition `Name` or `namespace.Name`. @throws Cache.Org.OrgCacheException where there is none */
export function partitionOf(kind: CacheKind, name: string | null): CachePartition {
  const wanted = required(name);
  const qualified = wanted.includes('.') ? wanted : `local.${wanted}`;
  const found = partitions(kind).find((one) => one.name.toLowerCase() === qualified.toLowerCase());
  // unverified: the text
  if (!found) return raise(exceptionOf(kind), `Invalid partition name: ${wanted}`);
  return new CachePartition(kind, found.name, found.capacity);
}

/** The partition and key that `key` (of the default partition) or `namespace.Partition.key` names. */
export function located(kind: CacheKind, key: string | null): { partition: CachePartition; key: string } {
  const parts = required(key).split('.');
  const [namespace = '', name = '', last = ''] = parts;
  if (parts.length === 3) return { partition: partitionOf(kind, `${namespace}.${name}`), key: last };
  const found = partitions(kind).find(({ isDefault }) => isDefault);
  // unverified: the text
  if (!found) return raise(exceptionOf(kind), 'There is no default partition');
  return { partition: new CachePartition(kind, found.name, found.capacity), key: required(key) };
}
