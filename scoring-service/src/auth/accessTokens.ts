import { randomUUID } from 'node:crypto';
import {
  SignJWT,
  calculateJwkThumbprint,
  createLocalJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  importPKCS8,
  jwtVerify,
} from 'jose';
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose';
import { ConfigurationError, UnauthorizedError } from '../errors.ts';

export const TOKEN_SECONDS = 600;
const ALGORITHM = 'ES256';

/** Who calls, and what they may do. */
export interface Caller {
  clientId: string;
  scopes: readonly string[];
}

/** Issues and checks access tokens: ES256 JWTs of ten minutes. */
export interface AccessTokens {
  /** The public keys, for whoever checks our tokens. */
  readonly keys: JSONWebKeySet;
  issue(caller: Caller): Promise<string>;
  /** @throws UnauthorizedError unless the token is ours, for our audience and still valid. */
  check(token: string): Promise<Caller>;
}

/**
 * Token issuer for a P-256 private key (PKCS#8 PEM), or for a fresh one: tokens are then accepted by this process alone
 * and not after a restart.
 * @throws ConfigurationError if the key can't be read.
 */
export async function createAccessTokens(options: {
  signingKey: string | undefined;
  issuer: string;
  audience: string;
}): Promise<AccessTokens> {
  const key = await privateKey(options.signingKey);
  const { d: _secret, ...publicKey }: JWK = await exportJWK(key);
  const kid = await calculateJwkThumbprint(publicKey);
  const keys: JSONWebKeySet = { keys: [{ ...publicKey, kid, alg: ALGORITHM, use: 'sig' }] };
  const keySet = createLocalJWKSet(keys);
  const { issuer, audience } = options;
  return {
    keys,
    issue: ({ clientId, scopes }) =>
      new SignJWT({ scope: scopes.join(' '), client_id: clientId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(clientId)
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_SECONDS}s`)
        .setJti(randomUUID())
        .sign(key),
    check: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          issuer,
          audience,
          algorithms: [ALGORITHM],
          typ: 'at+jwt',
        });
        if (typeof payload.sub !== 'string' || typeof payload['scope'] !== 'string') {
          throw new UnauthorizedError('The access token names no client or scope.');
        }
        return { clientId: payload.sub, scopes: payload['scope'].split(' ') };
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new UnauthorizedError('The access token has expired.');
        if (error instanceof errors.JOSEError) throw new UnauthorizedError('The access token is not valid here.');
        throw error;
      }
    },
  };
}

async function privateKey(pem: string | undefined): Promise<CryptoKey> {
  if (pem === undefined) return (await generateKeyPair(ALGORITHM, { extractable: true })).privateKey;
  try {
    return await importPKCS8(pem, ALGORITHM, { extractable: true });
  } catch {
    throw new ConfigurationError('SIGNING_KEY must be a P-256 private key as PKCS#8 PEM (openssl genpkey).');
  }
}
