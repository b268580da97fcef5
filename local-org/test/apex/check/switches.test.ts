import { test } from 'node:test';
import { acceptsMembers, refusesMembers, refusesStatements } from './harness.ts';

test('shouldSwitchOnNumbersTextEnumsAndRecords', () => {
  acceptsMembers(
    "void m(Integer i, Long l, String s) { switch on i { when 1, -2 { } when null { } when else { } } switch on l { when 5L, 6 { } } switch on s { when 'a' { } } }",
    'enum E { A, B } void m(E value) { switch on value { when A { } when B, null { } } }',
    "void m(SObject s, Task t) { switch on s { when Account a { a.Name = 'x'; } when Lead l { } when null { } } switch on t.What { when Account a { } } }",
    'static final Integer ONE = 1; void m(Integer i) { switch on i { when ONE { } } }',
  );
});

test('shouldRefuseOtherSubjects', () => {
  refusesStatements({
    'switch on true { when true { } }': "3:23 'true' is a reserved word and can't be a name: choose another",
    'switch on 1.5 { when 1 { } }':
      '3:11 Decimal is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.',
    'switch on Date.today() { when null { } }':
      '3:16 Date is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.',
    'switch on new List<String>() { when null { } }':
      '3:11 List<String> is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.',
    'Object o; switch on o { when 1 { } }':
      '3:21 Object is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.',
  });
});

test('shouldRefuseValuesOfAnotherType', () => {
  refusesMembers({
    "void m(Integer i) { switch on i { when 'a' { } } }":
      "2:40 String value in 'when expression' cannot be implicitly converted to the Integer type in switch expression",
    'void m(Integer i) { switch on i { when 5L { } } }':
      "2:40 Long value in 'when expression' cannot be implicitly converted to the Integer type in switch expression",
    'void m(String s) { switch on s { when 1 { } } }':
      "2:39 Integer value in 'when expression' cannot be implicitly converted to the String type in switch expression",
    'enum E { A } void m(E value) { switch on value { when C { } } }':
      '2:55 Variable does not exist: C. T.E has no such value.',
    'enum E { A } void m(E value) { switch on value { when E.A { } } }':
      "2:55 Enum value used in 'when expression' should be unqualified",
    'void m(SObject s) { switch on s { when 1 { } } }':
      "2:40 Switching on SObject types must be a 'when type variable' or 'when null'",
    'void m(Account a) { switch on a { when Account b { } } }':
      "2:35 Account in the 'when expression' is already matching the switch expression type",
    'void m(Account a) { switch on a { when Contact b { } } }':
      "2:35 Contact value in 'when expression' cannot be implicitly converted to the Account type in switch expression",
    'void m(SObject s) { switch on s { when String t { } } }': "2:35 String cannot be a 'when type variable' block",
  });
});

test('shouldRefuseAValueTwice', () => {
  refusesMembers({
    'void m(Integer i) { switch on i { when 1, 1 { } } }':
      '2:43 1 occurs as more than one when branch for this switch statement',
    'void m(Integer i) { switch on i { when 1 { } when 1 { } } }':
      '2:51 1 occurs as more than one when branch for this switch statement',
    'enum E { A } void m(E value) { switch on value { when A { } when a { } } }':
      '2:66 A occurs as more than one when branch for this switch statement',
    'void m(SObject s) { switch on s { when Account a { } when Account b { } } }':
      '2:54 Account occurs as more than one when branch for this switch statement',
  });
});

test('shouldRefuseValuesThatAreNoConstants', () => {
  refusesMembers({
    'void m(Integer i, Integer j) { switch on i { when j { } } }':
      "2:51 'when expression' must be a literal, a constant literal field or enum value",
    'static Integer one = 1; void m(Integer i) { switch on i { when one { } } }':
      '2:64 Field must be a static final constant: one',
    'static final Integer TWO = 1 + 1; void m(Integer i) { switch on i { when TWO { } } }':
      '2:74 Field must be a non null literal: TWO',
  });
});

test('shouldKeepWhenElseLast', () => {
  refusesMembers({
    'void m(Integer i) { switch on i { when else { } when 1 { } } }':
      "2:49 Unexpected 'when' after 'when else', which must be the last",
  });
});

test('shouldKeepLocalsInTheirCase', () => {
  refusesMembers({
    'void m(SObject s) { switch on s { when Account a { } when else { a = null; } } }':
      '2:66 Variable does not exist: a.',
  });
});
