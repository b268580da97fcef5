import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ConflictError } from '../errors.ts';
import { readBody } from '../http/readBody.ts';
import type { ModelRegistry } from './modelRegistry.ts';

export const promotionRequestSchema = z.strictObject({ slot: z.enum(['champion', 'challenger']).default('champion') });

/** `GET /v1/models`: every model of the folder, and which serves. */
export function modelsEndpoint(models: ModelRegistry): RequestHandler {
  return async (_request, response) => {
    response.json({ models: await models.list() });
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
    response.json({ version, slot, promoted, gates });
  };
}
