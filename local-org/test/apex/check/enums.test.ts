import { test } from 'node:test';
import { acceptsMembers, refusesMembers } from './harness.ts';

test('shouldUseEnums', () => {
  acceptsMembers(
    "enum E { A, B } E x = E.A; void m() { E y = T.E.B; Boolean b = x == y; String n = x.name(); for (E z : E.values()) { System.debug(z.ordinal()); } Map<E, String> all = new Map<E, String>{ E.A => 'a' }; }",
    "LoggingLevel l = LoggingLevel.ERROR; void m() { System.debug(System.LoggingLevel.INFO, 'x'); LoggingLevel loggingLevel = LoggingLevel.WARN; }",
    'LoggingLevel loggingLevel; void m() { loggingLevel = LoggingLevel.WARN; Object all = LoggingLevel.values(); }',
  );
});

test('shouldRefuseValuesThatAnEnumDoesNotHave', () => {
  refusesMembers({
    'enum E { A } E x = E.B;': '2:22 Variable does not exist: B.',
    "enum E { A } void m() { E x = 'A'; }": '2:31 Illegal assignment from String to T.E.',
    'enum E { A } void m() { E x = 0; }': '2:31 Illegal assignment from Integer to T.E.',
    'enum E { A } void m() { E.A = null; }': '2:25 Expression cannot be assigned',
    'enum E { A } enum F { A } Boolean m() { return E.A == F.A; }':
      '2:48 Comparison arguments must be compatible types: T.E, T.F',
    'enum E { A } Boolean m() { return E.A < E.A; }': '2:35 Inequality operator not allowed for this type: T.E',
  });
});

test('shouldLetALocalHideAType', () => {
  refusesMembers({
    'enum Season { A } Boolean m(Season season) { return season == Season.A; }': '2:70 Variable does not exist: A.',
  });
});
