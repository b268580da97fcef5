import { describe, it } from 'node:test';
import { acceptsStatements, acceptsUnits, refusesStatements, refusesUnits } from './harness.ts';

describe('values of when', () => {
  it('shouldFit', () =>
    acceptsStatements(
      'Integer i; switch on i { when 1 { } when 2, 3 { } when null { } when else { } }',
      "String s; switch on s { when 'a' { } when 'A' { } }",
      'Long l; switch on l { when 1L { } when 2 { } }',
      'SObject s; switch on s { when Account a { } when Contact c { } when null { } when else { } }',
      'TriggerOperation t; switch on t { when BEFORE_INSERT, AFTER_INSERT { } when else { } }',
    ));

  it('shouldBeRefusedUnlessTheyFit', () =>
    refusesStatements({
      'Integer i; switch on i { when 1 { } when 1 { } }':
        '3:42 1 occurs as more than one when branch for this switch statement',
      'Integer i; switch on i { when 1, 1 { } }':
        '3:34 1 occurs as more than one when branch for this switch statement',
      "String s; switch on s { when 'a' { } when 'a' { } }":
        '3:43 a occurs as more than one when branch for this switch statement',
      'Boolean b; switch on b { when true { } }': "3:31 'true' is a reserved word and can't be a name: choose another",
      'Decimal d; switch on d { when 1.0 { } }':
        "3:31 Unexpected '1.0': expected a value, 'else', or a type and a name",
      'Date d; switch on d { when null { } }':
        '3:19 Date is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.',
      'Integer i; Integer j; switch on i { when j { } }':
        "3:42 'when expression' must be a literal, a constant literal field or enum value",
      'Integer i; switch on i { when 1 + 1 { } }': "3:33 Unexpected '+': expected '{'",
      'SObject s; switch on s { when Account a { } when Account b { } }':
        '3:45 Account occurs as more than one when branch for this switch statement',
      'Object o; switch on o { when Account a { } when String s { } }':
        "3:21 Object is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.\n3:44 String cannot be a 'when type variable' block",
      'TriggerOperation t; switch on t { when TriggerOperation.BEFORE_INSERT { } }':
        "3:40 Enum value used in 'when expression' should be unqualified",
      'TriggerOperation t; switch on t { when NOPE { } }':
        '3:40 Variable does not exist: NOPE. TriggerOperation has no such value.',
    }));

  it('shouldBeConstants', () =>
    acceptsUnits(
      'public class T { static final Integer A = 1; static Integer B = 1; final Integer C = 1; static final Integer D = A; void run(Integer i) { switch on i { when A { } } } }',
      'public class T { static final Integer A = 1; static final Integer B = 1; void run(Integer i) { switch on i { when A { } when B { } } } }',
      "public class T { static final String A = 'a'; void run(String i) { switch on i { when A { } when 'a' { } } } }",
    ));

  it('shouldBeRefusedUnlessTheyAreConstants', () =>
    refusesUnits({
      'public class T { static Integer B = 1; void run(Integer i) { switch on i { when B { } } } }':
        'T.cls:1:81 Field must be a static final constant: B',
      'public class T { final Integer C = 1; void run(Integer i) { switch on i { when C { } } } }':
        'T.cls:1:80 Field must be a static final constant: C',
      'public class T { static final Integer A = 1; static final Integer D = A; void run(Integer i) { switch on i { when D { } } } }':
        'T.cls:1:115 Field must be a non null literal: D',
    }));
});
