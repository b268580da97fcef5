import { test } from 'node:test';
import { acceptsMembers, refusesMembers } from './harness.ts';

test('shouldRefuseTheObjectInStaticCode', () => {
  refusesMembers({
    'static void m() { n(); } void n() { }':
      '2:19 Non static method cannot be referenced from a static context: void T.n()',
    'static void m() { a = 1; } Integer a;':
      '2:19 Non static field cannot be referenced from a static context: a from the type T',
    'static void m() { this.a = 1; } Integer a;': '2:19 This cannot be referenced in a static context',
    'static void m() { super.toString(); }': '2:19 Super cannot be referenced in a static context',
    'static { this.toString(); }': '2:10 This cannot be referenced in a static context',
    'static Integer b = a; Integer a;':
      '2:20 Non static field cannot be referenced from a static context: a from the type T',
    'static void m() { T.n(); } void n() { }':
      '2:21 Non static method cannot be referenced from a static context: void T.n()',
    'static void m() { T.a = 1; } Integer a;':
      '2:21 Non static field cannot be referenced from a static context: a from the type T',
  });
});

test('shouldRefuseStaticsThroughAnObject', () => {
  refusesMembers({
    'void m(T t) { t.n(); } static void n() { }':
      '2:17 Static method cannot be referenced from a non static context: void T.n(). Write T.n(…).',
    'void m(T t) { t.a = 1; } static Integer a;':
      '2:17 Static field cannot be referenced from a non static context: a from the type T. Write T.a.',
    'void m() { this.n(); } static void n() { }':
      '2:17 Static method cannot be referenced from a non static context: void T.n(). Write T.n(…).',
  });
});

test('shouldRefuseInstanceMembersThroughTheType', () => {
  refusesMembers({
    'void m() { T.n(); } void n() { }': '2:14 Non static method cannot be referenced from a static context: void T.n()',
    'void m() { T.a = 1; } Integer a;':
      '2:14 Non static field cannot be referenced from a static context: a from the type T',
    'void m() { String.length(); }':
      '2:19 Non static method cannot be referenced from a static context: Integer String.length()',
  });
});

test('shouldRefuseSuperWithoutASuperclass', () => {
  refusesMembers({
    'void m() { super.clone(); }':
      '2:18 Method does not exist or incorrect signature: void clone() from the type Object.',
    'static void m() { super.toString(); }': '2:19 Super cannot be referenced in a static context',
    'Integer a; void m() { a = super.a; }': '2:27 No super type defined: T',
    'void m() { Object o = super; }': '2:23 super stands only before a method or constructor call.',
  });
});

test('shouldReachWhatEveryObjectHasWithoutASuperclass', () => {
  acceptsMembers('T() { super(); } void m() { super.toString(); super.hashCode(); super.equals(1); }');
});

test('shouldReachStaticsFromInnerClasses', () => {
  acceptsMembers('static Integer a; static void m() { } class A { void n() { a = 1; m(); T.a = 2; T.m(); } }');
});

test('shouldRefuseInstanceMembersOfTheClassAround', () => {
  refusesMembers({
    'Integer a; class A { void n() { a = 1; } }': '2:33 Variable does not exist: a.',
    'void m() { } class A { void n() { m(); } }':
      '2:35 Method does not exist or incorrect signature: void m() from the type T.A.',
  });
});

test('shouldRefuseForwardReferences', () => {
  refusesMembers({
    'static Integer a = b; static Integer b = 1;': '2:20 Illegal forward reference: b',
    'static String a = b.trim(); static final String b = String.valueOf(1);': '',
    "static final String a = b; static final String b = 'x';": '2:25 Illegal forward reference: b',
    "static Integer a = b.length(); static String b = 'x';": '',
    'Integer a = b; Integer b = 1;': '2:13 Illegal forward reference: b',
    'Integer a = a;': '2:13 Illegal forward reference: a',
  });
});

test('shouldTakeReferencesThatAreNotForward', () => {
  acceptsMembers(
    'static Integer b = 1; static Integer a = b; Integer c = b; Integer d = e(); Integer e() { return f; } Integer f = 1;',
    'Integer a = T.b; static Integer b = 1; static Integer c = T.d; static Integer d;',
    "static final Integer a = b.length(); static final String b = 'x';",
  );
});

test('shouldLeaveWhatIsDeclaredLaterOutOfSightOfADynamicQueryInAnInitialiser', () => {
  acceptsMembers(`static String a; static List<Account> b = Database.query('SELECT Id FROM Account WHERE Name = :a');
    static Integer c = 1; Integer d { get { return 1; } }`);
});
