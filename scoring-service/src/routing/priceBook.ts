import { pricesAfter } from '../assignment/arrivalPrices.ts';
import { roomOf } from '../assignment/capacity.ts';
import type { AuditStore } from '../store/auditStore.ts';
import type { ArrivalRow, PriceRow } from '../store/schema.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import type { DecisionAudit, Prices } from './routeLeads.ts';

const DAY_MS = 86_400_000;
/** The forecast is the mean of so many past days. */
const DAYS = 7;
/** Prices of other replicas may be so old. */
const FRESH_MS = 1000;
/** From so many leads on, a batch weighs its leads against each other and needs no forecast. */
const SMALLEST_BATCH = 20;

interface Book {
  readAt: number;
  prices: Map<string, number>;
  /** Leads by day. */
  arrivals: Map<number, number>;
}

/** The prices of a client's representatives, kept in the store that replicas share. */
export class PriceBook {
  readonly #store: AuditStore;
  readonly #books = new Map<string, Book>();

  constructor(store: AuditStore) {
    this.#store = store;
  }

  /** The prices that a request is decided with: none for a batch. */
  async pricesFor(clientId: string, request: PreparedRequest): Promise<Prices> {
    if (request.leads.length >= SMALLEST_BATCH) return {};
    const { prices } = await this.#book(clientId);
    const found = request.representatives.flatMap(({ rep_ref: rep }) => {
      const price = prices.get(rep) ?? 0;
      return price > 0 ? [[rep, price] as const] : [];
    });
    return Object.fromEntries(found);
  }

  /** The rows that a decision changes: prices where leads came one by one, and always the count of the day. */
  rowsAfter(
    clientId: string,
    request: PreparedRequest,
    { audit, chosen }: { audit: DecisionAudit; chosen: readonly number[] },
  ): { prices: PriceRow[]; arrival: ArrivalRow } {
    const at = Date.parse(request.as_of);
    const day = Math.floor(at / DAY_MS);
    const arrival = { client_id: clientId, day, leads: request.leads.length };
    const book = this.#books.get(clientId);
    const before = book?.arrivals.get(day) ?? 0;
    book?.arrivals.set(day, before + request.leads.length);
    if (request.leads.length >= SMALLEST_BATCH || book === undefined) return { prices: [], arrival };

    const references = request.representatives.map(({ rep_ref: rep }) => rep);
    const old = references.map((rep) => audit.prices[rep] ?? 0);
    const room = request.representatives.map((each) => roomOf(each));
    let prices: ArrayLike<number> = old;
    chosen.forEach((rep, index) => {
      prices = pricesAfter({ prices, room, expected: expectedAfter(book, day, before + index) }, rep);
      if (rep >= 0) room[rep] = (room[rep] ?? 0) - 1;
    });
    const rows = references.flatMap((rep, index): PriceRow[] => {
      const price = prices[index] ?? 0;
      if (price === old[index]) return [];
      book.prices.set(rep, price);
      return [{ client_id: clientId, rep_ref: rep, price, updated_at: Date.now() }];
    });
    return { prices: rows, arrival };
  }

  async #book(clientId: string): Promise<Book> {
    const kept = this.#books.get(clientId);
    if (kept !== undefined && Date.now() - kept.readAt < FRESH_MS) return kept;
    const { db } = this.#store;
    const since = Math.floor(Date.now() / DAY_MS) - 4 * DAYS;
    const [prices, arrivals] = await Promise.all([
      db.selectFrom('prices').select(['rep_ref', 'price']).where('client_id', '=', clientId).execute(),
      db
        .selectFrom('arrivals')
        .select(['day', 'leads'])
        .where('client_id', '=', clientId)
        .where('day', '>=', since)
        .execute(),
    ]);
    const book: Book = {
      readAt: Date.now(),
      prices: new Map(prices.map((row) => [row.rep_ref, row.price])),
      arrivals: new Map(arrivals.map((row) => [row.day, row.leads])),
    };
    this.#books.set(clientId, book);
    return book;
  }
}

/** Leads still to come on a day of which so many have come: the mean of the last days on which any came, less those. */
function expectedAfter(book: Book, day: number, seen: number): number {
  const past = [...book.arrivals]
    .filter(([each]) => each < day)
    .sort(([one], [two]) => two - one)
    .slice(0, DAYS);
  const mean = past.length === 0 ? 0 : past.reduce((sum, [, leads]) => sum + leads, 0) / past.length;
  return Math.max(1, mean - seen);
}
