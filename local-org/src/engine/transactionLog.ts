import type { LimitCounters, TransactionKind } from './transaction.ts';

/** A finished transaction, as `GET /_local/jobs` shows it. */
export interface TransactionRecord {
  readonly id: number;
  readonly kind: TransactionKind;
  /** The class of a job, the trigger's object of an event delivery, else what was asked for (`POST /sobjects/Lead`). */
  readonly name: string;
  readonly user: string;
  readonly jobId: string | null;
  /** ISO 8601, by the org's clock. */
  readonly startedAt: string;
  /** Wall-clock milliseconds; those that services took to answer; those that it stood still until it could go on. */
  readonly ms: number;
  readonly calloutMs: number;
  readonly waitedMs: number;
  readonly limits: LimitCounters;
  /** `System.DmlException: …`, or null where it was committed. */
  readonly error: string | null;
  readonly stack: string | null;
}

/** The latest finished transactions. */
export class TransactionLog {
  private readonly records: TransactionRecord[] = [];
  private readonly capacity: number;

  constructor(capacity = 20_000) {
    this.capacity = capacity;
  }

  add(record: TransactionRecord): void {
    this.records.push(record);
    if (this.records.length >= this.capacity * 1.25) this.records.splice(0, this.records.length - this.capacity);
  }

  /** Oldest first. */
  list(filter: { kind?: string; name?: string; afterId?: number } = {}): TransactionRecord[] {
    return this.records.filter(
      ({ id, kind, name }) =>
        (filter.kind === undefined || kind === filter.kind) &&
        (filter.name === undefined || name === filter.name) &&
        (filter.afterId === undefined || id > filter.afterId),
    );
  }
}
