import type { OutcomeRow } from '../store/schema.ts';

export const OUTCOME_KINDS = ['executed', 'contacted', 'meeting', 'won', 'lost', 'rejected'] as const;

/** What an outcome speaks of: one that occurred later supersedes one that speaks of the same. */
function subjectOf(kind: string): string {
  return kind === 'won' || kind === 'lost' ? 'closed' : kind;
}

/**
 * The outcomes of one trace that count: of those that speak of the same the one that occurred last, whatever order they
 * were received in. Of two at the same instant that with the greater id counts, so that every replica says the same.
 */
export function currentOutcomes<Outcome extends Pick<OutcomeRow, 'outcome_id' | 'kind' | 'occurred_at'>>(
  outcomes: readonly Outcome[],
): Set<Outcome> {
  const latest = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const before = latest.get(subjectOf(outcome.kind));
    if (before === undefined || isLater(outcome, before)) latest.set(subjectOf(outcome.kind), outcome);
  }
  return new Set(latest.values());
}

function isLater(
  one: Pick<OutcomeRow, 'outcome_id' | 'occurred_at'>,
  two: Pick<OutcomeRow, 'outcome_id' | 'occurred_at'>,
): boolean {
  if (one.occurred_at !== two.occurred_at) return one.occurred_at > two.occurred_at;
  return one.outcome_id > two.outcome_id;
}
