import { z } from 'zod';

/**
 * What stands beside every ONNX file that the service serves. It says what the model is, where it comes from, which
 * features it wants in which order, and how its raw score is explained.
 */
const linearTerm = z.strictObject({
  feature: z.string().min(1),
  /** Log-odds for each unit of the feature. */
  weight: z.number(),
  /** The value that counts as typical: there, and where the feature is missing, the contribution is 0. */
  reference: z.number(),
  /** The feature is bounded to low..high first, so that no single extreme value decides. */
  low: z.number(),
  high: z.number(),
  /** Why the weight is what it is. */
  why: z.string().min(1),
});

const linearExplanation = z.strictObject({
  kind: z.literal('linear'),
  /** Log-odds where every feature is at its reference. */
  base: z.number(),
  terms: z.array(linearTerm).min(1),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Trees explain themselves by TreeSHAP, for which their cover counts are needed: ONNX has no place for them. */
const treesExplanation = z.strictObject({
  kind: z.literal('trees'),
  file: z.string().regex(/^[\w.-]+\.trees\.json$/, 'a file name without a folder, ending in .trees.json'),
  sha256,
  /** A typical value of each feature, for words such as "15 page views, 5 typical"; null where there is none. */
  references: z.array(z.number().nullable()),
});

/** Fewer draws say little about a probability. */
const FEWEST_DRAWS = 50;

/**
 * Bootstrap or Bayesian draws of the model. A row's raw score in draw d is base[d] + Σ weights[d][k] · component k; the
 * components are the terms' contributions of a linear model, or the sums of a tree model's groups of trees.
 */
const draws = z
  .strictObject({ base: z.array(z.number()).min(FEWEST_DRAWS).max(1000), weights: z.array(z.array(z.number())) })
  .refine(({ base, weights }) => base.length === weights.length, 'as many rows of weights as bases');

/** From the raw score to a probability: logistic of a·raw + b, or linear between points (isotonic regression). */
const calibration = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('platt'), a: z.number().positive(), b: z.number() }),
  z.strictObject({
    kind: z.literal('isotonic'),
    points: z
      .array(z.strictObject({ raw: z.number(), probability: z.number().gt(0).lt(1) }))
      .min(2)
      .refine(
        (points) =>
          points.every((point, index) => {
            const previous = points[index - 1];
            return previous === undefined || (point.raw > previous.raw && point.probability >= previous.probability);
          }),
        'raw values must rise, probabilities must not fall',
      ),
  }),
]);

/** How the values of a feature were distributed where the model was trained, for PSI: upper bounds and shares. */
const baseline = z
  .strictObject({ bounds: z.array(z.number()).min(1).max(50), shares: z.array(z.number().min(0).max(1)) })
  .refine(
    ({ bounds, shares }) => shares.length === bounds.length + 2,
    'a share for each bucket, one above, one missing',
  );

const graph = z.strictObject({
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'a file name without a folder, ending in .onnx'),
  sha256,
  input: z.string(),
  output: z.string(),
  /** Names of the feature table, in the order of the columns. */
  features: z.array(z.string()).min(1),
  explanation: z.discriminatedUnion('kind', [linearExplanation, treesExplanation]),
  draws: draws.optional(),
});

/** `raw` is in log-odds of the lead model. */
const scorePointSchema = z.strictObject({ raw: z.number(), score: z.number().min(0).max(100) });
type ScorePoint = z.infer<typeof scorePointSchema>;

export const scoreTableSchema = z
  .array(scorePointSchema)
  .min(2)
  .refine(
    (points) => points.every((point, index) => index === 0 || isAbove(point, points[index - 1])),
    'raw values must rise, scores must not fall',
  );

function isAbove(point: ScorePoint, previous: ScorePoint | undefined): boolean {
  return previous === undefined || (point.raw > previous.raw && point.score >= previous.score);
}

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(80),
  kind: z.enum(['prior', 'trained']),
  calibrated: z.boolean(),
  description: z.string().min(1),
  training: z.strictObject({ data: z.string().min(1), rows: z.int().min(0) }),
  metrics: z.record(z.string(), z.number()),
  calibration: calibration.optional(),
  baselines: z.record(z.string(), baseline).optional(),
  graphs: z.strictObject({
    /** Log-odds that this representative wins this lead. */
    win: graph,
    /** Log-odds of the lead alone; no feature of a representative. */
    lead: graph,
  }),
  /** Raw score of the lead model → score of 0–100, linear between the points. */
  score_table: scoreTableSchema,
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestGraph = z.infer<typeof graph>;
export type Calibration = z.infer<typeof calibration>;
export type Baseline = z.infer<typeof baseline>;
export type ModelDraws = z.infer<typeof draws>;
export type LinearExplanation = z.infer<typeof linearExplanation>;

/** The score of 0–100 for a raw score of the lead model: linear between the table's points, flat outside them. */
export function scoreOf(table: Manifest['score_table'], raw: number): number {
  let previous: ScorePoint | undefined;
  for (const point of table) {
    if (raw <= point.raw) {
      if (previous === undefined) return point.score;
      const part = (raw - previous.raw) / (point.raw - previous.raw);
      return previous.score + part * (point.score - previous.score);
    }
    previous = point;
  }
  return previous?.score ?? 0;
}
