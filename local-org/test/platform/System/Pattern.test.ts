import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

check('shouldMatchAsJavaDoes', {
  "Pattern.matches('a*b', 'aaaaab')": 'true',
  "Pattern.matches('a', 'ab')": 'false',
  "Pattern.matches('a|ab', 'ab')": 'true',
  "Pattern.matches('(?i)SALES\\\\w+', 'salesforce')": 'true',
  "Pattern.matches('x(?i)ab|C', 'xAB')": 'true',
  "Pattern.matches('x(?i)ab|C', 'c')": 'true',
  "Pattern.matches('x(?i)ab|C', 'XAB')": 'false',
  "Pattern.matches('(?i:a)b', 'AB')": 'false',
  "Pattern.matches('a.c', 'a\\nc')": 'false',
  "Pattern.matches('(?s)a.c', 'a\\nc')": 'true',
  "Pattern.matches('\\\\p{Upper}\\\\p{Lower}+', 'Abc')": 'true',
  "Pattern.matches('\\\\p{L}+', 'Größe')": 'true',
  "Pattern.matches('\\\\p{Alpha}+', 'Größe')": 'false',
  "Pattern.matches('[a-z&&[^aeiou]]+', 'xyz')": 'true',
  "Pattern.matches('[a-z&&[^aeiou]]+', 'xyza')": 'false',
  "Pattern.matches('[a-c[x-z]]+', 'abz')": 'true',
  "Pattern.matches('[^\\\\w\\\\s]+', '-!')": 'true',
  "Pattern.matches('[]a]+', 'a]')": 'true',
  "Pattern.matches('\\\\Qa.b\\\\E', 'a.b')": 'true',
  "Pattern.matches('\\\\Qa.b\\\\E', 'axb')": 'false',
  "Pattern.matches('(a)(b)\\\\2\\\\1', 'abba')": 'true',
  "Pattern.matches('(?<x>a)\\\\k<x>', 'aa')": 'true',
  "Pattern.matches('a++a', 'aaa')": 'false',
  "Pattern.matches('(?>a|ab)c', 'abc')": 'false',
  "Pattern.matches('\\\\x41\\\\u0042\\\\t', 'AB\\t')": 'true',
  "Pattern.matches('(?x) a b # comment', 'ab')": 'true',
  "Pattern.matches('\\\\d{3}-\\\\d{4}', '555-1234')": 'true',
  "Pattern.matches('\\\\s', '\\u000b')": 'true',
  "Pattern.matches('a\\\\/b', 'a/b')": 'true',
  "Pattern.matches('\\\\R', '\\r\\n')": 'true',
});

check('shouldAnchorAsJavaDoes', {
  "'a\\nb'.replaceAll('(?m)^', '>')": '>a\n>b',
  "'a\\nb'.replaceAll('^', '>')": '>a\nb',
  "'a\\n'.replaceAll('a$', 'x')": 'x\n',
  "'a\\n'.replaceAll('a\\\\z', 'x')": 'a\n',
  "'a\\nb'.replaceAll('(?m)$', '<')": 'a<\nb<',
  "'ab cd'.replaceAll('\\\\b', '|')": '|ab| |cd|',
});

check('shouldReplaceWithGroups', {
  "'2024-03-15'.replaceAll('(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3.$2.$1')": '15.03.2024',
  "'ab'.replaceAll('(?<first>a)', '${first}${first}')": 'aab',
  "'price'.replaceAll('price', '\\\\$5')": '$5',
  "'a1'.replaceAll('(a)', '$11')": 'a11',
  "Matcher.quoteReplacement('$5')": '\\$5',
  "'x'.replaceAll('x', Matcher.quoteReplacement('$5'))": '$5',
  "'abc'.replaceAll('x?', '-')": '-a-b-c-',
  "Pattern.quote('a.b')": '\\Qa.b\\E',
  "Pattern.compile('a(b)').pattern()": 'a(b)',
});

test('shouldThrowWhenAReplacementNamesAGroupThatIsNotThere', () => {
  assert.equal(failure("'x'.replaceAll('x', '$1')"), 'System.StringException: No group 1');
});

test('shouldFindOneAfterTheOther', () => {
  assert.deepEqual(
    run(`Matcher m = Pattern.compile('(a)(x)?b').matcher('ab..axb');
      System.debug(m.groupCount());
      while (m.find()) { System.debug(m.group() + ' ' + m.group(1) + ' ' + m.group(2) + ' ' + m.start() + ' ' + m.end() + ' ' + m.start(2)); }
      m.reset(); System.debug(m.find(1)); System.debug(m.start());
      m.reset('ab'); System.debug(m.matches());`),
    ['2', 'ab a null 0 2 -1', 'axb a x 4 7 5', 'true', '4', 'true'],
  );
});

test('shouldKeepToItsRegion', () => {
  assert.deepEqual(
    run(`Matcher m = Pattern.compile('^b').matcher('abab'); m.region(1, 3);
      System.debug(m.find()); System.debug(m.start()); System.debug(m.lookingAt()); System.debug(m.matches());
      System.debug(m.regionStart() + ' ' + m.regionEnd());`),
    ['true', '1', 'true', 'false', '1 3'],
  );
});

test('shouldThrowWhenThereIsNoMatchToAskFor', () => {
  assert.equal(failure("Pattern.compile('a').matcher('b').group()"), 'System.StringException: No match found');
});

test('shouldThrowStringExceptionWhenAPatternIsNone', () => {
  for (const pattern of ['[a', '(a', 'a)', '*a', '\\\\p{Foo}', '[z-a]', '(?<x>a)(?<x>b)', '(?<=a+)b']) {
    assert.match(failure(`Pattern.compile('${pattern}')`), /^System\.StringException: Invalid regex: /, pattern);
  }
});

test('shouldStopLoudlyWhenJavaScriptHasNoCounterpart', () => {
  assert.throws(() => run("Pattern.compile('\\\\Ga');"), /local-org does not support \\G in regular expressions/);
});

test('shouldThrowLimitExceptionWhenATextIsTooLongForThePlatform', () => {
  assert.equal(failure("' '.repeat(500001).split('x')"), 'System.LimitException: Regex too complicated');
});
