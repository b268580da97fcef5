import type { RequestHandler } from 'express';
import { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';
import type { AuditStore } from '../store/auditStore.ts';
import { differenceOfShares, offPolicyValue, shareOf } from './evaluation.ts';
import { currentOutcomes } from './outcomes.ts';

const DAY_MS = 86_400_000;
export const evaluationQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(3650).default(90).describe('Decisions of so many last days.'),
});
/** Newest first; more would keep others waiting. */
const MOST_ROWS = 100_000;

const estimate = z.strictObject({
  count: z.number().describe('What it is taken of; of the challenger the effective sample size.'),
  estimate: z.number().nullable(),
  low: z.number().nullable().describe('95 % interval.'),
  high: z.number().nullable(),
});

export const evaluationAnswerSchema = z.strictObject({
  days: z.int(),
  decisions: z.int(),
  closed: z.int().describe('Decisions that were won or lost and carried out as they were drawn.'),
  arms: z.strictObject({ model: estimate, explore: estimate, holdback: estimate }),
  model_against_holdback: estimate,
  challengers: z.array(
    z.strictObject({
      model_sha256: z.string(),
      decisions: z.int().describe('Decisions that it was asked about too.'),
      agreement: z.number().describe('Share in which it would have recommended the same.'),
      estimate: estimate.describe('Win rate if it had decided: self-normalised inverse propensity scoring.'),
    }),
  ),
});

interface ClosedDecision {
  readonly arm: string;
  readonly propensity: number | null;
  readonly recommended: string | null;
  readonly challenger: string | null;
  readonly challengers_choice: string | null;
  readonly won: boolean;
}

/**
 * `GET /v1/evaluations`: of the closed decisions of the last days the win rate of each arm, the model's against the
 * held-back ones, and of the challenger what it agrees on and what it would have won (self-normalised inverse propensity).
 */
export function evaluationEndpoint(store: AuditStore): RequestHandler {
  return async (request, response) => {
    const query = evaluationQuerySchema.safeParse(request.query);
    if (!query.success) {
      throw new InvalidRequestError([{ path: 'query days', detail: 'must be a number of days, 1–3650' }]);
    }
    const since = Date.now() - query.data.days * DAY_MS;
    const rows = await store.read(decisionsSince(store, since));
    const closings = await closingsSince(store, since);
    const closed = rows.flatMap((row): ClosedDecision[] => {
      const closing = closings.get(traceKey(row.client_id, row.trace_id));
      // What was done is not what was drawn: its probability is not known.
      const wasDrawn = closing?.executed === undefined || closing.executed === row.recommended;
      return closing?.won === undefined || !wasDrawn ? [] : [{ ...row, won: closing.won }];
    });
    const ofArm = (arm: string): boolean[] => closed.filter((row) => row.arm === arm).map(({ won }) => won);
    response.json({
      days: query.data.days,
      decisions: rows.length,
      closed: closed.length,
      arms: {
        model: shareOf(ofArm('model')),
        explore: shareOf(ofArm('explore')),
        holdback: shareOf(ofArm('holdback')),
      },
      model_against_holdback: differenceOfShares(ofArm('model'), ofArm('holdback')),
      challengers: [...new Set(rows.flatMap(({ challenger }) => challenger ?? []))].map((sha256) => {
        const shadowed = rows.filter(({ challenger }) => challenger === sha256);
        return {
          model_sha256: sha256,
          decisions: shadowed.length,
          agreement: shadowed.filter(agrees).length / shadowed.length,
          estimate: offPolicyValue(
            closed
              .filter(({ challenger }) => challenger === sha256)
              .map((row) => ({ agrees: agrees(row), propensity: row.propensity ?? 0, won: row.won })),
          ),
        };
      }),
    } satisfies z.infer<typeof evaluationAnswerSchema>);
  };
}

function agrees(row: Pick<ClosedDecision, 'challengers_choice' | 'recommended'>): boolean {
  return row.challengers_choice === row.recommended;
}

function decisionsSince({ db }: AuditStore, since: number) {
  return db
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
    .limit(MOST_ROWS)
    .execute();
}

/** How each trace was closed and for whom it was carried out, as far as that is known. */
async function closingsSince(
  store: AuditStore,
  since: number,
): Promise<Map<string, { won?: boolean; executed?: string | null }>> {
  const outcomes = await store.read(
    store.db
      .selectFrom('outcomes')
      .select(['client_id', 'outcome_id', 'trace_id', 'kind', 'rep_ref', 'occurred_at'])
      .where('received_at', '>=', since)
      .where('kind', 'in', ['won', 'lost', 'executed'])
      .orderBy('received_at', 'desc')
      .limit(MOST_ROWS)
      .execute(),
  );
  const byTrace = Map.groupBy(outcomes, (each) => traceKey(each.client_id, each.trace_id));
  const closings = new Map<string, { won?: boolean; executed?: string | null }>();
  for (const [key, ofTrace] of byTrace) {
    const closing: { won?: boolean; executed?: string | null } = {};
    for (const { kind, rep_ref: rep } of currentOutcomes(ofTrace)) {
      if (kind === 'executed') closing.executed = rep;
      else closing.won = kind === 'won';
    }
    closings.set(key, closing);
  }
  return closings;
}

function traceKey(clientId: string, traceId: string): string {
  return JSON.stringify([clientId, traceId]);
}
