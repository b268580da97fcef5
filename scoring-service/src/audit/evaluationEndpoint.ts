import type { RequestHandler } from 'express';
import { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';
import type { AuditStore } from '../store/auditStore.ts';
import { differenceOfShares, offPolicyValue, shareOf } from './evaluation.ts';

const DAY_MS = 86_400_000;
const querySchema = z.object({ days: z.coerce.number().int().min(1).max(3650).default(90) });
/** Newest first; more would keep others waiting. */
const MOST_DECISIONS = 100_000;

/**
 * `GET /v1/evaluations`: of the closed decisions of the last days the win rate of each arm, the model's against the
 * held-back ones, and of the challenger what it agrees on and what it would have won (self-normalised inverse propensity).
 */
export function evaluationEndpoint(store: AuditStore): RequestHandler {
  return async (request, response) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success)
      throw new InvalidRequestError([{ path: 'query days', detail: 'must be a number of days, 1–3650' }]);
    const since = Date.now() - query.data.days * DAY_MS;
    const rows = await store.db
      .selectFrom('decisions')
      .leftJoin('shadow_decisions', (join) =>
        join
          .onRef('shadow_decisions.client_id', '=', 'decisions.client_id')
          .onRef('shadow_decisions.request_id', '=', 'decisions.request_id')
          .onRef('shadow_decisions.position', '=', 'decisions.position'),
      )
      .select([
        'decisions.client_id as client_id',
        'decisions.trace_id as trace_id',
        'decisions.arm as arm',
        'decisions.propensity as propensity',
        'decisions.recommended as recommended',
        'shadow_decisions.recommended as challengers_choice',
        'shadow_decisions.model_sha256 as challenger',
      ])
      .where('decisions.decided_at', '>=', since)
      .where('decisions.recommended', 'is not', null)
      .orderBy('decisions.decided_at', 'desc')
      .limit(MOST_DECISIONS)
      .execute();
    const outcomes = await store.db
      .selectFrom('outcomes')
      .select(['client_id', 'trace_id', 'kind', 'rep_ref', 'occurred_at'])
      .where('received_at', '>=', since)
      .where('kind', 'in', ['won', 'lost', 'executed'])
      .orderBy('occurred_at')
      .limit(MOST_DECISIONS)
      .execute();
    const closed = new Map<string, boolean>();
    const executed = new Map<string, string | null>();
    for (const each of outcomes) {
      // In the order of occurrence: the last one counts.
      const key = JSON.stringify([each.client_id, each.trace_id]);
      if (each.kind === 'executed') executed.set(key, each.rep_ref);
      else closed.set(key, each.kind === 'won');
    }
    const known = rows.flatMap((row) => {
      const key = JSON.stringify([row.client_id, row.trace_id]);
      const won = closed.get(key);
      // What was done is not what was drawn: its probability is not known.
      const wasDrawn = !executed.has(key) || executed.get(key) === row.recommended;
      return won === undefined || !wasDrawn ? [] : [{ ...row, won }];
    });
    const ofArm = (arm: string): boolean[] => known.filter((row) => row.arm === arm).map(({ won }) => won);
    const shadowed = rows.filter((row) => row.challenger !== null);
    response.json({
      days: query.data.days,
      decisions: rows.length,
      closed: known.length,
      arms: Object.fromEntries(['model', 'explore', 'holdback'].map((arm) => [arm, shareOf(ofArm(arm))])),
      model_against_holdback: differenceOfShares(ofArm('model'), ofArm('holdback')),
      challenger: {
        decisions: shadowed.length,
        agreement:
          shadowed.length === 0
            ? null
            : shadowed.filter((row) => row.challengers_choice === row.recommended).length / shadowed.length,
        estimate: offPolicyValue(
          known
            .filter((row) => row.challenger !== null)
            .map(({ challengers_choice: choice, recommended, propensity, won }) => ({
              agrees: choice === recommended,
              propensity: propensity ?? 0,
              won,
            })),
        ),
      },
    });
  };
}
