import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';
import { logisticModel } from '../onnx/logisticGraph.ts';
import { manifestSchema, scoreTableSchema } from './manifest.ts';
import type { LinearExplanation, Manifest } from './manifest.ts';
import type { KnownFeatures } from './servedModel.ts';

/** Log-odds of more than this a unit leave no doubt, which nobody can know beforehand. */
const MOST = 20;

const weight = z
  .strictObject({
    feature: z.string(),
    weight: z.number().min(-MOST).max(MOST),
    reference: z.number(),
    low: z.number(),
    high: z.number(),
    why: z.string().min(1),
  })
  .refine(({ low, high, reference }) => low < high && low <= reference && reference <= high, {
    message: 'low must be below high, and the reference between them',
  });

/** `model/prior.weights.json`: what operations may set. Everything else of the prior follows from it. */
export const priorWeightsSchema = z.strictObject({
  version: z.string().min(1),
  description: z.string().min(1),
  /** Log-odds of a typical lead with a typical representative, and why so. */
  base: z.number().min(-MOST).max(MOST),
  base_why: z.string().min(1),
  lead: z.array(weight).min(1),
  pair: z.array(weight).min(1),
  score_table: scoreTableSchema,
});

/** The weights of a file. @throws ConfigurationError that names what is wrong, a feature that there is not among it. */
export function readPriorWeights(text: string, known: KnownFeatures): PriorWeights {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`prior.weights.json is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = priorWeightsSchema.safeParse(content);
  if (!parsed.success) throw new ConfigurationError(`prior.weights.json: ${z.prettifyError(parsed.error)}`);
  const { lead, pair } = parsed.data;
  const names = [...lead, ...pair].map(({ feature }) => feature);
  const wrong = [
    ...lead.filter(({ feature }) => !known.lead.includes(feature)).map(({ feature }) => `${feature} (in lead)`),
    ...pair.filter(({ feature }) => !known.win.includes(feature)).map(({ feature }) => `${feature} (in pair)`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} (twice)`),
  ];
  if (wrong.length === 0) return parsed.data;
  throw new ConfigurationError(`prior.weights.json weighs what is no feature there: ${wrong.join(', ')}.`);
}

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
