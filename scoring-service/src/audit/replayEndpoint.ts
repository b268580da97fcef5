import { isDeepStrictEqual } from 'node:util';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ConflictError } from '../errors.ts';
import { deadlineOf } from '../http/deadline.ts';
import type { Deadline } from '../http/deadline.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { ModelRegistry } from '../operations/modelRegistry.ts';
import type { BulkRouter } from '../routing/bulkRouter.ts';
import type { PreparedRequest } from '../routing/preparedRequest.ts';
import type { Decided, DecisionAudit } from '../routing/routeLeads.ts';
import { scoreLead } from '../scoring/scoreLead.ts';
import type { PreparedScore, ScoreAudit } from '../scoring/scoreLead.ts';
import type { AuditStore, StoredRequest } from '../store/auditStore.ts';
import { decisionOf } from './decisionEndpoint.ts';

export const replayAnswerSchema = z.strictObject({
  trace_id: z.string(),
  request_id: z.string(),
  verdict: z
    .enum(['exact', 'equivalent', 'different'])
    .describe('equivalent: within 1e-6 log-odds and the same assignment.'),
  largest_difference: z.number().nullable().describe('In log-odds; null where other pairs were scored.'),
  model_sha256: z.string(),
  stamp: z.strictObject({ stored: z.string(), now: z.string() }),
});
type Replayed = Pick<z.infer<typeof replayAnswerSchema>, 'verdict' | 'largest_difference'>;

const LARGEST_DIFFERENCE = 1e-6;

export interface ReplayDependencies {
  readonly store: AuditStore;
  readonly models: ModelRegistry;
  readonly bulk: BulkRouter;
  readonly stamp: string;
}

/** `POST /v1/decisions/{trace_id}/replay`: decides the stored request again with the stored model and compares. */
export function replayEndpoint(dependencies: ReplayDependencies): RequestHandler {
  return async (request, response) => {
    const { decision, request: stored } = await decisionOf(dependencies.store, request);
    const model = await dependencies.models.find(stored.model_sha256);
    if (model === null) {
      const detail = `The folder of models no longer has ${stored.model_version} (${stored.model_sha256}). Put it back.`;
      throw new ConflictError('model-gone', 'The stored decision can not be replayed', detail);
    }
    const replayed =
      stored.kind === 'score'
        ? await replayScore(stored, model)
        : await replayRoute(stored, model, dependencies.bulk, deadlineOf(response));
    response.json({
      trace_id: decision.trace_id,
      request_id: decision.request_id,
      ...replayed,
      model_sha256: stored.model_sha256,
      stamp: { stored: stored.stamp, now: dependencies.stamp },
    } satisfies z.infer<typeof replayAnswerSchema>);
  };
}

async function replayScore(stored: StoredRequest, model: ServedModel): Promise<Replayed> {
  const { raw, ...again } = await scoreLead(JSON.parse(stored.input) as PreparedScore, model);
  const before = JSON.parse(stored.answer) as typeof again;
  const audit = JSON.parse(stored.audit) as ScoreAudit;
  const same = { score: before.score, tier: before.tier, factors: before.factors };
  const isExact = raw === audit.raw && isDeepStrictEqual(asJson(again), same);
  return verdictOf(isExact, before.score === again.score, Math.abs(raw - audit.raw));
}

async function replayRoute(
  stored: StoredRequest,
  model: ServedModel,
  bulk: BulkRouter,
  deadline: Deadline,
): Promise<Replayed> {
  const { results } = JSON.parse(stored.answer) as Pick<Decided, 'results'>;
  const audit = JSON.parse(stored.audit) as DecisionAudit;
  const again = asJson(await bulk.route(JSON.parse(stored.input) as PreparedRequest, model, audit.prices, deadline));
  const isSame = again.results.every(({ recommended }, at) => recommended === results[at]?.recommended);
  return verdictOf(isDeepStrictEqual(again, { results, audit }), isSame, largestDifference(audit, again.audit));
}

function verdictOf(isExact: boolean, isSameChoice: boolean, difference: number): Replayed {
  const isNear = isSameChoice && difference <= LARGEST_DIFFERENCE;
  return {
    verdict: isExact ? 'exact' : isNear ? 'equivalent' : 'different',
    largest_difference: Number.isFinite(difference) ? difference : null,
  };
}

/** In log-odds, over all pairs. Infinite where the pairs are not the same. */
function largestDifference(one: DecisionAudit, two: DecisionAudit): number {
  let largest = one.rankings.length === two.rankings.length ? 0 : Number.POSITIVE_INFINITY;
  one.rankings.forEach((ranking, lead) => {
    const others = new Map((two.rankings[lead] ?? []).map(([rep, raw]) => [rep, raw]));
    if (others.size !== ranking.length) largest = Number.POSITIVE_INFINITY;
    for (const [rep, raw] of ranking) {
      largest = Math.max(largest, Math.abs(raw - (others.get(rep) ?? Number.POSITIVE_INFINITY)));
    }
  });
  return largest;
}

/** As the store has it: JSON knows no undefined and no typed arrays. */
function asJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
