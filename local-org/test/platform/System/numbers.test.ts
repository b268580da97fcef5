import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

check('shouldConvertToInteger', {
  "Integer.valueOf('42')": '42',
  "Integer.valueOf(' -42 ')": '-42',
  "Integer.valueOf('-42.000')": '-42',
  "Long.valueOf('3000000000.0')": '3000000000',
  'Integer.valueOf((Object) 3.99)': '3',
  'Integer.valueOf((Object) 7L)': '7',
  'Integer.valueOf((Object) Double.valueOf(3000000000L))': '2147483647',
  "Long.valueOf('3000000000')": '3000000000',
  '3000000000L.intValue()': '-1294967296',
  "Double.valueOf('3.89')": '3.89',
  'Double.valueOf((Object) 3)': '3.0',
  'Double.valueOf((Object) 2.50)': '2.5',
  "Boolean.valueOf('TRUE')": 'true',
  "Boolean.valueOf('yes')": 'false',
});

test('shouldThrowTypeExceptionWhenTextIsNoNumber', () => {
  assert.equal(failure("Integer.valueOf('abc')"), 'System.TypeException: Invalid integer: abc');
  assert.equal(failure("Integer.valueOf('1.')"), 'System.TypeException: Invalid integer: 1.');
  assert.equal(failure("Integer.valueOf('.0')"), 'System.TypeException: Invalid integer: .0');
  assert.equal(failure("Long.valueOf('1.01')"), 'System.TypeException: Invalid long: 1.01');
  assert.equal(failure("Integer.valueOf('1.5')"), 'System.TypeException: Invalid integer: 1.5');
  assert.equal(failure("Integer.valueOf('2147483648')"), 'System.TypeException: Invalid integer: 2147483648');
  assert.equal(failure("Integer.valueOf('')"), 'System.TypeException: Invalid integer: ');
  assert.equal(failure("Long.valueOf('x')"), 'System.TypeException: Invalid long: x');
  assert.equal(failure("Double.valueOf('x')"), 'System.TypeException: Invalid double: x');
  assert.equal(failure("Decimal.valueOf('x')"), 'System.TypeException: Invalid decimal: x');
  assert.equal(failure('Integer.valueOf((String) null)'), 'System.NullPointerException: Argument cannot be null.');
});

check('shouldFormatByTheLocaleOfTheUser', {
  '1234567.format()': '1,234,567',
  '1234567890123L.format()': '1,234,567,890,123',
  '12345.6789.format()': '12,345.679',
  '1.0d.format()': '1',
});

check('shouldRoundDecimalsHalfEvenUnlessToldOtherwise', {
  '12.12345678.setScale(4)': '12.1235',
  '2.5.round()': '2',
  '3.5.round()': '4',
  '5.5.round(System.RoundingMode.UP)': '6',
  '5.5.round(System.RoundingMode.DOWN)': '5',
  '(-2.5).round(System.RoundingMode.CEILING)': '-2',
  '(-2.5).round(System.RoundingMode.FLOOR)': '-3',
  '(-2.5).round(System.RoundingMode.HALF_UP)': '-3',
  '(-2.5).round(System.RoundingMode.HALF_DOWN)': '-2',
  '(-2.5).round(System.RoundingMode.HALF_EVEN)': '-2',
  '1.0.round(System.RoundingMode.UNNECESSARY)': '1',
  '1.25.setScale(1, System.RoundingMode.HALF_UP)': '1.3',
  '((Decimal) 1).setScale(2)': '1.00',
});

test('shouldThrowMathExceptionWhenRoundingWasSaidToBeUnnecessary', () => {
  assert.match(failure('5.5.round(System.RoundingMode.UNNECESSARY)'), /^System\.MathException: /);
});

check('shouldDivideDecimals', {
  '1.0 / 3': '0.333333333333333333333333333333333',
  '2.0 / 3': '0.666666666666666666666666666666667',
  '100.0 / 3': '33.3333333333333333333333333333333',
  '10.0 / 4': '2.5',
  '1.00 / 2': '0.50',
  '100.0 / 10': '10.0',
  '0.0 / 7': '0.0',
  '((Decimal) 19).divide(100, 3)': '0.190',
  '12.4567.divide(7, 2, System.RoundingMode.UP)': '1.78',
});

test('shouldThrowWhenDividingByZero', () => {
  assert.equal(failure('1.0 / 0'), 'System.MathException: Divide by 0');
  assert.equal(failure('1.0.divide(0, 2)'), 'System.MathException: Divide by 0');
  assert.equal(failure('1L / 0L'), 'System.MathException: Divide by 0');
  assert.equal(failure('Math.mod(1, 0)'), 'System.MathException: Divide by 0');
});

check('shouldKeepScales', {
  '1.10 * 1.10': '1.2100',
  '1.1 + 2.22': '3.32',
  '123.45.precision()': '5',
  '123.123.precision()': '6',
  '9.27.scale()': '2',
  '3.1400.stripTrailingZeros()': '3.14',
  '1000.0.stripTrailingZeros()': '1E+3',
  '1000.0.stripTrailingZeros().toPlainString()': '1000',
  '4.12.pow(2)': '16.9744',
  '4.12.pow(0)': '1',
  '0.0000001.toPlainString()': '0.0000001',
  '0.0000001': '1E-7',
  '((Decimal) 4321).setScale(-3)': '4E+3',
  '(-6.02214129).abs()': '6.02214129',
  '3.14159265.intValue()': '3',
  '376.730313461.longValue()': '376',
  '6.62606957.doubleValue()': '6.62606957',
  'Decimal.valueOf(1.5d)': '1.5',
  'Decimal.valueOf(7L)': '7',
  "Decimal.valueOf('1.230')": '1.230',
});

check('shouldRoundDoubles', {
  '4.5d.round()': '5',
  '(-4.5d).round()': '-4',
  '4.9d.intValue()': '4',
  '(-4.9d).longValue()': '-4',
  '10000000000.0d': '1.0E10',
  '100.0d': '100.0',
});

check('shouldCalculateAsTheReferenceShows', {
  'Math.abs(-42)': '42',
  'Math.abs(-4.20)': '4.20',
  'Math.ceil(4.2)': '5',
  'Math.ceil(-4.2)': '-4',
  'Math.floor(-4.2)': '-5',
  'Math.ceil(4.2d)': '5.0',
  'Math.max(12, 6)': '12',
  'Math.min(1.5, 2)': '1.5',
  'Math.max(1L, 3L)': '3',
  'Math.mod(12, 5)': '2',
  'Math.mod(-12, 5)': '-2',
  'Math.mod(12L, 5L)': '2',
  'Math.pow(2, 10)': '1024.0',
  'Math.round(4.5)': '4',
  'Math.round(5.5)': '6',
  'Math.round(-4.5d)': '-4',
  'Math.roundToLong(4.5)': '4',
  'Math.roundToLong(4.5d)': '5',
  'Math.rint(2.5)': '2',
  'Math.rint(2.5d)': '2.0',
  'Math.signum(-3.5)': '-1',
  'Math.sqrt(16.0d)': '4.0',
  'Math.sqrt(2.25)': '1.5',
  'Math.cbrt(27.0d)': '3.0',
  'Math.log10(1000.0d)': '3.0',
  'Math.PI': '3.141592653589793',
  'Math.random() < 1': 'true',
});

test('shouldKeepDoublesInListsAsDoubles', () => {
  assert.deepEqual(
    run(`Double whole = 3;
      List<Double> all = new List<Double>{ null };
      all[0] = whole;
      List<Object> seen = all;
      Object kept = seen[0];
      System.debug(kept instanceof Integer);
      System.debug(kept instanceof Double);
      System.debug(kept);`),
    ['false', 'true', '3.0'],
  );
});
