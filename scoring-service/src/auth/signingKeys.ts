import { readFile } from 'node:fs/promises';
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  importPKCS8,
} from 'jose';
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';

export const ALGORITHM = 'ES256';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
  /** When it begins to sign, in milliseconds since 1970. */
  readonly signsFrom: number;
}

/** The file of SIGNING_KEYS_FILE: private P-256 keys as a JWK set, each with the instant from which it signs. */
const keyFileSchema = z.strictObject({
  keys: z
    .array(
      z.looseObject({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        d: z.string(),
        kid: z.string().min(1).max(200).optional(),
        signs_from: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .min(1)
    .max(10),
});

/**
 * The keys that sign and check tokens. A key is published (and accepted) before it signs, and until the last token that it
 * signed has expired: replicas that read the same file at different moments accept each other's tokens.
 */
export class SigningKeys {
  #keys: readonly SigningKey[];
  readonly #file: string | null;
  readonly #retireAfterMs: number;

  private constructor(keys: readonly SigningKey[], file: string | null, retireAfterMs: number) {
    this.#keys = keys;
    this.#file = file;
    this.#retireAfterMs = retireAfterMs;
  }

  /** One key, given as PKCS#8 PEM, or a fresh one that ends with the process. @throws ConfigurationError */
  static async single(pem: string | undefined, retireAfterMs: number): Promise<SigningKeys> {
    return new SigningKeys([await keyOf(await privateJwk(pem), 0)], null, retireAfterMs);
  }

  /** The keys of a file. @throws ConfigurationError if it can't be used. */
  static async fromFile(file: string, retireAfterMs: number): Promise<SigningKeys> {
    return new SigningKeys(await readKeys(file), file, retireAfterMs);
  }

  /** Reads the file again, so that a secret that was changed takes effect. @throws ConfigurationError; the keys then stay. */
  async reload(): Promise<void> {
    if (this.#file !== null) this.#keys = await readKeys(this.#file);
  }

  /** The key that signs now: the last one whose time has come. */
  current(now = Date.now()): { kid: string; privateKey: CryptoKey } {
    const begun = this.#keys.filter((key) => key.signsFrom <= now);
    const key = begun.at(-1) ?? this.#keys[0];
    if (key === undefined) throw new ConfigurationError('There is no signing key.');
    return key;
  }

  /** The public keys, for whoever checks our tokens. */
  published(now = Date.now()): JSONWebKeySet {
    return { keys: this.#valid(now).map((key) => key.publicJwk) };
  }

  /** The public key with this id, as long as it is published. */
  publicKey(kid: string | undefined, now = Date.now()): CryptoKey | undefined {
    return this.#valid(now).find((key) => key.kid === kid)?.publicKey;
  }

  #valid(now: number): readonly SigningKey[] {
    return this.#keys.filter((_key, index) => {
      const successor = this.#keys[index + 1];
      return successor === undefined || successor.signsFrom + this.#retireAfterMs > now;
    });
  }
}

async function readKeys(file: string): Promise<SigningKey[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new ConfigurationError(`SIGNING_KEYS_FILE: ${file} can't be read as JSON.`);
  }
  const parsed = keyFileSchema.safeParse(content);
  // The message names paths, never values: they are secret.
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new ConfigurationError(`SIGNING_KEYS_FILE: ${file} is no set of private P-256 JWKs; look at: ${paths}.`);
  }
  const keys = await Promise.all(
    parsed.data.keys.map(({ kty, crv, x, y, d, kid, signs_from: from }) =>
      keyOf({ kty, crv, x, y, d, ...(kid === undefined ? {} : { kid }) }, from === undefined ? 0 : Date.parse(from)),
    ),
  ).catch(() => {
    throw new ConfigurationError(`SIGNING_KEYS_FILE: a key of ${file} is no P-256 private key.`);
  });
  await checkKeys(keys, file);
  return keys.sort((one, two) => one.signsFrom - two.signsFrom);
}

/** What would show only when the first token is refused. */
async function checkKeys(keys: readonly SigningKey[], file: string): Promise<void> {
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new ConfigurationError(`SIGNING_KEYS_FILE: two keys of ${file} have the same kid.`);
  }
  if (!keys.some(({ signsFrom }) => signsFrom <= Date.now())) {
    throw new ConfigurationError(`SIGNING_KEYS_FILE: no key of ${file} signs yet; one needs a signs_from in the past.`);
  }
  const probe = new TextEncoder().encode('probe');
  for (const { kid, privateKey, publicKey } of keys) {
    const signed = await new CompactSign(probe).setProtectedHeader({ alg: ALGORITHM }).sign(privateKey);
    await compactVerify(signed, publicKey).catch(() => {
      throw new ConfigurationError(`SIGNING_KEYS_FILE: x and y of the key ${kid} do not belong to its d.`);
    });
  }
}

async function keyOf(jwk: JWK, signsFrom: number): Promise<SigningKey> {
  const { d: _secret, ...publicPart } = jwk;
  const kid = jwk.kid ?? (await calculateJwkThumbprint(publicPart));
  const privateKey = await importJWK(jwk, ALGORITHM);
  const publicKey = await importJWK(publicPart, ALGORITHM);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) {
    throw new ConfigurationError('A signing key must be a P-256 key.');
  }
  return { kid, privateKey, publicKey, publicJwk: { ...publicPart, kid, alg: ALGORITHM, use: 'sig' }, signsFrom };
}

async function privateJwk(pem: string | undefined): Promise<JWK> {
  if (pem === undefined) return exportJWK((await generateKeyPair(ALGORITHM, { extractable: true })).privateKey);
  try {
    return await exportJWK(await importPKCS8(pem, ALGORITHM, { extractable: true }));
  } catch {
    throw new ConfigurationError('SIGNING_KEY must be a P-256 private key as PKCS#8 PEM (openssl genpkey).');
  }
}
