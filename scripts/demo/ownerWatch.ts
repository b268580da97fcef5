import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'jsforce';
import { literal, queryAll } from '../org/connection.ts';

/** Measures over REST how long inserted leads wait for their owner. */
export interface OwnerWatch {
  /**
   * Watches a lead that was sent at `sentAt` (performance.now()). Resolves with the milliseconds until a read showed that
   * it is decided, or with null where the watch was closed before.
   */
  track(leadId: string, sentAt: number): Promise<number | null>;
  close(): void;
}

interface Waiting {
  readonly sentAt: number;
  readonly resolve: (ms: number | null) => void;
}

const MOST_IDS_A_QUERY = 200;

/** Starts a watch that looks every `pollMs` while it has leads; times are too long by up to that and one read. */
export function watchOwners(connection: Connection, pollMs: number): OwnerWatch {
  const waiting = new Map<string, Waiting>();
  let isPolling = false;
  let isClosed = false;

  const poll = async (): Promise<void> => {
    isPolling = true;
    try {
      while (waiting.size > 0 && !isClosed) {
        const ids = [...waiting.keys()].slice(0, MOST_IDS_A_QUERY);
        const decided = await queryAll<{ Id: string }>(
          connection,
          `SELECT Id FROM Lead WHERE Id IN (${ids.map(literal).join(', ')}) AND AI_Routing_Status__c != 'Pending'`,
        );
        const now = performance.now();
        for (const { Id } of decided) {
          const one = waiting.get(Id);
          waiting.delete(Id);
          one?.resolve(now - one.sentAt);
        }
        if (waiting.size > 0) await delay(pollMs);
      }
    } finally {
      isPolling = false;
    }
  };

  const close = (): void => {
    isClosed = true;
    for (const { resolve } of waiting.values()) resolve(null);
    waiting.clear();
  };

  return {
    track: (leadId, sentAt) =>
      new Promise((resolve, reject) => {
        waiting.set(leadId, { sentAt, resolve });
        if (!isPolling) poll().catch(reject);
      }),
    close,
  };
}
