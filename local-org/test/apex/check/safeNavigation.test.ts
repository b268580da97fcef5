import { test } from 'node:test';
import { acceptsMembers, refusesMembers, refusesStatements } from './harness.ts';

test('shouldNavigateSafely', () => {
  acceptsMembers(
    'String m(Account a) { return a?.Name?.trim(); } Integer n(String s) { return s?.length(); } String o(Contact c) { return c?.Account?.Owner?.Name; }',
    'class A { A next; Integer v; A get() { return this; } } Integer m(A a) { return a?.get()?.next?.v; }',
    'String m() { return [SELECT Name FROM Account]?.Name; }',
  );
});

test('shouldRefuseMembersThatDoNotExistAllTheSame', () => {
  refusesMembers({
    'String m(Account a) { return a?.Zork; }': '2:33 Field does not exist: Zork on Account.',
    'Object m(String s) { return s?.zork(); }':
      '2:32 Method does not exist or incorrect signature: void zork() from the type String.',
  });
});

test('shouldRefuseSafeTargets', () => {
  refusesMembers({
    "void m(Account a) { a?.Name = 'x'; }":
      '2:21 Safe navigation operator cannot be used as the target of an assignment.',
    'class A { Integer v; } void m(A a) { a?.v = 1; }':
      '2:38 Safe navigation operator cannot be used as the target of an assignment.',
    'class A { Integer v; } void m(A a) { a?.v++; }':
      '2:38 Safe navigation operator cannot be used as the target of an assignment.',
  });
});

test('shouldNotAddErrorsBehindASafeNavigation', () => {
  refusesStatements({
    "Account a; a.Name?.addError('x');":
      '3:20 Safe navigation operator is not allowed between SObject field and addError',
    "Account a; a?.Name.addError('x');": '',
  });
});
