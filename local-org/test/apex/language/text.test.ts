import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

test('shouldConcatenateEveryTypeAsText', () => {
  assert.deepEqual(
    run(`static void run() {
      String s; Integer i; Long l = 5; Decimal d = 1.50; Double e = 2; Boolean b = true;
      System.debug('' + s + i + l + d + e + b);
      System.debug(1 + 2 + 'x' + 1 + 2);
      System.debug('list ' + new List<String>{ 'a', null });
    }`),
    ['nullnull51.502.0true', '3x12', 'list (a, null)'],
  );
});

test('shouldIgnoreCaseWithDoubleEqualsOnly', () => {
  assert.deepEqual(
    run(`static void run() {
      System.debug('a' == 'A');
      System.debug('a'.equals('A'));
      System.debug(new Set<String>{ 'a' }.contains('A'));
      Object x = 'a'; Object y = 'A';
      System.debug(x == y);
      switch on 'a' { when 'A' { System.debug('A'); } when else { System.debug('else'); } }
    }`),
    ['true', 'false', 'false', 'false', 'else'],
  );
});

test('shouldAppendWithPlusAssign', () => {
  assert.deepEqual(run(`static void run() { String s = 'a'; s += 1; s += null; System.debug(s); }`), ['a1null']);
});
