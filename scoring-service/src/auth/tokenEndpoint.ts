import type { RequestHandler } from 'express';
import { z } from 'zod';
import { TokenRequestError } from '../errors.ts';
import { TOKEN_SECONDS } from './accessTokens.ts';
import type { AccessTokens } from './accessTokens.ts';
import { isSecret } from './clientSecret.ts';

/** A client that may ask for tokens. `secret` is hashed or plain, as `isSecret` takes it. */
export interface Client {
  id: string;
  secret: string;
  scopes: readonly string[];
}

const formSchema = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
});

/** `POST /oauth/token`: client credentials (RFC 6749, section 4.4) by Basic header or in the body. */
export function tokenEndpoint(clients: readonly Client[], tokens: AccessTokens): RequestHandler {
  return async (request, response) => {
    const form = formSchema.safeParse(request.body ?? {});
    if (!form.success) throw new TokenRequestError(400, 'invalid_request', 'A parameter was given more than once.');
    const { grant_type: grantType, scope } = form.data;
    const client = await clientOf(clients, offeredCredentials(request.headers.authorization, form.data));
    if (client === undefined) {
      throw new TokenRequestError(401, 'invalid_client', 'The client id or secret is not right.');
    }
    if (grantType !== 'client_credentials') {
      const error = grantType === undefined ? 'invalid_request' : 'unsupported_grant_type';
      throw new TokenRequestError(400, error, 'grant_type must be client_credentials.');
    }
    const scopes = scope === undefined || scope.trim() === '' ? client.scopes : scope.trim().split(/ +/);
    const refused = scopes.filter((each) => !client.scopes.includes(each));
    if (refused.length > 0) {
      throw new TokenRequestError(400, 'invalid_scope', `This client may not have the scope ${refused.join(' ')}.`);
    }
    response.set('cache-control', 'no-store').json({
      access_token: await tokens.issue({ clientId: client.id, scopes }),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      scope: scopes.join(' '),
    });
  };
}

interface Credentials {
  id: string;
  secret: string;
}

/**
 * What the caller may have meant. RFC 6749, section 2.3.1, wants id and secret form-encoded within a Basic header; many
 * clients send them as they are.
 */
function offeredCredentials(header: string | undefined, form: z.infer<typeof formSchema>): Credentials[] {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return [{ id: form.client_id ?? '', secret: form.client_secret ?? '' }];
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const decoded = { id: formDecoded(id), secret: formDecoded(secret) };
  return decoded.id === id && decoded.secret === secret ? [decoded] : [decoded, { id, secret }];
}

/** A secret is compared whatever the id says, so that the time taken does not tell whether a client exists. */
async function clientOf(clients: readonly Client[], offered: readonly Credentials[]): Promise<Client | undefined> {
  for (const { id, secret } of offered) {
    const named = clients.find((client) => client.id === id);
    const compared = named ?? clients[0];
    const isRight = compared !== undefined && (await isSecret(compared.secret, secret));
    if (isRight && named !== undefined) return named;
  }
  return undefined;
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
