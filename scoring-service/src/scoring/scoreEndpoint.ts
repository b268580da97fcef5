import { createHmac, randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { UnavailableError } from '../errors.ts';
import { leadReader } from '../features/readLead.ts';
import type { Reading } from '../features/readLead.ts';
import { bodyHashOf } from '../http/jsonBody.ts';
import { readBody } from '../http/readBody.ts';
import type { ModelRegistry } from '../operations/modelRegistry.ts';
import {
  activitySchema,
  companySchema,
  factorSchema,
  formDataSchema,
  reference,
  servedModelSchema,
  tierSchema,
} from '../routing/routeSchema.ts';
import type { AuditStore } from '../store/auditStore.ts';
import { scoreLead } from './scoreLead.ts';
import type { PreparedScore, ScoreAudit } from './scoreLead.ts';

export const scoreRequestSchema = z.strictObject({
  lead_id: reference.describe('Kept as a keyed hash only.'),
  source: z.string().max(1000).nullish(),
  company: companySchema.extend({ name: z.string().max(1000).nullish().describe('Dropped.') }).nullish(),
  activity: activitySchema.nullish(),
  form_data: formDataSchema.nullish(),
});

export const scoreAnswerSchema = z.strictObject({
  trace_id: z.string(),
  model: servedModelSchema,
  score: z.number().min(0).max(100),
  tier: tierSchema,
  factors: z.array(factorSchema),
});

export interface ScoreDependencies {
  readonly models: ModelRegistry;
  readonly reading: Reading;
  readonly store: AuditStore;
  /** Key of the hash of lead ids. */
  readonly hashKey: string;
  readonly stamp: string;
}

/** `POST /v1/score`: scores one lead of any CRM, without representatives. */
export function scoreEndpoint({ models, reading, store, hashKey, stamp }: ScoreDependencies): RequestHandler {
  return async (request, response) => {
    const body = readBody(scoreRequestSchema, request.body);
    const model = models.champion();
    if (model === null) throw new UnavailableError('no-model', 'No model is loaded.', 30);
    const traceId = randomUUID();
    const { lead_id: leadId, ...signals } = body;
    const leadRef = createHmac('sha256', hashKey).update(leadId).digest('hex');
    const lead = leadReader(reading, [])({ ...signals, lead_ref: leadRef, trace_id: traceId, candidates: [] });
    const prepared: PreparedScore = { lead };
    const { raw, ...scored } = await scoreLead(prepared, model);
    const { version, kind, calibrated } = model.manifest;
    const answer: z.infer<typeof scoreAnswerSchema> = {
      trace_id: traceId,
      model: { version, sha256: model.sha256, kind, calibrated },
      ...scored,
    };
    const text = JSON.stringify(answer);
    const clientId = String(response.locals['clientId']);
    const now = Date.now();
    const key = { client_id: clientId, request_id: traceId };
    await store.write({
      kind: 'request',
      request: {
        ...key,
        kind: 'score',
        // Of a body with a company's name not even the hash is kept as it is.
        body_hash: createHmac('sha256', hashKey).update(bodyHashOf(response)).digest('base64'),
        received_at: now,
        model_version: version,
        model_sha256: model.sha256,
        stamp,
        input: JSON.stringify(prepared),
        answer: text,
        audit: JSON.stringify({ raw } satisfies ScoreAudit),
      },
      decisions: [
        {
          ...key,
          position: 0,
          trace_id: traceId,
          recommended: null,
          arm: 'model',
          propensity: null,
          score: scored.score,
          confidence: null,
          win_probability: null,
          decided_at: now,
        },
      ],
      prices: [],
    });
    response.type('application/json').send(text);
  };
}
