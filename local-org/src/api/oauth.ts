import { createHmac } from 'node:crypto';
import { Router, urlencoded } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { UserInfo } from './operations/userInfo.ts';
import type { AppDependencies } from './app.ts';
import { identityUrl, originOf } from './identity.ts';
import { JWT_BEARER, readAssertion } from './jwtBearer.ts';
import { sameSecret } from './sessions.ts';
import type { ConnectedApp } from './sessions.ts';

const tokenBody = z.object({
  grant_type: z.string(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  assertion: z.string().optional(),
});
type TokenBody = z.output<typeof tokenBody>;

/** Who is logged in through which app, and what is said where there is no such user. */
interface Granted {
  readonly app: ConnectedApp;
  readonly username: string;
  readonly unknown: string;
}
interface Refusal {
  readonly error: string;
  readonly description: string;
}

/** `/services/oauth2/*`: the client-credentials and JWT bearer flows, and who a token belongs to. */
export function oauthRoutes(dependencies: AppDependencies): Router {
  const { sessions, apps, engine } = dependencies;
  const router = Router();

  async function grant(request: Request, body: TokenBody, origin: string): Promise<Granted | Refusal> {
    if (body.grant_type === JWT_BEARER) {
      const assertion = await readAssertion(body.assertion ?? '', apps, origin);
      return 'error' in assertion ? assertion : { ...assertion, unknown: "user hasn't approved this consumer" };
    }
    if (body.grant_type !== 'client_credentials') {
      const description = 'grant type not supported: local-org has client_credentials and jwt-bearer';
      return { error: 'unsupported_grant_type', description };
    }
    const { id, secret } = clientOf(request, body);
    const app = apps.find(({ clientId }) => clientId === id);
    if (!app) return { error: 'invalid_client_id', description: 'client identifier invalid' };
    if (!sameSecret(secret, app.clientSecret)) {
      return { error: 'invalid_client', description: 'invalid client credentials' };
    }
    const unknown = 'no valid user is set for the client credentials flow';
    return { app, username: app.username, unknown };
  }

  router.post('/services/oauth2/token', urlencoded({ extended: false }), async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const body = tokenBody.safeParse(request.body);
    if (!body.success) return refuse(response, 'unsupported_grant_type', 'grant type not supported');
    const origin = originOf(request);
    const granted = await grant(request, body.data, origin);
    if ('error' in granted) return refuse(response, granted.error, granted.description);
    const login = await engine.login(granted.username);
    if (!login) return refuse(response, 'invalid_grant', granted.unknown);
    const issuedAt = String(Date.now());
    const identity = identityUrl(origin, login);
    response.json({
      access_token: sessions.open(login.userId),
      signature: createHmac('sha256', granted.app.clientSecret)
        .update(identity + issuedAt)
        .digest('base64'),
      scope: 'api',
      instance_url: origin,
      id: identity,
      token_type: 'Bearer',
      issued_at: issuedAt,
    });
  });

  router.post('/services/oauth2/revoke', urlencoded({ extended: false }), (request, response) => {
    const body = z.object({ token: z.string() }).safeParse(request.body);
    if (!body.success) return refuse(response, 'unsupported_token_type', 'token is missing');
    sessions.close(body.data.token);
    response.status(200).end();
  });

  const identity = async (request: Request, response: Response) => {
    const userId = sessions.userOf(request.get('authorization'));
    const user = userId === null ? null : await engine.userInfo(userId);
    if (!user) {
      response.status(403).type('text/plain').send('Bad_OAuth_Token');
      return;
    }
    response.json(identityJson(user, originOf(request)));
  };
  router.get('/services/oauth2/userinfo', identity);
  router.get('/id/:organization/:user', identity);
  return router;
}

function clientOf(request: Request, body: TokenBody): { id: string; secret: string } {
  const basic = /^Basic\s+(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (basic === undefined) return { id: body.client_id ?? '', secret: body.client_secret ?? '' };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(':')) };
}

function refuse(response: Response, error: string, description: string): void {
  response.status(400).json({ error, error_description: description });
}

function identityJson(user: UserInfo, origin: string): Record<string, unknown> {
  return {
    id: identityUrl(origin, user),
    sub: identityUrl(origin, user),
    user_id: user.userId,
    organization_id: user.organizationId,
    username: user.username,
    preferred_username: user.username,
    display_name: user.name,
    name: user.name,
    email: user.email,
    zoneinfo: user.timeZone,
    timezone: user.timeZone,
    locale: user.locale,
    language: user.language,
    active: true,
    urls: { rest: `${origin}/services/data/v{version}/`, query: `${origin}/services/data/v{version}/query/` },
  };
}
