import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody } from '../http/readBody.ts';
import { OUTCOME_KINDS } from './outcomes.ts';
import { reference } from '../routing/routeSchema.ts';
import type { AuditStore } from '../store/auditStore.ts';
import type { OutcomeRow } from '../store/schema.ts';

const outcomeSchema = z.strictObject({
  outcome_id: reference.describe('Chosen by the sender; the same id is taken once.'),
  trace_id: reference,
  kind: z.enum(OUTCOME_KINDS),
  rep_ref: reference.nullish().describe('Who it was executed for, or who rejected; opaque.'),
  occurred_at: z.iso.datetime({ offset: true }),
});

export const outcomesRequestSchema = z.strictObject({ outcomes: z.array(outcomeSchema).min(1).max(1000) });
export const outcomesAnswerSchema = z.strictObject({
  accepted: z.int(),
  repeated: z.int(),
  conflicting: z
    .array(z.string())
    .describe('Ids that were used before with another content: what was sent is not kept.'),
});

/** `POST /v1/outcomes`: what became of decisions. Of several of a kind the one that occurred last counts. */
export function outcomeEndpoint(store: AuditStore): RequestHandler {
  return async (request, response) => {
    const { outcomes } = readBody(outcomesRequestSchema, request.body);
    const clientId = String(response.locals['clientId']);
    const rows = new Map<string, OutcomeRow>();
    const conflicting = new Set<string>();
    for (const outcome of outcomes) {
      const row = rowOf(clientId, outcome);
      const twin = rows.get(row.outcome_id);
      if (twin !== undefined && twin.body_hash !== row.body_hash) conflicting.add(row.outcome_id);
      if (twin === undefined) rows.set(row.outcome_id, row);
    }
    const { stored } = await store.write({ kind: 'outcomes', outcomes: [...rows.values()] });
    if (stored < rows.size) {
      const kept = await store.read(
        store.db
          .selectFrom('outcomes')
          .select(['outcome_id', 'body_hash'])
          .where('client_id', '=', clientId)
          .where('outcome_id', 'in', [...rows.keys()])
          .execute(),
      );
      for (const { outcome_id: id, body_hash: hash } of kept) if (rows.get(id)?.body_hash !== hash) conflicting.add(id);
    }
    response.json({
      accepted: stored,
      repeated: outcomes.length - stored - conflicting.size,
      conflicting: [...conflicting],
    });
  };
}

function rowOf(clientId: string, outcome: z.infer<typeof outcomeSchema>): OutcomeRow {
  const { outcome_id, trace_id, kind, occurred_at } = outcome;
  const row = { client_id: clientId, outcome_id, trace_id, kind, rep_ref: outcome.rep_ref ?? null };
  const occurredAt = Date.parse(occurred_at);
  const hash = createHash('sha256').update(JSON.stringify([trace_id, kind, row.rep_ref, occurredAt]));
  return { ...row, occurred_at: occurredAt, received_at: Date.now(), body_hash: hash.digest('base64') };
}
