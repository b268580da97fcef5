import { test } from 'node:test';
import { acceptsAnonymous, refusesAnonymous } from './harness.ts';

test('shouldRunStatementsAndMethods', () => {
  acceptsAnonymous(
    'Integer i = 1; System.debug(i + add(i)); Integer add(Integer a) { return a + 1; }',
    'class A { Integer v = 1; } A a = new A(); System.debug(a.v);',
    'for (Account a : [SELECT Id FROM Account]) { update a; } return;',
  );
});

test('shouldRefuseMistakes', () => {
  refusesAnonymous({
    "Integer i = 'x';": '1:13 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
    'zork();': '1:1 Method does not exist or incorrect signature: void zork() from the type AnonymousBlock.',
    'Integer i; Integer i;': '1:20 Duplicate variable: i',
    'return 1;': '1:1 Return must be called from a method',
    'break;': '1:1 Break statement must be in loop',
  });
});
