import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { decisionEndpoint } from './audit/decisionEndpoint.ts';
import { evaluationEndpoint } from './audit/evaluationEndpoint.ts';
import { outcomeEndpoint } from './audit/outcomeEndpoint.ts';
import { replayEndpoint } from './audit/replayEndpoint.ts';
import type { AccessTokens } from './auth/accessTokens.ts';
import { requireScope } from './auth/requireScope.ts';
import type { SigningKeys } from './auth/signingKeys.ts';
import { tokenEndpoint } from './auth/tokenEndpoint.ts';
import type { Client } from './auth/tokenEndpoint.ts';
import { UnavailableError } from './errors.ts';
import { Admission } from './http/admission.ts';
import { bodyLimit } from './http/bodyLimit.ts';
import { bodyIsRead, withinDeadline } from './http/deadline.ts';
import type { DeadlineLimits } from './http/deadline.ts';
import { jsonBody } from './http/jsonBody.ts';
import { methodNotAllowed, notFound, problemDocuments } from './http/problems.ts';
import { clientRateLimit, tokenRateLimit } from './http/rateLimits.ts';
import type { RateLimits } from './http/rateLimits.ts';
import { requestContext } from './http/requestContext.ts';
import { Turns } from './http/turns.ts';
import { openApiDocument } from './openapi/document.ts';
import { modelsEndpoint, promoteEndpoint } from './operations/modelEndpoints.ts';
import { requestSpans } from './operations/tracing.ts';
import { routeEndpoint } from './routing/routeEndpoint.ts';
import type { RouteDependencies } from './routing/routeEndpoint.ts';
import { LIMITS } from './routing/routeSchema.ts';
import { scoreEndpoint } from './scoring/scoreEndpoint.ts';
import type { AuditStore } from './store/auditStore.ts';

/** All that the service is made of; nothing is read from elsewhere. */
export interface Dependencies extends RouteDependencies {
  readonly log: Logger;
  readonly clients: readonly Client[];
  readonly keys: SigningKeys;
  readonly tokens: AccessTokens;
  readonly store: AuditStore;
  readonly rateLimits: RateLimits;
  readonly deadlines: DeadlineLimits;
  readonly leadHashKey: string;
}

const LARGEST_FORM = 8 * 1024;
const LARGEST_SCORE = 256 * 1024;
const LARGEST_OUTCOMES = 1024 * 1024;
const LARGEST_COMMAND = 16 * 1024;

/** The service's HTTP interface (docs/scoring-service.md). Opens nothing and listens on nothing. */
export function createApp(dependencies: Dependencies): Express {
  const { log, clients, keys, tokens, models, store, metrics, rateLimits, deadlines } = dependencies;
  const app = express();
  app.disable('etag');
  app.set('query parser', 'simple');
  const turns = new Turns();
  const admission = new Admission(() => metrics.notAdmitted());
  app.use(requestContext(log), admission.count(), metrics.measure(), requestSpans(), helmet());
  app.use(['/v1', '/oauth'], withinDeadline(deadlines));

  const perClient = clientRateLimit(rateLimits);
  const allow = (scope: string): RequestHandler[] => [requireScope(tokens, scope), perClient];
  const work = (scope: string, mostBytes: number): RequestHandler[] => [
    ...allow(scope),
    bodyLimit(mostBytes),
    admission.gate(),
    ...jsonBody(mostBytes),
    turns.take(),
  ];

  app
    .route('/oauth/token')
    .post(
      tokenRateLimit(rateLimits),
      bodyLimit(LARGEST_FORM),
      bodyIsRead,
      express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 20 }),
      tokenEndpoint(clients, tokens),
    )
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/route')
    .post(...work('route', LIMITS.bodyBytes), routeEndpoint(dependencies))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/score')
    .post(...work('score', LARGEST_SCORE), scoreEndpoint({ ...dependencies, hashKey: dependencies.leadHashKey }))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/outcomes')
    .post(...work('outcomes', LARGEST_OUTCOMES), outcomeEndpoint(store))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/decisions/:trace_id')
    .get(...allow('audit'), decisionEndpoint(dependencies))
    .all(methodNotAllowed('GET'));
  app
    .route('/v1/decisions/:trace_id/replay')
    .post(...allow('audit'), admission.gate(), replayEndpoint(dependencies))
    .all(methodNotAllowed('POST'));
  app
    .route('/v1/evaluations')
    .get(...allow('audit'), evaluationEndpoint(store))
    .all(methodNotAllowed('GET'));
  app
    .route('/v1/models')
    .get(...allow('operate'), modelsEndpoint(models))
    .all(methodNotAllowed('GET'));
  app
    .route('/v1/models/:version/promote')
    .post(...allow('operate'), bodyLimit(LARGEST_COMMAND), ...jsonBody(LARGEST_COMMAND), promoteEndpoint(models))
    .all(methodNotAllowed('POST'));

  app
    .route('/.well-known/jwks.json')
    .get((_request: Request, response: Response) => {
      response.set('cache-control', 'public, max-age=300').json(keys.published());
    })
    .all(methodNotAllowed('GET'));
  const description = openApiDocument();
  app
    .route('/openapi.json')
    .get((_request: Request, response: Response) => {
      response.json(description);
    })
    .all(methodNotAllowed('GET'));
  app
    .route('/healthz')
    .get((_request: Request, response: Response) => {
      response.json({ status: 'ok' });
    })
    .all(methodNotAllowed('GET'));
  app
    .route('/readyz')
    .get(async (_request: Request, response: Response) => {
      const served = models.champion();
      if (served === null) throw new UnavailableError('no-model', 'No model is loaded.', 30);
      await store.checkWritable();
      const { version, kind, calibrated } = served.manifest;
      response.json({ status: 'ready', model: { version, sha256: served.sha256, kind, calibrated } });
    })
    .all(methodNotAllowed('GET'));
  app
    .route('/metrics')
    .get(async (_request: Request, response: Response) => {
      response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    })
    .all(methodNotAllowed('GET'));

  app.use(notFound, problemDocuments(log));
  return app;
}
