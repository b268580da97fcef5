import { randomUUID } from 'node:crypto';

/** Source: REST API Developer Guide, Query: cursors of one user, and how long they live. */
const MOST_LOCATORS = 10;
const LIFE_MS = 15 * 60_000;

interface Locator {
  readonly userId: string;
  readonly rows: readonly unknown[];
  until: number;
}

/** The rows of large results that a client has not yet fetched. */
export class Locators {
  private readonly kept = new Map<string, Locator>();

  /** Returns the id under which {@link Locators.get} finds the rows. */
  keep(userId: string, rows: readonly unknown[]): string {
    const now = Date.now();
    for (const [id, locator] of this.kept) if (locator.until < now) this.kept.delete(id);
    const own = [...this.kept].filter(([, locator]) => locator.userId === userId);
    const oldest = own[0];
    if (own.length >= MOST_LOCATORS && oldest) this.kept.delete(oldest[0]);
    const id = `01g${randomUUID().replaceAll('-', '').slice(0, 15)}`;
    this.kept.set(id, { userId, rows, until: now + LIFE_MS });
    return id;
  }

  /** Null where the locator is unknown, somebody else's or too old. */
  get(userId: string, id: string): readonly unknown[] | null {
    const locator = this.kept.get(id);
    if (!locator || locator.userId !== userId || locator.until < Date.now()) return null;
    locator.until = Date.now() + LIFE_MS;
    return locator.rows;
  }
}
