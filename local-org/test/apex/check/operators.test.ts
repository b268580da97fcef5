import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements } from './harness.ts';

test('shouldPromoteNumbers', () => {
  acceptsStatements(
    'Long l = 1 + 2L; Double d = 1L + 1.5d; Decimal c = 1.5d + 1.5; Integer i = 7 / 2;',
    'Integer i = 1 << 2; Long l = 1L >>> 2; Integer b = 5 & 3 | 1 ^ ~2; Boolean t = true & false | true ^ true;',
  );
});

test('shouldJoinTextWithAnything', () => {
  acceptsStatements("String s = 'a' + 1 + null + new Account() + true; s += 1; s = 1 + 'a';");
});

test('shouldMoveDatesAndTimes', () => {
  acceptsStatements(
    'Date d = Date.today() + 1; d = d - 1L; Datetime t = System.now() + 1; t = t - 1.5; Time m = Time.newInstance(1, 0, 0, 0) + 5;',
  );
});

test('shouldRefuseArithmeticWithOtherTypes', () => {
  refusesStatements({
    'Integer i = 1 + true;': '3:13 Arithmetic expressions must use numeric arguments. These are Integer and Boolean.',
    "Integer i = 'a' - 'b';": '3:13 Arithmetic expressions must use numeric arguments. These are String and String.',
    "Integer i = 1 * 'a';": '3:13 Arithmetic expressions must use numeric arguments. These are Integer and String.',
    'Integer i = new Account() + 1;':
      '3:13 Arithmetic expressions must use numeric arguments. These are Account and Integer.',
    'Object o = null + 1;': '3:12 Arithmetic expressions must use numeric arguments. These are null and Integer.',
    'Integer i = 1 & 1.5;':
      '3:13 & operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Integer and Decimal.',
    'Integer i = 1 << 1.5;':
      '3:13 << operation can only be applied to Integer or Long types. These are Integer and Decimal.',
    'Decimal d = ~1.5;': '3:13 Invalid type for bitwise negate: Decimal',
    'String s = +Account.Name;': '3:12 Unary negation must use a numeric argument. This is SObjectField.',
    "String s = -'a';": '3:12 Unary negation must use a numeric argument. This is String.',
    'Boolean b = !5;': '3:14 ! operator can only be applied to boolean expressions',
    'Date d = Date.today() + 1.5;': '3:10 Date expressions must use Integer or Long',
    'Date d = Date.today() - Date.today();': '3:10 Date expressions must use Integer or Long',
    'Date d = Date.today() * 2;': '3:10 Arithmetic expressions must use numeric arguments. These are Date and Integer.',
    'Datetime t = System.now() + 1L;': '3:14 Date/time expressions must use Integer or Double or Decimal',
    'Time t = Time.newInstance(1, 0, 0, 0) + 1.5;': '3:10 Time expressions must use Integer or Long',
  });
});

test('shouldRefuseConditionsThatAreNoBooleans', () => {
  refusesStatements({
    'Boolean b = true && 1;': '3:21 Logical operator can only be applied to Boolean. This is Integer.',
    "Boolean b = 'a' || true;": '3:13 Logical operator can only be applied to Boolean. This is String.',
    'if (1) { }': '3:5 Condition expression must be of type Boolean: Integer',
    'if (null) { }': '3:5 Condition expression must be of type Boolean: null',
    "while ('x') { }": '3:8 Condition expression must be of type Boolean: String',
    'Integer i = 1; if (i = 2) { }': '3:20 Condition expression must be of type Boolean: Integer',
  });
});

test('shouldCompareWhatBelongsTogether', () => {
  acceptsMembers(
    "Boolean m(Integer a, Decimal b, String c, Id d, Date e, Datetime f) { return a < b && a == b && c > 'a' && c == d && e < f && e == f; }",
    'Boolean m(Object a, Account b, SObject c, List<String> d, List<Object> e) { return a == 1 && b == c && d == e && b == null && a != d; }',
    'enum E { A } Boolean m(E value, T t) { return value == E.A && t === this && t !== null; }',
    'interface I { } class A { } Boolean m(I i, A a) { return i == a; }',
  );
});

test('shouldRefuseComparisonsOfStrangers', () => {
  refusesMembers({
    'Boolean m(String a, Integer b) { return a == b; }':
      '2:41 Comparison arguments must be compatible types: String, Integer',
    'Boolean m(Account a, Contact b) { return a == b; }':
      '2:42 Comparison arguments must be compatible types: Account, Contact',
    'Boolean m(List<String> a, Set<String> b) { return a != b; }':
      '2:51 Comparison arguments must be compatible types: List<String>, Set<String>',
    'Boolean m(T a, Account b) { return a == b; }': '2:36 Comparison arguments must be compatible types: T, Account',
    'Boolean m(Boolean a, Integer b) { return a == b; }':
      '2:42 Comparison arguments must be compatible types: Boolean, Integer',
    'Boolean m(Integer a, Integer b) { return a === b; }':
      '2:42 Exact equality operator only allowed for reference types: Integer',
    'Boolean m(Integer a, String b) { return a < b; }':
      '2:41 Comparison arguments must be compatible types: Integer, String',
    'Boolean m(Boolean a, Boolean b) { return a < b; }': '2:42 Inequality operator not allowed for this type: Boolean',
    'Boolean m(Object a, Object b) { return a < b; }': '2:40 Inequality operator not allowed for this type: Object',
    'Boolean m(Integer a) { return a < null; }': '2:31 Comparison arguments must be compatible types: Integer, null',
  });
});

test('shouldIncrementNumbersOnly', () => {
  refusesStatements({
    'String s; s++;': '3:11 Unary postfix increment/decrement can only be applied to numeric expressions: String',
    'Boolean b; --b;': '3:12 Unary prefix decrement can only be applied to numeric expressions: Boolean',
    'Date d; d++;': '3:9 Unary postfix increment/decrement can only be applied to numeric expressions: Date',
    '5++;': '3:1 Expression cannot be assigned',
  });
});

test('shouldRefuseCompoundAssignmentsThatDoNotFit', () => {
  refusesStatements({
    'Integer i; i += 1.5;': '3:12 Illegal assignment from Decimal to Integer.',
    'Integer i; i += 5L;': '3:12 Illegal assignment from Long to Integer.',
    "String s; s -= 'a';": '3:11 Arithmetic expressions must use numeric arguments. These are String and String.',
    'Boolean b; b += true;': '3:12 Arithmetic expressions must use numeric arguments. These are Boolean and Boolean.',
    'Decimal d; d <<= 1;':
      '3:12 << operation can only be applied to Integer or Long types. These are Decimal and Integer.',
  });
});

test('shouldTakeCompoundAssignments', () => {
  acceptsStatements(
    'Decimal d; d += 1; d /= 2.0d; Boolean b; b &= true; b |= false; Integer i; i <<= 1; i -= 1; String s; s += null; Date t; t += 5;',
  );
});

test('shouldRefuseTargetsThatAreNoVariables', () => {
  refusesMembers({
    'void m() { 5 = 1; }': '2:12 Expression cannot be assigned',
    'void m() { this = null; }': '2:12 Expression cannot be assigned',
    'void m() { m() = 1; }': '2:12 Expression cannot be assigned',
    "void m(Account a) { a?.Name = 'x'; }":
      '2:21 Safe navigation operator cannot be used as the target of an assignment.',
  });
});

test('shouldKeepLiteralsInRange', () => {
  refusesStatements({
    'Integer i = 2147483648;': '3:13 Illegal integer: 2147483648. Write 2147483648L for a Long.',
    'Integer i = -2147483649;': '3:14 Illegal integer: 2147483649. Write 2147483649L for a Long.',
    'Long l = 9223372036854775808L;': '3:10 Illegal long: 9223372036854775808. The greatest is 9223372036854775807.',
  });
});

test('shouldTakeTheGreatestAndLeastLiterals', () => {
  acceptsStatements('Integer i = 2147483647; Integer j = -2147483648; Long l = 9223372036854775807L;');
});

test('shouldRefuseBadIndexes', () => {
  refusesStatements({
    "Object o = new List<String>()['x'];": '3:31 List index must be of type Integer: String',
    'Object o = new List<String>()[1L];': '3:31 List index must be of type Integer: Long',
    'Object o = new List<String>()[null];': '3:31 List index must be of type Integer: null',
    "Object o = new Map<String, String>()['x'];": '3:12 Expression must be a list type: Map<String, String>',
    "Object o = 'abc'[0];": '3:12 Expression must be a list type: String',
  });
});

test('shouldLetPlusBeforeAStringChangeNothing', () => {
  acceptsStatements("String s = + 'a' + + 'b';");
});

test('shouldNotTakeNullForABoolean', () => {
  refusesStatements({
    'Boolean b = true && null;': '3:13 Comparison arguments must be compatible types: Boolean, NULL',
    'Boolean b = null || true;': '3:13 Comparison arguments must be compatible types: NULL, Boolean',
    'Boolean b = !null;': '3:13 ! operator can only be applied to boolean expressions',
  });
});
