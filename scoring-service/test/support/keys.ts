import { writeFile } from 'node:fs/promises';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

/** A P-256 key pair with its private JWK, as SIGNING_KEYS_FILE takes it. */
export interface TestKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

export async function aKey(kid: string): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    kid,
    privateKey,
    publicKey,
    privateJwk: { ...(await exportJWK(privateKey)), kid },
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
  };
}

/** Writes a file of signing keys; `signsFrom` in milliseconds since 1970, absent for always. */
export async function writeKeys(file: string, keys: readonly [TestKey, number?][]): Promise<void> {
  const listed = keys.map(([{ privateJwk }, signsFrom]) => ({
    ...privateJwk,
    ...(signsFrom === undefined ? {} : { signs_from: new Date(signsFrom).toISOString() }),
  }));
  await writeFile(file, JSON.stringify({ keys: listed }));
}

/** A token as the service of the tests issues it, but for the changes; null takes a claim out. */
export async function aToken(
  key: Pick<TestKey, 'kid' | 'privateKey'>,
  changes: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims: Record<string, unknown> = {
    scope: 'route',
    sub: 'salesforce',
    iss: 'test',
    aud: 'test',
    iat: now,
    exp: now + 600,
    ...changes,
  };
  const payload = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null)) as JWTPayload;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header })
    .sign(key.privateKey);
}
