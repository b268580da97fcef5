import { Router, raw } from 'express';
import type { AppDependencies } from './app.ts';
import { authenticate } from './authenticate.ts';

/** Source: Apex Developer Guide, Apex REST: the heap of a synchronous request. */
const MOST_BODY = '6mb';

/** `/services/apexrest/*`: classes of the project that are annotated `@RestResource`. */
export function apexRestRoutes({ sessions, engine }: AppDependencies): Router {
  const router = Router();
  const body = raw({ limit: MOST_BODY, type: () => true });
  router.all('/services/apexrest/*path', authenticate(sessions), body, async (request, response) => {
    const { userId } = response.locals as { userId: string };
    const { searchParams, pathname } = new URL(request.originalUrl, 'http://org');
    const answer = await engine.apexRest({
      method: request.method,
      path: decodeURI(pathname.slice('/services/apexrest'.length)),
      query: [...searchParams],
      headers: pairs(request.rawHeaders),
      body: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null,
      remoteAddress: request.socket.remoteAddress ?? '',
      userId,
    });
    response
      .status(answer.status)
      .type('application/json')
      .set(answer.headers ?? {});
    if (answer.body === null) response.end();
    else response.send(answer.body);
  });
  return router;
}

/** The token stays here. */
function pairs(raw: readonly string[]): [string, string][] {
  const all: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) all.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return all.filter(([name]) => name.toLowerCase() !== 'authorization');
}
