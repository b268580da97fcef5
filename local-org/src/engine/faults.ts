import { z } from 'zod';
import type { DmlFault } from './data.ts';
import type { Clock } from './clock.ts';

/** Body of `POST /_local/faults`. Faults are added to those that are there; `clear` removes all first. */
export const faultsBody = z.strictObject({
  clear: z.boolean().optional(),
  /** Rows that another transaction seems to hold, for so many milliseconds of the org's clock. */
  rowLocks: z
    .array(
      z
        .strictObject({ object: z.string().optional(), id: z.string().optional(), ms: z.number().positive() })
        .refine(({ object, id }) => object !== undefined || id !== undefined, 'name the object or the id'),
    )
    .optional(),
  /** DML that fails for each record of the object; `times` counts records. */
  dml: z
    .array(
      z.strictObject({
        object: z.string(),
        operation: z.enum(['insert', 'update', 'upsert', 'delete', 'undelete', 'merge']).optional(),
        status: z.string(),
        message: z.string(),
        times: z.number().int().positive().optional(),
      }),
    )
    .optional(),
  /** Moves the org's clock forward. */
  advanceClockMs: z.number().nonnegative().optional(),
});

export type FaultsBody = z.output<typeof faultsBody>;

interface RowLock {
  readonly object: string | null;
  readonly id: string | null;
  readonly until: number;
}

interface FailingDml {
  readonly object: string;
  readonly operation: string | null;
  readonly fault: DmlFault;
  left: number;
}

/** What goes wrong in this org because somebody asked for it. Apex can't tell it from the real thing. */
export class Faults {
  private readonly clock: Clock;
  private locks: RowLock[] = [];
  private failing: FailingDml[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  apply(body: FaultsBody): void {
    if (body.clear) {
      this.locks = [];
      this.failing = [];
    }
    if (body.advanceClockMs !== undefined) this.clock.advance(body.advanceClockMs);
    for (const { object, id, ms } of body.rowLocks ?? []) {
      this.locks.push({ object: object?.toLowerCase() ?? null, id: id ?? null, until: this.clock.now() + ms });
    }
    for (const { object, operation, status, message, times } of body.dml ?? []) {
      this.failing.push({
        object: object.toLowerCase(),
        operation: operation ?? null,
        fault: { status, message, fields: [] },
        left: times ?? Infinity,
      });
    }
  }

  isLocked(object: string, id: string | null): boolean {
    if (id === null) return false;
    const now = this.clock.now();
    this.locks = this.locks.filter((lock) => lock.until > now);
    return this.locks.some(
      (lock) =>
        (lock.object === null || lock.object === object.toLowerCase()) &&
        (lock.id === null || lock.id.slice(0, 15) === id.slice(0, 15)),
    );
  }

  /** The fault of one record's DML, or null; counts it. */
  dmlFault(object: string, operation: string, id: string | null): DmlFault | null {
    if (operation !== 'insert' && this.isLocked(object, id)) {
      const message = 'unable to obtain exclusive access to this record';
      return {
        status: 'UNABLE_TO_LOCK_ROW',
        message: id === null ? message : `${message} or 1 records: ${id}`,
        fields: [],
      };
    }
    const found = this.failing.find(
      (fault) =>
        fault.left > 0 &&
        fault.object === object.toLowerCase() &&
        (fault.operation === null || fault.operation === operation),
    );
    if (!found) return null;
    found.left--;
    return found.fault;
  }
}
