/** One column of a model's input, used by training and serving alike. Missing is NaN, never 0. */
export interface Feature<Subject> {
  readonly name: string;
  readonly unit: string;
  /** Where in the request it is read. */
  readonly source: string;
  readonly meaning: string;
  /** The feature's value; depends on the subject alone, never on who else was sent. */
  value(subject: Subject): number;
  /** The fact in words that name the comparison, for people; called only where the value is not missing. */
  words(subject: Subject): string;
}

/** NaN for what is null or absent. */
export function known(value: number | null | undefined): number {
  return value ?? Number.NaN;
}

/** ln(1 + n): the tenth page view says less than the first. */
export function logCount(value: number | null | undefined): number {
  return Math.log1p(known(value));
}

/** 1, 0, or missing. */
export function indicator(value: boolean | null): number {
  return value === null ? Number.NaN : Number(value);
}

/** Text as people compare it: without case and outer blanks. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').trim().toLowerCase();
}

/** A count with its noun: `1 page view`, `15 page views`. */
export function counted(count: number, noun: string): string {
  return `${Math.round(count).toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Minutes as people say them: `35 min`, `2.5 h`, `3 days`. */
export function duration(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Number((minutes / 60).toFixed(1))} h`;
  return `${Math.round(minutes / (24 * 60))} days`;
}
