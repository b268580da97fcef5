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

const graph = z.strictObject({
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'a file name without a folder, ending in .onnx'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  input: z.string(),
  output: z.string(),
  /** Names of the feature table, in the order of the columns. */
  features: z.array(z.string()).min(1),
  explanation: linearExplanation,
});

/** `raw` is in log-odds of the lead model. */
export const scorePointSchema = z.strictObject({ raw: z.number(), score: z.number().min(0).max(100) });
type ScorePoint = z.infer<typeof scorePointSchema>;

const scoreTable = z
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
  graphs: z.strictObject({
    /** Log-odds that this representative wins this lead. */
    win: graph,
    /** Log-odds of the lead alone; no feature of a representative. */
    lead: graph,
  }),
  /** Raw score of the lead model → score of 0–100, linear between the points. */
  score_table: scoreTable,
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestGraph = z.infer<typeof graph>;
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
