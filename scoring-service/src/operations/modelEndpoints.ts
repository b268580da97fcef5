import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ConflictError } from '../errors.ts';
import { readBody } from '../http/readBody.ts';
import type { ModelRegistry } from './modelRegistry.ts';

const slotSchema = z.enum(['champion', 'challenger']);
const gateSchema = z.strictObject({ name: z.string(), passed: z.boolean(), detail: z.string() });

export const modelsAnswerSchema = z.strictObject({
  models: z.array(
    z.strictObject({
      file: z.string(),
      version: z.string().nullable(),
      sha256: z.string().nullable(),
      kind: z.string().nullable(),
      calibrated: z.boolean().nullable(),
      slots: z.array(slotSchema),
      refused: z.string().nullable().describe('Why it can not serve; null if it can.'),
    }),
  ),
});

export const promotionRequestSchema = z.strictObject({ slot: slotSchema.default('champion') });
export const promotionAnswerSchema = z.strictObject({
  version: z.string(),
  slot: slotSchema,
  promoted: z.literal(true),
  gates: z.array(gateSchema),
});

/** `GET /v1/models`: every model of the folder, and which serves. */
export function modelsEndpoint(models: ModelRegistry): RequestHandler {
  return async (_request, response) => {
    response.json({ models: await models.list() } satisfies z.infer<typeof modelsAnswerSchema>);
  };
}

/** `POST /v1/models/{version}/promote`: 409 with the gates if one is not passed. */
export function promoteEndpoint(models: ModelRegistry): RequestHandler {
  return async (request, response) => {
    const { slot } = readBody(promotionRequestSchema, request.body);
    const version = String(request.params['version']);
    const { promoted, gates } = await models.promote(version, slot, String(response.locals['clientId']));
    if (!promoted) {
      const failed = gates.filter((gate) => !gate.passed).map((gate) => gate.name);
      const detail = `Gates that were not passed: ${failed.join(', ')}.`;
      throw new ConflictError('gates-not-passed', 'The model was not promoted', detail, { gates });
    }
    response.json({ version, slot, promoted, gates } satisfies z.infer<typeof promotionAnswerSchema>);
  };
}
