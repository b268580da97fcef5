import type { Logger } from 'pino';
import type { BulkRouter } from '../routing/bulkRouter.ts';
import type { PreparedRequest } from '../routing/preparedRequest.ts';
import type { Decided, Prices } from '../routing/routeLeads.ts';
import type { AuditStore } from '../store/auditStore.ts';
import type { ShadowRow } from '../store/schema.ts';
import type { ModelRegistry } from './modelRegistry.ts';

/** After the answer there is no hurry, but work that piles up would slow down others. */
const LONGEST_MS = 30_000;

/** Lets the challenger decide a sample of requests after they were answered, one at a time, and stores what it would have done. */
export class Shadow {
  readonly #models: ModelRegistry;
  readonly #store: AuditStore;
  readonly #bulk: BulkRouter;
  readonly #log: Logger;
  readonly #share: number;
  #underWay: Promise<void> | null = null;

  constructor(options: { models: ModelRegistry; store: AuditStore; bulk: BulkRouter; log: Logger; share: number }) {
    this.#models = options.models;
    this.#store = options.store;
    this.#bulk = options.bulk;
    this.#log = options.log;
    this.#share = options.share;
  }

  /** Perhaps has the challenger decide a request too; never waits and never fails. */
  consider(clientId: string, request: PreparedRequest, decided: Decided, prices: Prices): void {
    const challenger = this.#models.challenger();
    if (challenger === null || this.#underWay !== null || Math.random() >= this.#share) return;
    const endsAt = performance.now() + LONGEST_MS;
    this.#underWay = this.#bulk
      .inWorker(request, challenger, prices, { ms: LONGEST_MS, endsAt, check: () => {} })
      .then((shadow) =>
        this.#store.write({
          kind: 'shadow',
          rows: rowsOf(clientId, request, { champion: decided, shadow, sha256: challenger.sha256 }),
        }),
      )
      .then(
        () => undefined,
        (error: unknown) => this.#log.warn({ err: error }, 'the challenger did not decide'),
      )
      .finally(() => (this.#underWay = null));
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await this.#underWay;
  }
}

function rowsOf(
  clientId: string,
  request: PreparedRequest,
  { champion, shadow, sha256 }: { champion: Decided; shadow: Decided; sha256: string },
): ShadowRow[] {
  const indexes = new Map(request.representatives.map(({ rep_ref: rep }, index) => [rep, index]));
  return shadow.results.map((result, position) => {
    const winOf = (rep: string | null | undefined): number | null =>
      shadow.audit.rankings[position]?.find(([index]) => index === indexes.get(rep ?? ''))?.[2] ?? null;
    return {
      client_id: clientId,
      request_id: request.request_id,
      position,
      model_sha256: sha256,
      recommended: result.recommended,
      champions_choice: winOf(champion.results[position]?.recommended),
      win_probability: winOf(result.recommended),
      decided_at: Date.now(),
    };
  });
}
