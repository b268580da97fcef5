import express from 'express';
import type { Express, Request, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { AccessTokens } from './auth/accessTokens.ts';
import { requireScope } from './auth/requireScope.ts';
import { tokenEndpoint } from './auth/tokenEndpoint.ts';
import type { Client } from './auth/tokenEndpoint.ts';
import { UnavailableError } from './errors.ts';
import type { DeadlineLimits } from './http/deadline.ts';
import { methodNotAllowed, notFound, problemDocuments } from './http/problems.ts';
import { requestContext } from './http/requestContext.ts';
import type { StoredAnswers } from './http/storedAnswers.ts';
import type { ServedModel } from './model/servedModel.ts';
import { routeEndpoint } from './routing/routeEndpoint.ts';
import { LIMITS } from './routing/routeSchema.ts';

/** All that the service is made of; nothing is read from elsewhere. */
export interface Dependencies {
  log: Logger;
  client: Client;
  tokens: AccessTokens;
  /** The model that serves now; null while there is none. */
  model(): ServedModel | null;
  storedAnswers: StoredAnswers;
  deadlines: DeadlineLimits;
}

const LARGEST_FORM = 8 * 1024;

/** The service's HTTP interface (docs/scoring-service.md). Opens nothing and listens on nothing. */
export function createApp({ log, client, tokens, model, storedAnswers, deadlines }: Dependencies): Express {
  const app = express();
  const rawBodies = new WeakMap<Response, Buffer>();
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestContext(log), helmet());

  app
    .route('/oauth/token')
    .post(
      express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 20 }),
      tokenEndpoint(client, tokens),
    )
    .all(methodNotAllowed('POST'));

  const keepRawBody = (_request: unknown, response: unknown, body: Buffer): void => {
    rawBodies.set(response as Response, body);
  };
  app
    .route('/v1/route')
    .post(
      requireScope(tokens, 'route'),
      express.json({ limit: LIMITS.bodyBytes, verify: keepRawBody }),
      routeEndpoint({
        model,
        storedAnswers,
        deadlines,
        rawBody: (response) => rawBodies.get(response) ?? Buffer.alloc(0),
      }),
    )
    .all(methodNotAllowed('POST'));

  app
    .route('/.well-known/jwks.json')
    .get((_request: Request, response: Response) => {
      response.set('cache-control', 'public, max-age=300').json(tokens.keys);
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
    .get((_request: Request, response: Response) => {
      const served = model();
      if (served === null) throw new UnavailableError('no-model', 'No model is loaded.', 30);
      const { version, kind, calibrated } = served.manifest;
      response.json({ status: 'ready', model: { version, sha256: served.sha256, kind, calibrated } });
    })
    .all(methodNotAllowed('GET'));

  app.use(notFound, problemDocuments(log));
  return app;
}
