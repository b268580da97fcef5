import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ProblemError, UnavailableError } from '../errors.ts';
import { deadlineOf } from '../http/deadline.ts';
import type { DeadlineLimits } from '../http/deadline.ts';
import { startedAt } from '../http/requestContext.ts';
import type { StoredAnswers } from '../http/storedAnswers.ts';
import type { ServedModel } from '../model/servedModel.ts';
import { readRouteRequest } from './readRouteRequest.ts';
import { routeLeads } from './routeLeads.ts';
import type { RouteAnswer, RouteRequest } from './routeSchema.ts';

/** What `POST /v1/route` needs. `rawBody` gives the bytes that a parsed request came in. */
export interface RouteDependencies {
  model(): ServedModel | null;
  storedAnswers: StoredAnswers;
  deadlines: DeadlineLimits;
  rawBody(response: Response): Buffer;
}

const withRequestId = z.looseObject({ request_id: z.string().min(1).max(255) });

/** `POST /v1/route`: ranks the candidates of up to 200 leads and proposes one for each, under capacity. */
export function routeEndpoint({ model, storedAnswers, deadlines, rawBody }: RouteDependencies): RequestHandler {
  return async (request, response) => {
    if (!request.is('application/json')) {
      throw new ProblemError(
        415,
        'unsupported-media-type',
        'The media type is not supported',
        'Send application/json.',
      );
    }
    const checkDeadline = deadlineOf(request, response, deadlines);
    const named = withRequestId.safeParse(request.body);
    if (named.success) response.locals['requestId'] = named.data.request_id;
    const body = readRouteRequest(request.body);
    const served = model();
    if (served === null) throw new UnavailableError('no-model', 'No model is loaded.', 30);
    const clientId = String(response.locals['clientId']);
    const answer = await storedAnswers.answer(clientId, body.request_id, rawBody(response), () =>
      answerTo(body, served, checkDeadline, startedAt(response)),
    );
    response.type('application/json').send(answer);
  };
}

async function answerTo(
  request: RouteRequest,
  model: ServedModel,
  checkDeadline: () => void,
  started: number,
): Promise<string> {
  const { manifest } = model;
  const results = await routeLeads(request, model, checkDeadline);
  const answer: RouteAnswer = {
    request_id: request.request_id,
    model: { version: manifest.version, sha256: model.sha256, kind: manifest.kind, calibrated: manifest.calibrated },
    latency_ms: Math.round((performance.now() - started) * 10) / 10,
    results,
  };
  return JSON.stringify(answer);
}
