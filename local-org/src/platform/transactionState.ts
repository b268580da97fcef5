import { zeroCounters } from '../engine/caps.ts';
import { current } from '../engine/current.ts';

/** A value of the platform's that every transaction has its own of, made on first use. */
export function perTransaction<T extends object>(make: () => T): () => T {
  const key = {};
  return () => {
    const { statics } = current.tx;
    let value = statics.get(key) as T | undefined;
    if (!value) {
      value = make();
      statics.set(key, value);
    }
    return value;
  };
}

/** Runs what the platform does on its own account: queries in it count against no limit. */
export function uncharged<T>(work: () => T): T {
  const { tx } = current;
  const { used } = tx;
  tx.used = zeroCounters();
  try {
    return work();
  } finally {
    tx.used = used;
  }
}
