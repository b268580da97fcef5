import { leadSubject } from '../features/leadFeatures.ts';
import type { ReadLead } from '../features/readLead.ts';
import type { ServedModel } from '../model/servedModel.ts';
import { scoreLeads, tierOf } from '../routing/routeLeads.ts';
import type { Factor, LeadResult } from '../routing/routeSchema.ts';

/** A lead alone, as it is scored and stored. */
export interface PreparedScore {
  lead: ReadLead;
}

/** What is stored of a score beside its inputs and its answer. */
export interface ScoreAudit {
  /** In log-odds of the lead model. */
  raw: number;
}

/** `/v1/score` has no policy. */
const TIERS = { hot: 80, warm: 50 };

/** The score of a lead without representatives: the same as `/v1/route` gives it. */
export async function scoreLead(
  { lead }: PreparedScore,
  model: ServedModel,
): Promise<{ raw: number; score: number; tier: LeadResult['tier']; factors: Factor[] }> {
  const [scored] = await scoreLeads([leadSubject(lead)], model);
  if (scored === undefined) throw new Error('One lead was given and none was scored.');
  return { raw: scored.raw, score: scored.score, tier: tierOf(scored.score, TIERS), factors: scored.factors };
}
