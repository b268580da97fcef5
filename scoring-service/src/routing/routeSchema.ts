import { z } from 'zod';

/** Limits of one request (scoring-contract: 200 leads, 2,000 representatives, 300 candidates a lead, 3 MB; answer 2 MB). */
export const LIMITS = {
  leads: 200,
  representatives: 2000,
  candidates: 300,
  bodyBytes: 3 * 1024 * 1024,
  answerBytes: 2 * 1024 * 1024,
} as const;

/** Opaque, but storable and unmistakable: no control characters, no halves of characters. */
export const reference = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must not have control characters');
const shortText = z.string().max(1000).nullish();
const longText = z.string().max(100_000).nullish();
/** A number that may be unknown: null and absent mean the same. */
const signal = z.number().nullish();
const amount = z.number().min(0).nullish();
const share = z.number().min(0).max(1);
const instant = z.iso.datetime({ offset: true });

/** How the policy wants the batch to be decided. What is absent has the default that stands here. */
export const policySchema = z
  .strictObject({
    version: reference.max(80),
    exploration_share: share.default(0),
    holdback_share: share.default(0),
    indifference: share.default(0.01),
    require_language_match: z.boolean().default(false),
    response_hours: z.number().positive().nullish(),
    tiers: z
      .strictObject({ hot: z.number().min(0).max(100), warm: z.number().min(0).max(100) })
      .refine((tiers) => tiers.hot >= tiers.warm, 'hot must not be below warm'),
    load_penalty: share.default(0.02),
    top_k: z.int().min(1).max(50).default(10),
  })
  .refine((policy) => policy.exploration_share + policy.holdback_share <= 1, {
    message: 'exploration_share and holdback_share together must not be above 1',
    path: ['exploration_share'],
  });

// company, activity and form_data are maps of signals: what is unknown in them is ignored, so that a sender may be ahead.
export const companySchema = z.object({
  industry: shortText,
  employee_count: amount,
  annual_revenue: amount,
  country: shortText,
  state: shortText,
  postal_code: shortText,
});

export const activitySchema = z.object({
  page_views: amount,
  content_downloads: z.union([z.number().min(0), z.array(z.string().max(1000)).max(1000)]).nullish(),
  email_opens: amount,
  days_since_first_visit: amount,
  intent_score: z.number().min(0).max(100).nullish(),
});

export const formDataSchema = z.object({
  job_title: shortText,
  pain_point: longText,
  product_interest: shortText,
  text: longText,
  chat_transcript: longText,
});

export const documentSchema = z.strictObject({
  name: z.string().max(255),
  media_type: z.string().max(255),
  base64: z.string(),
});

export const leadSchema = z.strictObject({
  lead_ref: reference,
  trace_id: reference,
  source: shortText,
  company: companySchema.nullish(),
  activity: activitySchema.nullish(),
  form_data: formDataSchema.nullish(),
  documents: z.array(documentSchema).max(10).nullish(),
  candidates: z.array(reference).max(LIMITS.candidates),
  incumbent: reference.nullish(),
});

/** Size segments are ranges of employees; any cut is understood, as long as it can be read. */
export const SIZE_RANGE = /^\s*(\d+)\s*(?:\+|[-–]\s*(\d+))\s*$/;

const recordSchema = z
  .strictObject({
    dimension: z.enum(['overall', 'industry', 'size', 'product', 'source']),
    value: z.string().max(255),
    won: z.number().min(0),
    lost: z.number().min(0),
    /** Null where nothing is known of what such leads are worth: the record then can't be judged and says nothing. */
    expected_won: amount,
    median_days_to_close: amount,
  })
  .refine((record) => record.dimension !== 'size' || SIZE_RANGE.test(record.value), {
    message: 'a size segment must be a range of employees such as 50-249 or 1000+',
    path: ['value'],
  });

export const representativeSchema = z.strictObject({
  rep_ref: reference,
  kind: z.string().max(80).nullish(),
  languages: z.array(z.string().max(40)).max(50).nullish(),
  skills: z.array(z.string().max(255)).max(200).nullish(),
  open_leads: z.number().min(0).nullish(),
  /** Open leads at most; null: no such limit. */
  capacity: amount,
  /** New leads a day at most; null: no such limit. */
  daily_cap: amount,
  assigned_today: z.number().min(0).nullish(),
  /** 2 takes a full load half as hard as 1; 0 takes no leads. */
  weight: amount,
  /** Share of a full load that someone new is to take. */
  ramp_share: share.nullish(),
  open_opportunities: amount,
  activities_today: amount,
  free_minutes_48h: amount,
  next_free_at: instant.nullish(),
  time_zone: shortText,
  tenure_days: signal,
  response: z
    .array(z.strictObject({ source: z.string().max(255), median_minutes: z.number().min(0) }))
    .max(200)
    .nullish(),
  record: z.array(recordSchema).max(500).nullish(),
});

export const routeRequestSchema = z.strictObject({
  request_id: reference,
  as_of: instant,
  /** What would be decided by the model alone: nothing is drawn at random, stored, counted or learned from it. */
  preview: z.boolean().default(false),
  policy: policySchema,
  leads: z.array(leadSchema).min(1).max(LIMITS.leads),
  representatives: z.array(representativeSchema).max(LIMITS.representatives),
});

export type RouteRequest = z.infer<typeof routeRequestSchema>;
export type RoutePolicy = z.infer<typeof policySchema>;
export type RouteLead = z.infer<typeof leadSchema>;
export type RouteRepresentative = z.infer<typeof representativeSchema>;
export type RecordEntry = z.infer<typeof recordSchema>;

/** Why a lead went where it went: by the model, at random to learn, or to whom the old rule would have taken. */
const arm = z.enum(['model', 'explore', 'holdback']);
export type Arm = z.infer<typeof arm>;

/** What a feature added, in log-odds, in words. `base` and `other` complete the sum to the raw score. */
export const factorSchema = z.strictObject({ feature: z.string(), contribution: z.number(), text: z.string() });
export type Factor = z.infer<typeof factorSchema>;

const rankedCandidateSchema = z.strictObject({
  rep_ref: z.string(),
  win_probability: z.number().describe('Calibrated where model.calibrated says so.'),
  propensity: z.number().describe('Exact probability with which this representative was to be drawn for this lead.'),
  factors: z.array(factorSchema).describe('Given for the first three and the recommended one, else empty.'),
});
export type RankedCandidate = z.infer<typeof rankedCandidateSchema>;

export const tierSchema = z.enum(['hot', 'warm', 'cold']);

const leadResultSchema = z.strictObject({
  lead_ref: z.string(),
  trace_id: z.string(),
  score: z.number(),
  tier: tierSchema,
  confidence: z.number().nullable(),
  expected_regret: z.number().nullable(),
  language: z.strictObject({ code: z.string(), confidence: z.number() }).nullable(),
  need: z.strictObject({ product_line: z.string(), confidence: z.number() }).nullable(),
  recommended: z.string().nullable(),
  arm,
  propensity: z.number().nullable(),
  reason: z.string(),
  ranking: z.array(rankedCandidateSchema),
  factors: z.array(factorSchema),
});
export type LeadResult = z.infer<typeof leadResultSchema>;

export const servedModelSchema = z.strictObject({
  version: z.string(),
  sha256: z.string(),
  kind: z.enum(['prior', 'trained']),
  calibrated: z.boolean(),
});

export const routeAnswerSchema = z.strictObject({
  request_id: z.string(),
  model: servedModelSchema,
  latency_ms: z.number(),
  results: z.array(leadResultSchema),
});
export type RouteAnswer = z.infer<typeof routeAnswerSchema>;
