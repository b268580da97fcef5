import { setImmediate as nextTurn } from 'node:timers/promises';
import { featureRows, isLeadFeature, leadColumns, pairColumns, pairRows } from '../features/featureVector.ts';
import { leadSubject } from '../features/leadFeatures.ts';
import type { LeadSubject } from '../features/leadFeatures.ts';
import { probabilityOf } from '../features/shrunkenRecord.ts';
import { representativeSubject, speaksLanguage } from '../features/pairFeatures.ts';
import type { PairSubject, RepresentativeSubject } from '../features/pairFeatures.ts';
import { calibrated } from '../model/calibration.ts';
import { scoreOf } from '../model/manifest.ts';
import { ROWS_PER_RUN } from '../model/servedModel.ts';
import type { RawScores, ServedModel } from '../model/servedModel.ts';
import { confidenceIn } from './confidence.ts';
import type { Confidence } from './confidence.ts';
import { decideBatch } from './decideBatch.ts';
import type { DecidedBatch, Draw } from './decideBatch.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import { asSent, explain, reasonText, whyRunnerUpLost } from './reasons.ts';
import type { Explained, ExplainedRow } from './reasons.ts';
import type { LeadResult, RankedCandidate, RoutePolicy } from './routeSchema.ts';

const EXPLAINED = 3;

/** What a place of a representative is worth to leads still to come, by reference; 0 where nothing is said. */
export type Prices = Readonly<Record<string, number>>;

/** What is stored of a decision beside its inputs and its answer. */
export interface DecisionAudit {
  seed: string;
  prices: Prices;
  /** Room and dual price of each representative, in the order of the request; room null: no limit. */
  rooms: (number | null)[];
  duals: number[];
  /** For each lead all eligible candidates, best first: index of the representative, raw score, win probability, propensity. */
  rankings: [number, number, number, number][][];
}

export interface Decided {
  results: LeadResult[];
  audit: DecisionAudit;
}

/** A candidate of a lead: the index of the representative in the request, and the pair as the features see it. */
interface Candidate {
  readonly rep: number;
  readonly pair: PairSubject;
  readonly raw: number;
  readonly winProbability: number;
  readonly scored: ScoredRows;
  /** Its row among those. */
  readonly row: number;
}

/** Rows that went through the model together: what it saw, and what it said. */
interface ScoredRows {
  readonly values: Float32Array;
  readonly scores: RawScores;
}

/**
 * Scores all pairs of a request, assigns the batch and explains the result: one result a lead, in the request's order.
 * `checkDeadline` is called between chunks of work and may throw. The same request, model and prices give the same.
 */
export async function routeLeads(
  request: PreparedRequest,
  model: ServedModel,
  prices: Prices,
  checkDeadline: () => void,
): Promise<Decided> {
  const asOf = Date.parse(request.as_of);
  const subjects = request.representatives.map((representative) => representativeSubject(representative, asOf));
  const indexes = new Map(request.representatives.map((representative, index) => [representative.rep_ref, index]));
  const leads = request.leads.map(leadSubject);
  const eligible = leads.map((lead) => eligiblePairs(lead, subjects, indexes, request.policy));

  const candidates = await scorePairs(eligible, model, checkDeadline);
  const scored = await scoreLeads(leads, model);
  checkDeadline();
  const batch = decideBatch(
    candidates.map((each, index) => ({
      candidates: each.map((candidate) => candidate.rep),
      winProbabilities: each.map((candidate) => candidate.winProbability),
      incumbent: incumbentOf(request.leads[index]?.incumbent, each, indexes),
    })),
    request.representatives,
    request.policy,
    {
      requestId: request.request_id,
      prices: request.representatives.map(({ rep_ref: rep }) => (Object.hasOwn(prices, rep) ? (prices[rep] ?? 0) : 0)),
    },
  );
  checkDeadline();

  const ranked = candidates.map((each) => [...each].sort((one, two) => two.winProbability - one.winProbability));
  const explained = explainPairs(
    ranked.flatMap((each, lead) =>
      each.filter(({ rep }, place) => place < EXPLAINED || rep === batch.draws[lead]?.rep),
    ),
    model,
  );
  const sureness = await confidencesIn(ranked, batch.draws, model, request.policy);
  checkDeadline();
  const results = leads.map((lead, index): LeadResult => {
    const { score, factors } = scored[index] ?? { score: 0, factors: [] };
    return {
      lead_ref: lead.lead.lead_ref,
      trace_id: lead.lead.trace_id,
      score,
      tier: tierOf(score, request.policy.tiers),
      ...choiceOf(ranked[index] ?? [], batch.draws[index], sureness[index] ?? null, explained, model, request.policy),
      language: lead.lead.language,
      need: lead.lead.need,
      factors,
    };
  });
  return { results, audit: auditOf(ranked, batch, prices) };
}

function auditOf(ranked: readonly (readonly Candidate[])[], batch: DecidedBatch, prices: Prices): DecisionAudit {
  return {
    seed: batch.seed,
    prices,
    rooms: batch.room.map((room) => (Number.isFinite(room) ? room : null)),
    duals: [...batch.duals],
    rankings: ranked.map((candidates, lead) =>
      candidates.map(({ rep, raw, winProbability }) => [
        rep,
        raw,
        winProbability,
        batch.draws[lead]?.propensities.get(rep) ?? 0,
      ]),
    ),
  };
}

/** Score of 0–100 and factors of each lead by the model of the lead alone; `/v1/route` and `/v1/score` both ask here. */
export async function scoreLeads(
  leads: readonly LeadSubject[],
  model: ServedModel,
): Promise<{ raw: number; score: number; factors: LeadResult['factors'] }[]> {
  const columns = leadColumns(model.lead.manifest.features);
  const rows = featureRows(columns, leads);
  const { raw } = await model.lead.run(rows);
  const { explanation } = model.lead;
  const explained: Explained<LeadSubject> = { explanation, columns, isShown: () => true, probability: probabilityOf };
  const width = columns.length;
  const rowsOf = leads.map((_lead, index) => rows.subarray(index * width, (index + 1) * width));
  const contributions = explanation.contributions(rowsOf);
  return leads.map((lead, index) => {
    const own = raw[index] ?? Number.NaN;
    const added = contributions[index] ?? new Float64Array(width);
    return {
      raw: own,
      score: Math.round(scoreOf(model.manifest.score_table, own)),
      factors: explain(explained, rowsOf[index] ?? [], added, own, lead).factors,
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
  const eligible: { rep: number; pair: PairSubject }[] = [];
  const isStrict = policy.require_language_match && lead.lead.language !== null;
  for (const reference of lead.lead.candidates) {
    const rep = indexes.get(reference);
    const subject = rep === undefined ? undefined : subjects[rep];
    if (rep === undefined || subject === undefined) throw new Error('A candidate that names nobody passed the check.');
    const pair = { lead, rep: subject };
    if (!isStrict || speaksLanguage(pair) !== false) eligible.push({ rep, pair });
  }
  return eligible;
}

async function scorePairs(
  eligible: readonly { rep: number; pair: PairSubject }[][],
  model: ServedModel,
  checkDeadline: () => void,
): Promise<Candidate[][]> {
  const columns = pairColumns(model.win.manifest.features);
  const pairs = eligible.flatMap((each) => each.map(({ pair }) => pair));
  const chunks: ScoredRows[] = [];
  for (let start = 0; start < pairs.length; start += ROWS_PER_RUN) {
    checkDeadline();
    const values = pairRows(columns, pairs.slice(start, start + ROWS_PER_RUN));
    chunks.push({ values, scores: await model.win.run(values) });
    // Others are served in between.
    if (start + ROWS_PER_RUN < pairs.length) await nextTurn();
  }
  let next = 0;
  return eligible.map((each) =>
    each.map(({ rep, pair }) => {
      const scored = chunks[Math.floor(next / ROWS_PER_RUN)];
      const row = next++ % ROWS_PER_RUN;
      if (scored === undefined) throw new Error('A pair was not scored.');
      const raw = scored.scores.raw[row] ?? Number.NaN;
      return { rep, pair, raw, winProbability: asSent(calibrated(model.manifest.calibration, raw)), scored, row };
    }),
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

type Choice = Pick<
  LeadResult,
  'confidence' | 'expected_regret' | 'recommended' | 'arm' | 'propensity' | 'reason' | 'ranking'
>;

function choiceOf(
  ranked: readonly Candidate[],
  draw: Draw | undefined,
  sureness: Confidence | null,
  explained: ReadonlyMap<Candidate, ExplainedRow>,
  model: ServedModel,
  policy: RoutePolicy,
): Choice {
  const { features } = model.win.manifest;
  const place = ranked.findIndex((candidate) => candidate.rep === draw?.rep);
  const recommended = ranked[place];
  const propensityOf = (candidate: Candidate): number => Math.min(1, draw?.propensities.get(candidate.rep) ?? 0);
  const ranking = shown(ranked, recommended, policy.top_k).map((each): RankedCandidate => ({
    rep_ref: each.pair.rep.representative.rep_ref,
    win_probability: each.winProbability,
    propensity: propensityOf(each),
    factors: explained.get(each)?.factors ?? [],
  }));
  if (draw === undefined || recommended === undefined) {
    const why = ranked.length === 0 ? 'No candidate is eligible' : 'No eligible candidate has room for another lead';
    const nothing = { recommended: null, arm: 'model', propensity: null } as const;
    return { confidence: null, expected_regret: null, ...nothing, reason: why, ranking };
  }
  const runnerUp = ranked.find((candidate) => candidate !== recommended);
  const chosenRow = explained.get(recommended);
  const runnerUpRow = runnerUp && explained.get(runnerUp);
  const why =
    place === 0 && chosenRow && runnerUpRow
      ? whyRunnerUpLost(pairColumns(features), chosenRow, runnerUpRow, runnerUp.winProbability)
      : null;
  return {
    confidence: sureness?.confidence ?? null,
    expected_regret: sureness && asSent(sureness.regret),
    recommended: recommended.pair.rep.representative.rep_ref,
    arm: draw.arm,
    propensity: propensityOf(recommended),
    reason: reasonText(draw.arm, chosenRow?.inFavour ?? [], place + 1, ranked.length, why),
    ranking,
  };
}

/** How sure each choice is; null where nobody was chosen, and for a model without draws, which can't say how sure it is. */
async function confidencesIn(
  ranked: readonly (readonly Candidate[])[],
  draws: readonly Draw[],
  { win, manifest }: ServedModel,
  { indifference }: RoutePolicy,
): Promise<(Confidence | null)[]> {
  const confidences = ranked.map((): Confidence | null => null);
  if (win.draws === null) return confidences;
  const probability = (raw: number): number => calibrated(manifest.calibration, raw);
  const { width, count } = win.draws;
  // Scores in all draws take much memory: of so many candidates at a time.
  for (let start = 0; start < ranked.length;) {
    let end = start;
    let rows = 0;
    do rows += ranked[end++]?.length ?? 0;
    while (end < ranked.length && rows + (ranked[end]?.length ?? 0) <= ROWS_PER_RUN);
    const together = ranked.slice(start, end);
    const components = new Float64Array(rows * width);
    together.flat().forEach(({ scored, row }, at) => scored.scores.copyComponents(row, components, at * width));
    const scores = await win.draws.scores(components);
    let first = 0;
    together.forEach((candidates, index) => {
      const own = scores.subarray(first, (first += candidates.length * count));
      const chosen = candidates.findIndex(({ rep }) => rep === draws[start + index]?.rep);
      if (chosen !== -1) confidences[start + index] = confidenceIn(own, count, chosen, { indifference, probability });
    });
    start = end;
  }
  return confidences;
}

/** The best `top_k`; a recommended one that is not among them takes the last place. */
function shown(ranked: readonly Candidate[], recommended: Candidate | undefined, topK: number): readonly Candidate[] {
  const top = ranked.slice(0, topK);
  return recommended === undefined || top.includes(recommended) ? top : [...top.slice(0, -1), recommended];
}

/** Explains pairs, all in one go. */
function explainPairs(candidates: readonly Candidate[], model: ServedModel): Map<Candidate, ExplainedRow> {
  const { explanation, manifest } = model.win;
  const columns = pairColumns(manifest.features);
  const explained: Explained<PairSubject> = {
    explanation,
    columns,
    isShown: (feature) => !isLeadFeature(feature),
    probability: (raw) => calibrated(model.manifest.calibration, raw),
  };
  const width = columns.length;
  const rows = candidates.map(({ scored, row }) => scored.values.subarray(row * width, (row + 1) * width));
  const contributions = explanation.contributions(rows);
  return new Map(
    candidates.map((candidate, index) => {
      const row = rows[index] ?? [];
      const added = contributions[index] ?? new Float64Array(width);
      return [candidate, explain(explained, row, added, candidate.raw, candidate.pair)];
    }),
  );
}

/** The tier of a score of 0–100. */
export function tierOf(score: number, tiers: RoutePolicy['tiers']): LeadResult['tier'] {
  if (score >= tiers.hot) return 'hot';
  return score >= tiers.warm ? 'warm' : 'cold';
}
