import { isDeepStrictEqual } from 'node:util';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { ConflictError, NotFoundError } from '../errors.ts';
import { deadlineOf } from '../http/deadline.ts';
import type { Deadline, DeadlineLimits } from '../http/deadline.ts';
import type { ModelRegistry } from '../operations/modelRegistry.ts';
import type { BulkRouter } from '../routing/bulkRouter.ts';
import type { PreparedRequest } from '../routing/preparedRequest.ts';
import type { Decided, DecisionAudit } from '../routing/routeLeads.ts';
import { scoreLead } from '../scoring/scoreLead.ts';
import type { PreparedScore } from '../scoring/scoreLead.ts';
import type { AuditStore, StoredDecision, StoredRequest } from '../store/auditStore.ts';

/** Result of a replay. `equivalent`: within 1e-6 log-odds, and the same representatives. */
export const verdictSchema = z.enum(['exact', 'equivalent', 'different']);
type Verdict = z.infer<typeof verdictSchema>;

const LARGEST_DIFFERENCE = 1e-6;

export interface AuditDependencies {
  readonly store: AuditStore;
  readonly models: ModelRegistry;
  readonly bulk: BulkRouter;
  readonly deadlines: DeadlineLimits;
  readonly stamp: string;
}

/** `GET /v1/decisions/{trace_id}`: the latest decision of a trace, with all that it was made from. */
export function decisionEndpoint({ store }: AuditDependencies): RequestHandler {
  return async (request, response) => {
    const { decision, request: stored, outcomes } = await found(store, request);
    const input = JSON.parse(stored.input) as PreparedRequest;
    const audit = JSON.parse(stored.audit) as DecisionAudit;
    const answer = JSON.parse(stored.answer) as { results?: unknown[] };
    const { position } = decision;
    response.json({
      trace_id: decision.trace_id,
      request_id: decision.request_id,
      client_id: decision.client_id,
      kind: stored.kind,
      position,
      decided_at: instant(decision.decided_at),
      model: { version: stored.model_version, sha256: stored.model_sha256 },
      stamp: stored.stamp,
      input: stored.kind === 'route' ? { ...input, leads: [input.leads[position]] } : input,
      seed: audit.seed ?? null,
      prices: audit.prices ?? {},
      rooms: audit.rooms ?? [],
      duals: audit.duals ?? [],
      ranking: (audit.rankings?.[position] ?? []).map(([rep, raw, win, propensity]) => ({
        rep_ref: input.representatives[rep]?.rep_ref ?? null,
        raw,
        win_probability: win,
        propensity,
      })),
      result: answer.results?.[position] ?? answer,
      outcomes: outcomes.map(({ outcome_id: id, kind, rep_ref: rep, occurred_at: at }) => ({
        outcome_id: id,
        kind,
        rep_ref: rep,
        occurred_at: instant(at),
      })),
    });
  };
}

/** `POST /v1/decisions/{trace_id}/replay`: decides the stored request again with the stored model and compares. */
export function replayEndpoint(dependencies: AuditDependencies): RequestHandler {
  return async (request, response) => {
    const deadline = deadlineOf(request, response, dependencies.deadlines);
    const { decision, request: stored } = await found(dependencies.store, request);
    const replayed = await replay(stored, dependencies, deadline);
    response.json({
      trace_id: decision.trace_id,
      request_id: decision.request_id,
      ...replayed,
      model_sha256: stored.model_sha256,
      stamp: { stored: stored.stamp, now: dependencies.stamp },
    });
  };
}

async function found(store: AuditStore, request: Request): Promise<StoredDecision> {
  const decision = await store.findDecision(String(request.params['trace_id']));
  if (decision === null) throw new NotFoundError('No decision with this trace_id is stored.');
  return decision;
}

async function replay(
  stored: StoredRequest,
  { models, bulk }: AuditDependencies,
  deadline: Deadline,
): Promise<{ verdict: Verdict; largest_difference: number | null }> {
  const model = await models.find(stored.model_sha256);
  if (model === null) {
    const detail = `The folder of models no longer has ${stored.model_version} (${stored.model_sha256}). Put it back.`;
    throw new ConflictError('model-gone', 'The stored decision can not be replayed', detail);
  }
  const answer = JSON.parse(stored.answer) as Record<string, unknown>;
  if (stored.kind === 'score') {
    const { score, tier, factors } = await scoreLead(JSON.parse(stored.input) as PreparedScore, model);
    const before = { score: answer['score'], tier: answer['tier'], factors: answer['factors'] };
    const isExact = isDeepStrictEqual(asJson({ score, tier, factors }), before);
    return {
      verdict: isExact ? 'exact' : before.score === score ? 'equivalent' : 'different',
      largest_difference: null,
    };
  }
  const audit = JSON.parse(stored.audit) as DecisionAudit;
  const input = JSON.parse(stored.input) as PreparedRequest;
  const again = asJson(await bulk.route(input, model, audit.prices, deadline));
  const before = { results: answer['results'] as Decided['results'], audit };
  const difference = largestDifference(before.audit, again.audit);
  if (isDeepStrictEqual(again, before)) return { verdict: 'exact', largest_difference: difference };
  const sameChoices = again.results.every(({ recommended }, at) => recommended === before.results[at]?.recommended);
  const isEquivalent = sameChoices && difference <= LARGEST_DIFFERENCE;
  return { verdict: isEquivalent ? 'equivalent' : 'different', largest_difference: difference };
}

/** In log-odds, over all pairs. Infinite where the pairs are not the same. */
function largestDifference(one: DecisionAudit, two: DecisionAudit): number {
  let largest = 0;
  one.rankings.forEach((ranking, lead) => {
    const others = new Map((two.rankings[lead] ?? []).map(([rep, raw]) => [rep, raw]));
    if (others.size !== ranking.length) largest = Number.POSITIVE_INFINITY;
    for (const [rep, raw] of ranking) {
      largest = Math.max(largest, Math.abs(raw - (others.get(rep) ?? Number.POSITIVE_INFINITY)));
    }
  });
  return largest;
}

function asJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
