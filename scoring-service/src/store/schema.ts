import type { Generated } from 'kysely';

/** One request as it was decided. Texts are zstd-compressed JSON; times are milliseconds since 1970, UTC. */
export interface RequestRow {
  client_id: string;
  request_id: string;
  /** `route` or `score`. */
  kind: string;
  /** SHA-256 of the body, by which a repetition is told from a reuse of the id. */
  body_hash: string;
  received_at: number;
  model_version: string;
  model_sha256: string;
  /** Runtime, architecture and feature code that decided. */
  stamp: string;
  input: Uint8Array;
  answer: Uint8Array;
  /** Seed, rooms, prices and the full ranking of every lead. */
  audit: Uint8Array;
}

export interface DecisionRow {
  client_id: string;
  request_id: string;
  /** Index of the lead in its request. */
  position: number;
  trace_id: string;
  recommended: string | null;
  arm: string;
  propensity: number | null;
  score: number;
  confidence: number | null;
  /** The recommended one's win probability. */
  win_probability: number | null;
  decided_at: number;
}

export interface OutcomeRow {
  client_id: string;
  outcome_id: string;
  trace_id: string;
  kind: string;
  rep_ref: string | null;
  occurred_at: number;
  received_at: number;
  body_hash: string;
}

export interface PriceRow {
  client_id: string;
  rep_ref: string;
  /** What a place of this representative is worth to leads still to come, in win probability. */
  price: number;
  /** Day of the last lead (since 1970, UTC), leads seen on it, and leads of a usual day before it (arrivalPrices.ts). */
  day: number;
  seen: number;
  usual: number;
  updated_at: number;
}

/** What serves: slot `champion` or `challenger`. */
export interface ServingRow {
  slot: string;
  version: string;
  sha256: string;
  set_at: number;
  set_by: string;
}

export interface PromotionRow {
  id: Generated<number>;
  version: string;
  sha256: string;
  slot: string;
  promoted: number;
  gates: string;
  decided_at: number;
  decided_by: string;
}

/** What the challenger would have done with a decision. */
export interface ShadowRow {
  client_id: string;
  request_id: string;
  position: number;
  model_sha256: string;
  recommended: string | null;
  /** The challenger's win probability of whom the champion recommended. */
  champions_choice: number | null;
  win_probability: number | null;
  decided_at: number;
}

/** One row, written to see whether the store can be written. */
export interface ProbeRow {
  id: number;
  at: number;
}

export interface StoreTables {
  requests: RequestRow;
  decisions: DecisionRow;
  outcomes: OutcomeRow;
  prices: PriceRow;
  serving: ServingRow;
  promotions: PromotionRow;
  shadow_decisions: ShadowRow;
  probes: ProbeRow;
}
