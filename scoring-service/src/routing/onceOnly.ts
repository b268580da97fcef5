import { RequestIdReusedError } from '../errors.ts';
import type { AuditStore } from '../store/auditStore.ts';
import type { Write } from '../store/writes.ts';

/** An answer with what must be on the disk before it leaves. */
export interface Decision {
  readonly answer: string;
  readonly write: Extract<Write, { kind: 'request' }>;
  /** Called once it is on the disk; not for one that came second. */
  stored(): void;
}

/**
 * One decision for each client and request id, over all replicas: a repetition gets the stored answer. Of two replicas
 * that decide at once the store keeps the first, and both answer with that.
 */
export class OnceOnly {
  readonly #store: AuditStore;
  readonly #underWay = new Map<string, { bodyHash: string; answer: Promise<string> }>();

  constructor(store: AuditStore) {
    this.#store = store;
  }

  /**
   * The stored answer, or the one that `decide` gives, once it is on the disk. A failure is not stored.
   * @throws RequestIdReusedError if the id was used with another body.
   */
  async answer(
    clientId: string,
    requestId: string,
    bodyHash: string,
    decide: () => Promise<Decision>,
  ): Promise<string> {
    const key = JSON.stringify([clientId, requestId]);
    const other = this.#underWay.get(key);
    if (other !== undefined) {
      if (other.bodyHash !== bodyHash) throw new RequestIdReusedError(requestId);
      return other.answer;
    }
    const answer = this.#answerNew(clientId, requestId, bodyHash, decide);
    this.#underWay.set(key, { bodyHash, answer });
    try {
      return await answer;
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #answerNew(
    clientId: string,
    requestId: string,
    bodyHash: string,
    decide: () => Promise<Decision>,
  ): Promise<string> {
    const stored = await this.#stored(clientId, requestId, bodyHash);
    if (stored !== null) return stored;
    const decision = await decide();
    const { stored: isNew } = await this.#store.write(decision.write);
    if (isNew > 0) {
      decision.stored();
      return decision.answer;
    }
    return (await this.#stored(clientId, requestId, bodyHash)) ?? decision.answer;
  }

  async #stored(clientId: string, requestId: string, bodyHash: string): Promise<string | null> {
    const stored = await this.#store.findAnswer(clientId, requestId);
    if (stored !== null && stored.bodyHash !== bodyHash) throw new RequestIdReusedError(requestId);
    return stored?.answer ?? null;
  }
}
