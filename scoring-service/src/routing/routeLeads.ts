import { setImmediate as nextTurn } from 'node:timers/promises';
import { featureRows, isLeadFeature, leadColumns, pairColumns, pairRows } from '../features/featureVector.ts';
import { leadSubject } from '../features/leadFeatures.ts';
import type { LeadSubject } from '../features/leadFeatures.ts';
import { representativeSubject, speaksLanguage } from '../features/pairFeatures.ts';
import type { PairSubject, RepresentativeSubject } from '../features/pairFeatures.ts';
import { scoreOf } from '../model/manifest.ts';
import { ROWS_PER_RUN } from '../model/servedModel.ts';
import type { ServedModel } from '../model/servedModel.ts';
import { decideBatch } from './decideBatch.ts';
import type { Draw } from './decideBatch.ts';
import { explain, reasonText, winProbability } from './reasons.ts';
import type { LeadResult, RankedCandidate, RoutePolicy, RouteRequest } from './routeSchema.ts';

const EXPLAINED = 3;

/** A candidate of a lead: the index of the representative in the request, and the pair as the features see it. */
interface Candidate {
  readonly rep: number;
  readonly pair: PairSubject;
  readonly winProbability: number;
}

/**
 * Scores all pairs of a request, assigns the batch and explains the result: one result a lead, in the request's order.
 * `checkDeadline` is called between chunks of work and may throw. The request must have passed `checkRequest`.
 */
export async function routeLeads(
  request: RouteRequest,
  model: ServedModel,
  checkDeadline: () => void,
): Promise<LeadResult[]> {
  const asOf = Date.parse(request.as_of);
  const subjects = request.representatives.map((representative) => representativeSubject(representative, asOf));
  const indexes = new Map(request.representatives.map((representative, index) => [representative.rep_ref, index]));
  const leads = request.leads.map(leadSubject);
  const eligible = leads.map((lead) => eligiblePairs(lead, subjects, indexes, request.policy));

  const candidates = await scorePairs(eligible, model, checkDeadline);
  const leadColumnsOfModel = leadColumns(model.lead.manifest.features);
  const leadRows = featureRows(leadColumnsOfModel, leads);
  const leadRaw = await model.lead.run(leadRows);
  checkDeadline();
  const draws = decideBatch(
    candidates.map((each, index) => ({
      candidates: each.map((candidate) => candidate.rep),
      winProbabilities: each.map((candidate) => candidate.winProbability),
      incumbent: incumbentOf(request.leads[index]?.incumbent, each, indexes),
    })),
    request.representatives,
    request.policy,
    request.request_id,
  );
  checkDeadline();

  return leads.map((lead, index) => {
    const width = leadColumnsOfModel.length;
    const row = leadRows.subarray(index * width, (index + 1) * width);
    const score = Math.round(scoreOf(model.manifest.score_table, leadRaw[index] ?? Number.NaN));
    return {
      lead_ref: lead.lead.lead_ref,
      trace_id: lead.lead.trace_id,
      score,
      tier: tierOf(score, request.policy),
      // Neither can be given by a model without draws of its weights.
      confidence: null,
      expected_regret: null,
      language: lead.detected,
      need: null,
      ...choiceOf(candidates[index] ?? [], draws[index], model, request.policy),
      factors: explain(model.lead.manifest.explanation, leadColumnsOfModel, row, lead, () => true).factors,
    };
  });
}

/** A candidate who is known not to speak the language that the lead writes in is not eligible where the policy says so. */
function eligiblePairs(
  lead: LeadSubject,
  subjects: readonly RepresentativeSubject[],
  indexes: ReadonlyMap<string, number>,
  policy: RoutePolicy,
): { rep: number; pair: PairSubject }[] {
  return lead.lead.candidates.flatMap((reference) => {
    const rep = indexes.get(reference);
    const subject = rep === undefined ? undefined : subjects[rep];
    if (rep === undefined || subject === undefined) throw new Error('A candidate that names nobody passed the check.');
    const pair = { lead, rep: subject };
    const isRefused = policy.require_language_match && lead.detected !== null && speaksLanguage(pair) === false;
    return isRefused ? [] : [{ rep, pair }];
  });
}

async function scorePairs(
  eligible: readonly { rep: number; pair: PairSubject }[][],
  model: ServedModel,
  checkDeadline: () => void,
): Promise<Candidate[][]> {
  const columns = pairColumns(model.win.manifest.features);
  const pairs = eligible.flatMap((each) => each.map(({ pair }) => pair));
  const raw = new Float64Array(pairs.length);
  for (let start = 0; start < pairs.length; start += ROWS_PER_RUN) {
    checkDeadline();
    raw.set(await model.win.run(pairRows(columns, pairs.slice(start, start + ROWS_PER_RUN))), start);
    // Others are served in between.
    await nextTurn();
  }
  let next = 0;
  return eligible.map((each) =>
    each.map(({ rep, pair }) => ({ rep, pair, winProbability: winProbability(raw[next++] ?? Number.NaN) })),
  );
}

function incumbentOf(
  reference: string | null | undefined,
  candidates: readonly Candidate[],
  indexes: ReadonlyMap<string, number>,
): number | null {
  const rep = indexes.get(reference ?? '');
  return rep !== undefined && candidates.some((candidate) => candidate.rep === rep) ? rep : null;
}

type Choice = Pick<LeadResult, 'recommended' | 'arm' | 'propensity' | 'reason' | 'ranking'>;

function choiceOf(
  candidates: readonly Candidate[],
  draw: Draw | undefined,
  model: ServedModel,
  policy: RoutePolicy,
): Choice {
  const ranked = [...candidates].sort((one, two) => two.winProbability - one.winProbability);
  const place = ranked.findIndex((candidate) => candidate.rep === draw?.rep);
  const recommended = ranked[place];
  if (draw === undefined || recommended === undefined) {
    const why =
      candidates.length === 0 ? 'No candidate is eligible' : 'No eligible candidate has room for another lead';
    const ranking = shown(ranked, undefined, policy.top_k).map((each, index) =>
      rankedCandidate(each, 0, index, false, model),
    );
    return { recommended: null, arm: 'model', propensity: null, reason: why, ranking };
  }
  const propensityOf = (candidate: Candidate): number => Math.min(1, draw.propensities.get(candidate.rep) ?? 0);
  return {
    recommended: recommended.pair.rep.representative.rep_ref,
    arm: draw.arm,
    propensity: propensityOf(recommended),
    reason: reasonText(draw.arm, explainPair(recommended, model).inFavour, place + 1, ranked.length),
    ranking: shown(ranked, recommended, policy.top_k).map((each, index) =>
      rankedCandidate(each, propensityOf(each), index, each === recommended, model),
    ),
  };
}

/** The best `top_k`; a recommended one that is not among them takes the last place. */
function shown(ranked: readonly Candidate[], recommended: Candidate | undefined, topK: number): readonly Candidate[] {
  const top = ranked.slice(0, topK);
  return recommended === undefined || top.includes(recommended) ? top : [...top.slice(0, -1), recommended];
}

function rankedCandidate(
  candidate: Candidate,
  propensity: number,
  index: number,
  isRecommended: boolean,
  model: ServedModel,
): RankedCandidate {
  return {
    rep_ref: candidate.pair.rep.representative.rep_ref,
    win_probability: candidate.winProbability,
    propensity,
    factors: index < EXPLAINED || isRecommended ? explainPair(candidate, model).factors : [],
  };
}

function explainPair(candidate: Candidate, model: ServedModel): ReturnType<typeof explain> {
  const columns = pairColumns(model.win.manifest.features);
  const row = featureRows(columns, [candidate.pair]);
  return explain(model.win.manifest.explanation, columns, row, candidate.pair, (feature) => !isLeadFeature(feature));
}

function tierOf(score: number, policy: RoutePolicy): LeadResult['tier'] {
  if (score >= policy.tiers.hot) return 'hot';
  return score >= policy.tiers.warm ? 'warm' : 'cold';
}
