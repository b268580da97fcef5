import { NEW_PRICE, afterLead, onDay, pacedPrice } from '../assignment/arrivalPrices.ts';
import type { ArrivalPrice, DaysRoom } from '../assignment/arrivalPrices.ts';
import { loadCost, roomOf, roomOfDay } from '../assignment/capacity.ts';
import type { AuditStore } from '../store/auditStore.ts';
import type { PriceStep } from '../store/priceSteps.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import type { DecisionAudit, Prices } from './routeLeads.ts';
import type { RouteRepresentative } from './routeSchema.ts';

const DAY_MS = 86_400_000;
/** Prices of other replicas may be so old. */
const FRESH_MS = 1000;
/** From so many leads on, a batch weighs its leads against each other: it takes no prices and teaches none. */
const SMALLEST_BATCH = 20;

interface Book {
  readAt: number;
  readonly known: Map<string, ArrivalPrice>;
}

/** The prices of a client's representatives for leads that come one by one, kept in the store that replicas share. */
export class PriceBook {
  readonly #store: AuditStore;
  readonly #books = new Map<string, Book>();

  constructor(store: AuditStore) {
    this.#store = store;
  }

  /** The prices that a request is decided with: none for a batch. @throws UnavailableError if the store can't be read. */
  async pricesFor(clientId: string, request: PreparedRequest): Promise<Prices> {
    if (request.leads.length >= SMALLEST_BATCH) return {};
    const { known } = await this.#book(clientId);
    const day = today();
    const found = request.representatives.flatMap((representative) => {
      const { rep_ref: rep } = representative;
      const price = pacedPrice(onDay(known.get(rep) ?? NEW_PRICE, day), roomsOf(representative));
      return price > 0 ? [[rep, price] as const] : [];
    });
    return Object.fromEntries(found);
  }

  /** What a decision teaches: the steps that the prices of all eligible representatives take. */
  stepsAfter(clientId: string, request: PreparedRequest, audit: DecisionAudit): PriceStep[] {
    const book = this.#books.get(clientId);
    if (request.leads.length >= SMALLEST_BATCH || book === undefined) return [];
    const day = today();
    const steps = new Map<string, PriceStep>();
    for (const ranking of audit.rankings) {
      const wanted = wantedOf(ranking, request, audit.prices);
      for (const [index] of ranking) {
        const representative = request.representatives[index];
        if (representative === undefined) continue;
        const { rep_ref: rep } = representative;
        const before = onDay(book.known.get(rep) ?? NEW_PRICE, day);
        const after = afterLead(before, roomsOf(representative), index === wanted);
        book.known.set(rep, after);
        const step = steps.get(rep);
        steps.set(rep, {
          client_id: clientId,
          rep_ref: rep,
          change: (step?.change ?? 0) + after.price - before.price,
          day: after.day,
          seen: (step?.seen ?? 0) + 1,
          usual: after.usual,
          updated_at: Date.now(),
        });
      }
    }
    return [...steps.values()];
  }

  async #book(clientId: string): Promise<Book> {
    const kept = this.#books.get(clientId);
    if (kept !== undefined && Date.now() - kept.readAt < FRESH_MS) return kept;
    const rows = await this.#store.findPrices(clientId);
    const known = new Map(rows.map(({ rep_ref, price, day, seen, usual }) => [rep_ref, { price, day, seen, usual }]));
    const book = { readAt: Date.now(), known };
    this.#books.set(clientId, book);
    return book;
  }
}

/** By the clock of the service: a caller's `as_of` may say anything. */
function today(): number {
  return Math.floor(Date.now() / DAY_MS);
}

function roomsOf(representative: RouteRepresentative): DaysRoom {
  return { now: roomOf(representative), ofDay: roomOfDay(representative) };
}

/** Index of the representative to whom a lead would best go if everyone who takes leads at all had room. */
function wantedOf(
  ranking: DecisionAudit['rankings'][number],
  { representatives, policy }: PreparedRequest,
  prices: Prices,
): number {
  let wanted = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, , winProbability] of ranking) {
    const representative = representatives[index];
    if (representative === undefined || roomOfDay({ ...representative, open_leads: 0 }) === 0) continue;
    const { rep_ref: rep } = representative;
    const price = Object.hasOwn(prices, rep) ? (prices[rep] ?? 0) : 0;
    const value = winProbability - price - loadCost(representative, policy.load_penalty, 1);
    if (value > most) {
      most = value;
      wanted = index;
    }
  }
  return wanted;
}
