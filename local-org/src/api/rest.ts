import { Router, json, text } from 'express';
import type { Request, RequestHandler } from 'express';
import type { AppDependencies } from './app.ts';
import { authenticate } from './authenticate.ts';
import { identityUrl, originOf } from './identity.ts';

/** Versions of the REST API that are answered alike; the newest is what the project is written for. */
const OLDEST = 31;
const NEWEST = 67;
const MOST_BODY = '50mb';
/** Of a Bulk API upload. */
const MOST_CSV = '150mb';

/** Summer '26 is 67.0; three releases a year. */
function label(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][(version - 66 + 300) % 3] ?? '';
  const year = 26 + Math.floor((version - 66) / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}

/** `/services/data/*`: the versions, and everything under one of them. */
export function restRoutes({ sessions, engine }: AppDependencies): Router {
  const router = Router();

  router.get('/services/data', (_request, response) => {
    const versions = [];
    for (let version = OLDEST; version <= NEWEST; version++) {
      versions.push({ label: label(version), url: `/services/data/v${version}.0`, version: `${version}.0` });
    }
    response.json(versions);
  });

  router.use('/services/data/:version', (request, response, next) => {
    const number = /^v(\d+)\.0$/.exec(request.params['version'] ?? '')?.[1];
    if (number !== undefined && Number(number) >= OLDEST && Number(number) <= NEWEST) return next();
    response.status(404).json([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });

  router.get('/services/data/:version', authenticate(sessions), async (request, response) => {
    const base = `/services/data/${request.params['version']}`;
    const resources = [
      'sobjects',
      'query',
      'queryAll',
      'search',
      'parameterizedSearch',
      'composite',
      'jobs',
      'limits',
      'tooling',
    ];
    const user = await engine.userInfo((response.locals as { userId: string }).userId);
    response.json({
      ...Object.fromEntries(resources.map((name) => [name, `${base}/${name}`])),
      ...(user && { identity: identityUrl(originOf(request), user) }),
    });
  });

  const csvBody = text({ limit: MOST_CSV, type: 'text/csv' });
  const jsonBody = json({ limit: MOST_BODY, strict: false });
  router.all(
    '/services/data/:version/*path',
    authenticate(sessions),
    knownMediaType,
    csvBody,
    jsonBody,
    async (request, response) => {
      const { userId } = response.locals as { userId: string };
      const answer = await engine.rest({
        method: request.method,
        path: request.path.replace(/^\/services\/data\/v\d+\.0/, ''),
        version: versionOf(request),
        query: singleValues(request),
        headers: headersOf(request),
        body: request.body as unknown,
        userId,
      });
      response.status(answer.status).set('Sforce-Limit-Info', 'api-usage=1/15000');
      response.type('application/json').set(answer.headers ?? {});
      if (answer.body === null) response.end();
      else response.send(answer.body);
    },
  );
  return router;
}

/** Source: REST API Developer Guide, Status Codes and Error Responses; the text is unverified. Of XML there is none here. */
const knownMediaType: RequestHandler = (request, response, next) => {
  // null: there is no body.
  if (request.is(['application/json', 'text/csv']) !== false) return next();
  const message = `The content type ${request.get('content-type') ?? ''} is not supported: send application/json`;
  response.status(415).json([{ message, errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]);
};

/** `67.0` of `/services/data/v67.0/…`. */
function versionOf(request: Request): string {
  return /^\/services\/data\/v(\d+\.0)/.exec(request.path)?.[1] ?? '';
}

/** Values of a name that occurs more than once (`sobject=Account&sobject=Contact`) are listed. */
function singleValues(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.originalUrl, 'http://org');
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name).join(',')]));
}

function headersOf(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    // The token stays here.
    if (value !== undefined && name !== 'authorization') headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
