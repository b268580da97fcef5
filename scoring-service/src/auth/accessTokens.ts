import { randomUUID } from 'node:crypto';
import { SignJWT, createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { UnauthorizedError, UnavailableError } from '../errors.ts';
import { ALGORITHM } from './signingKeys.ts';
import type { SigningKeys } from './signingKeys.ts';

export const TOKEN_SECONDS = 600;
/** A superseded key stays valid for the tokens it signed, and for clocks that differ. */
export const KEY_RETIRES_AFTER_MS = (TOKEN_SECONDS + 300) * 1000;
const MOST_KEPT = 1000;

/** Who calls, and what they may do. */
export interface Caller {
  clientId: string;
  scopes: readonly string[];
}

/** An outside issuer whose tokens are accepted, checked by its JWKS. */
export const trustedIssuerSchema = z.strictObject({
  issuer: z.string().min(1),
  jwks_uri: z
    .url({ protocol: /^https?$/ })
    .refine(isPrivateTransport, 'must be https; http only from this machine itself'),
  audience: z.string().min(1),
  algorithms: z
    .array(z.enum(['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA']))
    .min(1)
    .default(['ES256', 'RS256', 'PS256']),
  /** Claim with the scopes: a text separated by blanks, or a list. */
  scope_claim: z.string().default('scope'),
  client_claim: z.string().default('sub'),
  /** Scopes that this issuer may give. */
  scopes: z.array(z.string()).min(1),
});
export type TrustedIssuer = z.infer<typeof trustedIssuerSchema>;

/** Issues and checks access tokens: ES256 JWTs of ten minutes, and those of trusted issuers. */
export class AccessTokens {
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #audience: string;
  readonly #trusted: ReadonlyMap<string, { terms: TrustedIssuer; keySet: JWTVerifyGetKey }>;
  /** Checking a signature takes longer than scoring a lead: tokens that were checked are known until they expire. */
  readonly #checked = new Map<string, { caller: Caller; expiresAt: number }>();

  constructor(options: { keys: SigningKeys; issuer: string; audience: string; trusted?: readonly TrustedIssuer[] }) {
    this.#keys = options.keys;
    this.#issuer = options.issuer;
    this.#audience = options.audience;
    this.#trusted = new Map(
      (options.trusted ?? []).map((terms) => [
        terms.issuer,
        { terms, keySet: createRemoteJWKSet(new URL(terms.jwks_uri)) },
      ]),
    );
  }

  issue({ clientId, scopes }: Caller): Promise<string> {
    const { kid, privateKey } = this.#keys.current();
    return new SignJWT({ scope: scopes.join(' '), client_id: clientId })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid })
      .setIssuer(this.#issuer)
      .setAudience(this.#audience)
      .setSubject(clientId)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .setJti(randomUUID())
      .sign(privateKey);
  }

  /** @throws UnauthorizedError unless the token is ours or a trusted issuer's, for our audience and still valid. */
  async check(token: string): Promise<Caller> {
    const known = this.#checked.get(token);
    if (known !== undefined && known.expiresAt > Date.now()) return known.caller;
    try {
      const { caller, payload } = await this.#verify(token);
      if (this.#checked.size >= MOST_KEPT) this.#checked.clear();
      // A key that is withdrawn early must not live on here for long.
      const expiresAt = Math.min((payload.exp ?? 0) * 1000, Date.now() + 60_000);
      this.#checked.set(token, { caller, expiresAt });
      return caller;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new UnauthorizedError('The access token has expired.');
      if (error instanceof errors.JOSEError) throw new UnauthorizedError('The access token is not valid here.');
      throw error;
    }
  }

  async #verify(token: string): Promise<{ caller: Caller; payload: JWTPayload }> {
    const outside = this.#trusted.get(decodeJwt(token).iss ?? '');
    if (outside !== undefined) {
      const { issuer, audience, algorithms, scope_claim, client_claim, scopes } = outside.terms;
      const options = { issuer, audience, algorithms, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, reachable(outside.keySet), options);
      const given = scopesIn(payload[scope_claim]).filter((scope) => scopes.includes(scope));
      return { caller: callerOf(payload[client_claim], given, `${issuer}#`), payload };
    }
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = this.#keys.publicKey(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        issuer: this.#issuer,
        audience: this.#audience,
        algorithms: [ALGORITHM],
        typ: 'at+jwt',
        requiredClaims: ['exp'],
      },
    );
    return { caller: callerOf(payload.sub, scopesIn(payload['scope']), ''), payload };
  }
}

/** An issuer's keys; UnavailableError where they can't be had: the token may be good. */
function reachable(keySet: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      const isOfToken = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      if (isOfToken || error instanceof errors.JOSENotSupported) throw error;
      throw new UnavailableError('issuer-unreachable', "The keys of the token's issuer can not be fetched.", 5);
    }
  };
}

/** Keys that come over an open line could be anyone's. */
function isPrivateTransport(url: string): boolean {
  // What is no URL at all is told as such.
  if (!URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** An outside client can't take one of ours' name: its own has the issuer before it. */
function callerOf(name: unknown, scopes: readonly string[], prefix: string): Caller {
  if (typeof name !== 'string' || name === '' || scopes.length === 0) {
    throw new UnauthorizedError('The access token names no client or scope.');
  }
  return { clientId: prefix + name, scopes };
}

function scopesIn(claim: unknown): string[] {
  const listed = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return listed.filter((scope): scope is string => typeof scope === 'string' && scope !== '');
}
