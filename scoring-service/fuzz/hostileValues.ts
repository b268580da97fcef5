import type { RandomSource } from '../src/assignment/seededRandom.ts';

export function oneOf<Item>(random: RandomSource, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}

const DEEPEST = 10_000;

/** JSON text nested ten thousand deep. */
export function hostileDeep(random: RandomSource): string {
  const depth = DEEPEST - Math.floor(random() * 10);
  return random() < 0.5 ? '['.repeat(depth) + ']'.repeat(depth) : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

/** Text that breaks what takes text for harmless: controls, halves of characters, other directions, code, format strings. */
export function hostileText(random: RandomSource): string {
  return oneOf(random, [
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u2066txt.exe',
    '👩‍👩‍👧‍👦'.repeat(50),
    'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
    '\ufeff',
    '\r\nset-cookie: a=b',
    '${jndi:ldap://x/y}',
    "'; drop table requests; --",
    '<script>alert(1)</script>',
    '%s%n%x%d',
    '../../../../etc/passwd',
    '__proto__',
    'constructor',
    'a'.repeat(5000),
    'ﷺ'.repeat(300),
    'ı'.repeat(100),
    `${'(a+)+'.repeat(20)}$`,
    ' '.repeat(1000),
    '\u0085\u2028\u2029',
  ]);
}

/** JSON text that no required field of the contract takes: wrong types, numbers out of range, text that can't be kept. */
export function hostileValue(random: RandomSource): string {
  return oneOf(random, [
    'null',
    'true',
    'false',
    '-1',
    '1e999',
    '-1e999',
    '-1e308',
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"toString":1,"valueOf":2,"length":3}',
    '{"$gt":""}',
    '""',
    '"\\u0000"',
    '"\\ud800"',
    `"${'a'.repeat(70_000)}"`,
    '[[[]]]',
    '[null]',
    '[{}]',
    hostileDeep(random),
  ]);
}
