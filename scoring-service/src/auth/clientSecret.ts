import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
const COST = { N: 16384, r: 8, p: 1 };
const KEY_BYTES = 32;
const HASHED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/=-]+)\$([\w+/=-]+)$/;

/** `scrypt$N$r$p$salt$hash` of a secret, as CLIENT_SECRET takes it. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(secret, salt, KEY_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether a secret is the one that was configured, hashed or plain. Takes the same time whatever differs. */
export async function isSecret(configured: string, offered: string): Promise<boolean> {
  const hashed = HASHED.exec(configured);
  if (hashed === null) return timingSafeEqual(digest(configured), digest(offered));
  const [, n, r, p, salt, hash] = hashed;
  const expected = Buffer.from(hash ?? '', 'base64');
  const actual = await derive(offered, Buffer.from(salt ?? '', 'base64'), expected.length, {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(expected, actual);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
