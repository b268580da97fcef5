import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, HashedSecret['cost'], Buffer>(scrypt);
const COST = { N: 16384, r: 8, p: 1 };
const KEY_BYTES = 32;
const HASHED = /^scrypt\$(\d{1,7})\$(\d{1,3})\$(\d{1,3})\$([\w+/=-]+)\$([\w+/=-]+)$/;
/** Node's default limit of scrypt; a cost above it could never be paid. */
const MOST_MEMORY = 32 * 1024 * 1024;
const SHORTEST_SALT = 8;
const SHORTEST_HASH = 16;

interface HashedSecret {
  readonly cost: { N: number; r: number; p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Whether a text is meant as a hash: a damaged one must not pass for a secret as it stands. */
export function isMeantAsHash(text: string): boolean {
  return text.startsWith('scrypt');
}

/** Whether a text is a hash that `hashSecret` could have made, with a cost that can be paid. */
export function isHash(text: string): boolean {
  return parseHash(text) !== null;
}

function parseHash(text: string): HashedSecret | null {
  const parts = HASHED.exec(text);
  if (parts === null) return null;
  const [N, r, p] = parts.slice(1, 4).map(Number);
  const [salt, hash] = parts.slice(4).map((part) => Buffer.from(part, 'base64'));
  if (!N || !r || !p || salt === undefined || hash === undefined) return null;
  const isPowerOfTwo = N > 1 && (N & (N - 1)) === 0;
  // scrypt needs 128·N·r bytes, and Node refuses when that is at its limit.
  if (!isPowerOfTwo || 128 * N * r >= MOST_MEMORY || p > 16) return null;
  if (salt.length < SHORTEST_SALT || hash.length < SHORTEST_HASH) return null;
  return { cost: { N, r, p }, salt, hash };
}

/** `scrypt$N$r$p$salt$hash` of a secret, as CLIENT_SECRET takes it. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(secret, salt, KEY_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether a secret is the one that was configured, hashed or plain. Takes the same time whatever differs. */
export async function isSecret(configured: string, offered: string): Promise<boolean> {
  const hashed = parseHash(configured);
  if (hashed === null) return timingSafeEqual(digest(configured), digest(offered));
  const actual = await derive(offered, hashed.salt, hashed.hash.length, hashed.cost);
  return timingSafeEqual(hashed.hash, actual);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
