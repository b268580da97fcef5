import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { NotFoundError } from '../errors.ts';
import type { PreparedRequest } from '../routing/preparedRequest.ts';
import { reference } from '../routing/routeSchema.ts';
import type { DecisionAudit } from '../routing/routeLeads.ts';
import type { AuditStore, StoredDecision } from '../store/auditStore.ts';
import { OUTCOME_KINDS, currentOutcomes } from './outcomes.ts';

const anything = z.looseObject({});

export const decisionAnswerSchema = z.strictObject({
  trace_id: z.string(),
  request_id: z.string(),
  client_id: z.string(),
  kind: z.enum(['route', 'score']),
  position: z.int().describe('Index of the lead in its request.'),
  decided_at: z.iso.datetime(),
  model: z.strictObject({ version: z.string(), sha256: z.string() }),
  stamp: z.string().describe('Runtime, architecture and code that decided.'),
  input: anything.describe(
    'What it was decided from: the lead as it was read, representatives, policy. No text of the lead.',
  ),
  seed: z.string().nullable(),
  prices: z.record(z.string(), z.number()),
  rooms: z.array(z.number().nullable()).describe('Of each representative, in their order; null: no limit.'),
  duals: z.array(z.number()),
  ranking: z
    .array(
      z.strictObject({
        rep_ref: z.string(),
        raw: z.number().describe('In log-odds.'),
        win_probability: z.number(),
        propensity: z.number(),
      }),
    )
    .describe('All eligible candidates, best first.'),
  result: anything.describe('As it was answered.'),
  outcomes: z.array(
    z.strictObject({
      outcome_id: z.string(),
      kind: z.enum(OUTCOME_KINDS),
      rep_ref: z.string().nullable(),
      occurred_at: z.iso.datetime(),
      superseded: z.boolean().describe('Another one of the same subject occurred later.'),
    }),
  ),
});

/** `GET /v1/decisions/{trace_id}`: the latest decision of a trace, with all that it was made from. */
export function decisionEndpoint({ store }: { readonly store: AuditStore }): RequestHandler {
  return async (request, response) => {
    const { decision, request: stored, outcomes } = await decisionOf(store, request);
    const isRoute = stored.kind === 'route';
    const { position } = decision;
    const answer = JSON.parse(stored.answer) as { results?: unknown[] };
    const current = currentOutcomes(outcomes);
    response.json({
      trace_id: decision.trace_id,
      request_id: decision.request_id,
      client_id: decision.client_id,
      kind: stored.kind,
      position,
      decided_at: instant(decision.decided_at),
      model: { version: stored.model_version, sha256: stored.model_sha256 },
      stamp: stored.stamp,
      ...(isRoute
        ? routeAudit(JSON.parse(stored.input) as PreparedRequest, JSON.parse(stored.audit) as DecisionAudit, position)
        : { input: JSON.parse(stored.input), seed: null, prices: {}, rooms: [], duals: [], ranking: [] }),
      result: answer.results?.[position] ?? answer,
      outcomes: outcomes.map((outcome) => ({
        outcome_id: outcome.outcome_id,
        kind: outcome.kind,
        rep_ref: outcome.rep_ref,
        occurred_at: instant(outcome.occurred_at),
        superseded: !current.has(outcome),
      })),
    });
  };
}

/** The stored decision that the path names. @throws NotFoundError if there is none. */
export async function decisionOf(store: AuditStore, request: Request): Promise<StoredDecision> {
  // What could never be stored is not looked for either: PostgreSQL refuses some of it.
  const traceId = reference.safeParse(request.params['trace_id']);
  const decision = traceId.success ? await store.findDecision(traceId.data) : null;
  if (decision === null) throw new NotFoundError('No decision with this trace_id is stored.');
  return decision;
}

function routeAudit(input: PreparedRequest, audit: DecisionAudit, position: number): Record<string, unknown> {
  return {
    input: { ...input, leads: [input.leads[position]] },
    seed: audit.seed,
    prices: audit.prices,
    rooms: audit.rooms,
    duals: audit.duals,
    ranking: (audit.rankings[position] ?? []).map(([rep, raw, win, propensity]) => ({
      rep_ref: input.representatives[rep]?.rep_ref,
      raw,
      win_probability: win,
      propensity,
    })),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
