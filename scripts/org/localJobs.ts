import { z } from 'zod';
import { CommandError } from './commandError.ts';

/** What a transaction used of three limits. */
export interface UsedLimits {
  readonly soql: number;
  readonly dml: number;
  readonly callouts: number;
}

const jobsAnswer = z.object({
  transactions: z.array(
    z.object({
      id: z.number(),
      kind: z.string(),
      name: z.string(),
      error: z.string().nullable(),
      limits: z.object({ queries: z.number(), dmlStatements: z.number(), callouts: z.number() }),
    }),
  ),
});

/** A finished transaction of the local org. */
export interface FinishedTransaction {
  readonly id: number;
  readonly used: UsedLimits;
  /** What ended it, or null where it was committed. */
  readonly error: string | null;
}

/**
 * The finished transactions of a queueable class after the given one, oldest first. Only a local org has this.
 * @throws CommandError where the org does not answer
 */
export async function finishedJobs(orgUrl: string, className: string, afterId: number): Promise<FinishedTransaction[]> {
  const url = new URL('/_local/jobs', orgUrl);
  url.search = new URLSearchParams({ kind: 'queueable', name: className, afterId: String(afterId) }).toString();
  const answer = await fetch(url);
  if (!answer.ok) throw new CommandError(`${url.href} answered ${answer.status}: ${await answer.text()}`);
  const { transactions } = jobsAnswer.parse(await answer.json());
  return transactions.map(({ id, error, limits }) => ({
    id,
    error,
    used: { soql: limits.queries, dml: limits.dmlStatements, callouts: limits.callouts },
  }));
}
