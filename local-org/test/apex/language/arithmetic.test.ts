import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

/** Prints expressions, one a line. */
function values(...expressions: string[]): string[] {
  return run(`static void run() { ${expressions.map((e) => `System.debug(${e});`).join('\n')} }`);
}

test('shouldWrapIntegersAt32Bits', () => {
  assert.deepEqual(values('2147483647 + 1', '-2147483648 - 1', '65536 * 65536', '100000 * 100000'), [
    '-2147483648',
    '2147483647',
    '0',
    '1410065408',
  ]);
});

test('shouldWrapLongsAt64Bits', () => {
  assert.deepEqual(values('9223372036854775807L + 1', '3000000000L * 4'), ['-9223372036854775808', '12000000000']);
});

test('shouldTruncateIntegerDivision', () => {
  assert.deepEqual(values('7 / 2', '-7 / 2', '7L / 2', '7.0 / 2'), ['3', '-3', '3', '3.5']);
});

test('shouldPromoteToTheWiderType', () => {
  assert.deepEqual(values('1 + 2.50', '1 + 2L', '2 * 1.5d', '1.10 + 2.205'), ['3.50', '3', '3.0', '3.305']);
});

test('shouldThrowOnDivisionByZero', () => {
  assert.deepEqual(run('static void run() { Integer a = 0; Integer b = 1 / a; }'), [
    'System.MathException: Divide by 0',
  ]);
});

test('shouldThrowOnArithmeticWithNull', () => {
  assert.deepEqual(run('static void run() { Integer a; Integer b = a + 1; }'), [
    'System.NullPointerException: Attempt to de-reference a null object',
  ]);
});

test('shouldCompareWithNullAsFalse', () => {
  assert.deepEqual(
    run(
      `static void run() { Integer a; System.debug(a < 1); System.debug(a >= 1); Date d; System.debug(d > Date.newInstance(2020, 1, 1)); }`,
    ),
    ['false', 'false', 'false'],
  );
});

test('shouldShiftAndCombineBits', () => {
  assert.deepEqual(values('1 << 4', '-16 >> 2', '-1 >>> 28', '6 & 3', '6 | 3', '6 ^ 3', '~5', '1L << 40'), [
    '16',
    '-4',
    '15',
    '2',
    '7',
    '5',
    '-6',
    '1099511627776',
  ]);
});

test('shouldEvaluateTargetsOfCompoundAssignmentsOnce', () => {
  assert.deepEqual(
    run(`
      static Integer calls = 0;
      static List<Integer> xs = new List<Integer>{ 1, 2 };
      static Integer next() { return calls++; }
      static void run() {
        xs[next()] += 10;
        System.debug(xs);
        System.debug(xs[0]++ + ++xs[1]);
        System.debug(xs);
        System.debug(calls);
      }`),
    ['(11, 2)', '14', '(12, 3)', '1'],
  );
});

test('shouldGiveOldValueOfPostfixAndNewValueOfPrefix', () => {
  assert.deepEqual(
    run(
      `static void run() { Integer i = 5; System.debug(i++); System.debug(++i); System.debug(i--); System.debug(i); }`,
    ),
    ['5', '7', '7', '6'],
  );
});

test('shouldNotShortCircuitSingleOperators', () => {
  assert.deepEqual(
    run(`
      static Boolean say(String s) { System.debug(s); return true; }
      static void run() {
        Boolean a = say('a') | say('b');
        Boolean b = say('c') || say('d');
        Boolean c = !say('e') && say('f');
      }`),
    ['a', 'b', 'c', 'e'],
  );
});

test('shouldConvertBetweenNumbersByCast', () => {
  assert.deepEqual(values('(Integer) 3.99', '(Integer) -3.99', '(Long) 7', '(Decimal) 2', '(Integer) 5000000000L'), [
    '3',
    '-3',
    '7',
    '2',
    '705032704',
  ]);
});
