import express from 'express';
import type { ErrorRequestHandler, Express } from 'express';
import { ZodError } from 'zod';
import { apexRestRoutes } from './apexRest.ts';
import type { EnginePort } from './enginePort.ts';
import { localRoutes } from './local.ts';
import { oauthRoutes } from './oauth.ts';
import { restRoutes } from './rest.ts';
import { issueText, notFound } from './restError.ts';
import type { ConnectedApp, Sessions } from './sessions.ts';
import { toolingTestRoutes } from './toolingTests.ts';
import type { RunTests } from './toolingTests.ts';

export interface AppDependencies {
  readonly engine: EnginePort;
  readonly sessions: Sessions;
  readonly apps: readonly ConnectedApp[];
  readonly runTests: RunTests;
  /** Gets what went wrong inside, which clients are not shown. */
  readonly report: (line: string) => void;
}

/** The HTTP surface of an org. */
export function createApp(dependencies: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(oauthRoutes(dependencies));
  app.use(localRoutes(dependencies));
  app.use(toolingTestRoutes(dependencies));
  app.use(restRoutes(dependencies));
  app.use(apexRestRoutes(dependencies));
  app.use((_request, response) => {
    response.status(404).json([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });
  app.use(errorHandler(dependencies.report));
  return app;
}

function errorHandler(report: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ZodError) {
      const message = error.issues.map(issueText).join('; ');
      response.status(400).json([{ message, errorCode: 'JSON_PARSER_ERROR' }]);
      return;
    }
    if (error instanceof Error && /^the project has no test /.test(error.message)) {
      response.status(400).json([{ message: error.message, errorCode: 'INVALID_INPUT' }]);
      return;
    }
    // A path that is no UTF-8 names nothing.
    if (error instanceof URIError) {
      const { status, faults } = notFound();
      response.status(status).json(faults);
      return;
    }
    const { type, message } = error as { type?: string; message?: string };
    if (type === 'entity.parse.failed') {
      response.status(400).json([{ message: message ?? 'malformed JSON', errorCode: 'JSON_PARSER_ERROR' }]);
      return;
    }
    if (type === 'entity.too.large') {
      response.status(413).json([{ message: 'The request is too large', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
      return;
    }
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    response.status(500).json([{ message: 'An unexpected error occurred', errorCode: 'UNKNOWN_EXCEPTION' }]);
  };
}
