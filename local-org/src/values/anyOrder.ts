/** The generator mulberry32: numbers from 0 up to 1, the same for the same seed. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same items in random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/**
 * What decides the orders that the platform leaves open: rows of a query that no ORDER BY tells apart, and the iteration of
 * sets and maps. Null, as always but with `local-org test --shuffle`, keeps that in which things were added.
 */
let random: (() => number) | null = null;

/**
 * Makes open orders random from here on, the same for the same seed and text; null ends it.
 *
 * @param text of a test, so that what one test sees does not depend on which ran before.
 */
export function shuffleOpenOrders(seed: number | null, text = ''): void {
  if (seed === null) {
    random = null;
    return;
  }
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  random = mulberry(hash);
}

/** Whether open orders are shuffled: then of many rows any may be the first. */
export function ordersAreShuffled(): boolean {
  return random !== null;
}

/** Items whose order is open, in the order in which they come now. */
export function inOpenOrder<T>(items: T[]): T[] {
  return random === null ? items : shuffled(items, random);
}

/** The same for what is iterated over. */
export function iteratedInOpenOrder<T>(items: IterableIterator<T>): IterableIterator<T> {
  return random === null ? items : shuffled([...items], random).values();
}
