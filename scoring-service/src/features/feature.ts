/** One column of a model's input, used by training and serving alike. Missing is NaN, never 0. */
export interface Feature<Subject> {
  readonly name: string;
  readonly unit: string;
  /** Where in the request it is read. */
  readonly source: string;
  readonly meaning: string;
  /** The feature's value; depends on the subject alone, never on who else was sent. */
  value(subject: Subject): number;
  /** The fact in words, for people; called only where the value is not missing. */
  words(subject: Subject): string;
  /** In words the typical value that a linear model compares with; absent where `words` names the comparison itself. */
  typical?(reference: number): string;
}

/** NaN for what is null or absent. */
export function known(value: number | null | undefined): number {
  return value ?? Number.NaN;
}

/** ln(1 + n): the tenth page view says less than the first. */
export function logCount(value: number | null | undefined): number {
  return Math.log1p(known(value));
}

/** The count behind a `logCount`. */
export function countOf(logCounted: number): string {
  return whole(Math.expm1(logCounted));
}

/** 1, 0, or missing. */
export function indicator(value: boolean | null): number {
  return value === null ? Number.NaN : Number(value);
}

/** Text as people compare it: without case and outer blanks. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').trim().toLowerCase();
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact' });

/** A count without decimals, in groups of three digits. */
function whole(count: number): string {
  // Without groups there is nothing that is worth a formatter's time.
  return count >= 0 && count < 999.5 ? String(Math.round(count)) : grouped.format(count);
}

/** An amount as people say it: `40M`. */
export function amount(value: number): string {
  return compact.format(value);
}

/** A share as people say it: `54 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A count with its noun: `1 page view`, `15 page views`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Minutes as people say them: `35 min`, `2.5 h`, `3 days`. */
export function duration(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Number((minutes / 60).toFixed(1))} h`;
  return `${Math.round(minutes / (24 * 60))} days`;
}
