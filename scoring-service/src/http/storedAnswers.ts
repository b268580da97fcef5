import { createHash } from 'node:crypto';
import { RequestIdReusedError } from '../errors.ts';

interface Entry {
  bodyHash: string;
  answer: Promise<string>;
  bytes: number;
}

/**
 * Answers by caller and request id, so that a repeated request is answered as it was the first time and decided once.
 * Held in memory, the longest unused dropped first: an answer is forgotten at a restart or when room is needed.
 */
export class StoredAnswers {
  readonly #entries = new Map<string, Entry>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /**
   * The stored answer, or the one that `decide` gives; a failed one is not stored. Requests that repeat one that is
   * still under way wait for it. @throws RequestIdReusedError if the id was used with another body.
   */
  async answer(clientId: string, requestId: string, body: Buffer, decide: () => Promise<string>): Promise<string> {
    const key = JSON.stringify([clientId, requestId]);
    const bodyHash = createHash('sha256').update(body).digest('base64');
    const stored = this.#entries.get(key);
    if (stored !== undefined) {
      if (stored.bodyHash !== bodyHash) throw new RequestIdReusedError(requestId);
      this.#entries.delete(key);
      this.#entries.set(key, stored);
      return stored.answer;
    }
    const entry: Entry = { bodyHash, answer: decide(), bytes: 0 };
    this.#entries.set(key, entry);
    try {
      const answer = await entry.answer;
      entry.bytes = 2 * (answer.length + key.length);
      this.#bytes += entry.bytes;
      this.#dropOldest();
      return answer;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  #dropOldest(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes <= this.#mostBytes) return;
      if (entry.bytes === 0) continue;
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
    }
  }
}
