/**
 * What probed sources call (`probes.ts`): each function does what the source did and reports a change that would have made a
 * difference, once a thread, as a line of the file that `LOCAL_ORG_PROBES` names.
 */
import { appendFileSync } from 'node:fs';

const reported = new Set<number>();
const report = process.env['LOCAL_ORG_PROBES'];

/** The change in this place makes a difference whenever the place is reached. */
export function hit<T>(id: number, value?: T): T | undefined {
  if (!reported.has(id)) {
    reported.add(id);
    // At once: a thread of the engine may be ended at any moment.
    if (report !== undefined) appendFileSync(report, `${id}\n`);
  }
  return value;
}

/** A check that a change skips: a difference where it holds. */
export function holds<T>(id: number, value: T): T {
  if (value) hit(id);
  return value;
}

/** `left && right`; the changes are `left` alone and `right` alone. */
export function and(
  onlyLeft: number,
  onlyRight: number,
  pure: boolean,
  left: () => unknown,
  right: () => unknown,
): unknown {
  const first = left();
  if (!first) {
    other(onlyRight, pure, first, right);
    return first;
  }
  return kept(onlyLeft, first, right());
}

/** `left || right`; the changes are `left` alone and `right` alone. */
export function or(
  onlyLeft: number,
  onlyRight: number,
  pure: boolean,
  left: () => unknown,
  right: () => unknown,
): unknown {
  const first = left();
  if (first) {
    other(onlyRight, pure, first, right);
    return first;
  }
  return kept(onlyLeft, first, right());
}

function kept(id: number, first: unknown, second: unknown): unknown {
  if (!Object.is(first, second)) hit(id);
  return second;
}

/** Evaluates what the source left out, unless that may do something. */
function other(id: number, pure: boolean, outcome: unknown, evaluate: () => unknown): void {
  if (reported.has(id)) return;
  if (!pure) {
    hit(id);
    return;
  }
  try {
    if (!Object.is(evaluate(), outcome)) hit(id);
  } catch {
    hit(id);
  }
}

/** A comparison whose boundary moves: a difference where both sides are equal. */
export function compare(id: number, operator: string, left: unknown, right: unknown): boolean {
  const [a, b] = [left as number, right as number];
  if (a <= b && a >= b) hit(id);
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

/** A filter: a difference where it removes something. What has no length may be read once only. */
export function filtered<T>(id: number, list: T, filter: (list: T) => unknown): unknown {
  const rest = filter(list);
  if (!Array.isArray(list) || !Array.isArray(rest) || rest.length !== list.length) hit(id);
  return rest;
}

/** `some` and `every`: a difference where they disagree. */
export function quantified<T>(id: number, list: T, as: (list: T) => boolean, other: (list: T) => boolean): boolean {
  const outcome = as(list);
  try {
    if (!Array.isArray(list) || other(list) !== outcome) hit(id);
  } catch {
    hit(id);
  }
  return outcome;
}
