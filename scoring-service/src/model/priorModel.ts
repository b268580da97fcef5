import { createHash } from 'node:crypto';
import { z } from 'zod';
import { logisticModel } from '../onnx/logisticGraph.ts';
import { manifestSchema, scorePointSchema } from './manifest.ts';
import type { LinearExplanation, Manifest } from './manifest.ts';

const weight = z.strictObject({
  feature: z.string(),
  weight: z.number(),
  reference: z.number(),
  low: z.number(),
  high: z.number(),
  why: z.string().min(1),
});

/** `model/prior.weights.json`: what operations may set. Everything else of the prior follows from it. */
export const priorWeightsSchema = z.strictObject({
  version: z.string().min(1),
  description: z.string().min(1),
  /** Log-odds of a typical lead with a typical representative, and why so. */
  base: z.number(),
  base_why: z.string().min(1),
  lead: z.array(weight).min(1),
  pair: z.array(weight).min(1),
  score_table: z.array(scorePointSchema),
});

export type PriorWeights = z.infer<typeof priorWeightsSchema>;

/** The files of the prior, by name. The same weights give the same bytes. */
export interface PriorFiles {
  win: { name: 'prior.onnx'; bytes: Uint8Array };
  lead: { name: 'prior.lead.onnx'; bytes: Uint8Array };
  manifest: { name: 'prior.manifest.json'; text: string };
}

/**
 * Builds the prior from its weights: one graph for pairs, whose formula has the lead's features too, one for the lead
 * alone, and the manifest that describes both.
 */
export function buildPrior(weights: PriorWeights): PriorFiles {
  const win: LinearExplanation = { kind: 'linear', base: weights.base, terms: [...weights.lead, ...weights.pair] };
  const lead: LinearExplanation = { kind: 'linear', base: weights.base, terms: weights.lead };
  const winBytes = logisticModel(
    'prior_win',
    `${weights.description} Log-odds that a representative wins a lead.`,
    win,
  );
  const leadBytes = logisticModel('prior_lead', `${weights.description} Log-odds of a lead alone.`, lead);
  const manifest: Manifest = manifestSchema.parse({
    format: 1,
    version: weights.version,
    kind: 'prior',
    calibrated: false,
    description: weights.description,
    training: { data: 'none: weights set by hand, see model/prior.weights.json and docs/scoring-service.md', rows: 0 },
    metrics: {},
    graphs: { win: graphOf('prior.onnx', winBytes, win), lead: graphOf('prior.lead.onnx', leadBytes, lead) },
    score_table: weights.score_table,
  } satisfies Manifest);
  return {
    win: { name: 'prior.onnx', bytes: winBytes },
    lead: { name: 'prior.lead.onnx', bytes: leadBytes },
    manifest: { name: 'prior.manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
  };
}

function graphOf(file: string, bytes: Uint8Array, explanation: LinearExplanation): Manifest['graphs']['win'] {
  return {
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    input: 'features',
    output: 'raw',
    features: explanation.terms.map((term) => term.feature),
    explanation,
  };
}
