import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Reading } from '../features/readLead.ts';
import { SenselessRequestError, UnavailableError } from '../errors.ts';
import { deadlineOf } from '../http/deadline.ts';
import type { Deadline } from '../http/deadline.ts';
import { bodyHashOf } from '../http/jsonBody.ts';
import { startedAt } from '../http/requestContext.ts';
import type { ServiceMetrics } from '../metrics/serviceMetrics.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { ModelRegistry } from '../operations/modelRegistry.ts';
import type { Shadow } from '../operations/shadow.ts';
import { traced } from '../operations/tracing.ts';
import type { DocumentReader } from '../text/documents/documentReader.ts';
import type { DecisionRow } from '../store/schema.ts';
import type { BulkRouter } from './bulkRouter.ts';
import type { Decision, OnceOnly } from './onceOnly.ts';
import { prepare } from './preparedRequest.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import type { PriceBook } from './priceBook.ts';
import { readRouteRequest } from './readRouteRequest.ts';
import type { Decided, Prices } from './routeLeads.ts';
import { LIMITS } from './routeSchema.ts';
import type { RouteAnswer } from './routeSchema.ts';

/** What `POST /v1/route` needs. */
export interface RouteDependencies {
  readonly models: ModelRegistry;
  readonly reading: Reading;
  readonly documents: DocumentReader;
  readonly onceOnly: OnceOnly;
  readonly priceBook: PriceBook;
  readonly bulk: BulkRouter;
  readonly shadow: Shadow;
  readonly metrics: ServiceMetrics;
  readonly stamp: string;
}

const withRequestId = z.looseObject({ request_id: z.string().min(1).max(255) });

/** `POST /v1/route`: ranks the candidates of up to 200 leads and proposes one for each, under capacity. */
export function routeEndpoint(dependencies: RouteDependencies): RequestHandler {
  return async (request, response) => {
    const deadline = deadlineOf(response);
    const named = withRequestId.safeParse(request.body);
    if (named.success) response.locals['requestId'] = named.data.request_id;
    const body = readRouteRequest(request.body);
    const model = dependencies.models.champion();
    if (model === null) throw new UnavailableError('no-model', 'No model is loaded.', 30);
    const clientId = String(response.locals['clientId']);
    const bodyHash = bodyHashOf(response);
    const decideNow = async (): Promise<Answered> => {
      const documents = body.leads[0]?.documents ?? [];
      const documentText = documents.length === 0 ? '' : await dependencies.documents.read(documents, deadline);
      const prepared = traced('read', () => prepare(body, dependencies.reading, documentText));
      return decide(prepared, model, clientId, startedAt(response), deadline, dependencies);
    };
    const answer = body.preview
      ? (await decideNow()).text
      : await dependencies.onceOnly.answer(clientId, body.request_id, bodyHash, async () =>
          toBeStored(await decideNow(), model, { clientId, bodyHash }, dependencies),
        );
    response.type('application/json').send(answer);
  };
}

/** An answer and what led to it. */
interface Answered {
  readonly text: string;
  readonly request: PreparedRequest;
  readonly decided: Decided;
  readonly prices: Prices;
}

async function decide(
  request: PreparedRequest,
  model: ServedModel,
  clientId: string,
  started: number,
  deadline: Deadline,
  { priceBook, bulk }: RouteDependencies,
): Promise<Answered> {
  const prices = await priceBook.pricesFor(clientId, request);
  const decided = await traced('decide', () => bulk.route(request, model, prices, deadline));
  const { manifest } = model;
  const answer: RouteAnswer = {
    request_id: request.request_id,
    model: { version: manifest.version, sha256: model.sha256, kind: manifest.kind, calibrated: manifest.calibrated },
    latency_ms: Math.round((performance.now() - started) * 10) / 10,
    results: decided.results,
  };
  const text = JSON.stringify(answer);
  if (Buffer.byteLength(text) > LIMITS.answerBytes) throw tooLargeAnswer(request.policy.top_k);
  return { text, request, decided, prices };
}

function toBeStored(
  { text, request, decided, prices }: Answered,
  model: ServedModel,
  { clientId, bodyHash }: { clientId: string; bodyHash: string },
  { priceBook, shadow, metrics, stamp }: RouteDependencies,
): Decision {
  const now = Date.now();
  return {
    answer: text,
    stored: () => {
      metrics.decided(request, decided, model);
      // The answer leaves first.
      setImmediate(() => shadow.consider(clientId, request, decided, prices));
    },
    write: {
      kind: 'request',
      request: {
        client_id: clientId,
        request_id: request.request_id,
        kind: 'route',
        body_hash: bodyHash,
        received_at: now,
        model_version: model.manifest.version,
        model_sha256: model.sha256,
        stamp,
        input: JSON.stringify(request),
        answer: text,
        audit: JSON.stringify(decided.audit),
      },
      decisions: decisionRows(clientId, request.request_id, decided, now),
      prices: priceBook.stepsAfter(clientId, request, decided.audit),
    },
  };
}

function tooLargeAnswer(topK: number): SenselessRequestError {
  const detail = `${topK} for each lead would make the answer larger than ${LIMITS.answerBytes} bytes`;
  return new SenselessRequestError([{ path: 'policy.top_k', detail }]);
}

/** What is stored of each decision of a request beside the request itself. */
export function decisionRows(clientId: string, requestId: string, { results }: Decided, now: number): DecisionRow[] {
  return results.map((result, position) => ({
    client_id: clientId,
    request_id: requestId,
    position,
    trace_id: result.trace_id,
    recommended: result.recommended,
    arm: result.arm,
    propensity: result.propensity,
    score: result.score,
    confidence: result.confidence,
    win_probability:
      result.ranking.find((candidate) => candidate.rep_ref === result.recommended)?.win_probability ?? null,
    decided_at: now,
  }));
}
