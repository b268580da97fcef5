import { test } from 'node:test';
import { acceptsMembers, refusesMembers, refusesUnits } from './harness.ts';

test('shouldReadAndWriteProperties', () => {
  acceptsMembers(
    'public Integer a { get; set; } void m() { a = a + 1; a++; this.a += 2; }',
    'Integer a { get { return a == null ? 1 : a; } set { a = value; } } void m() { a = 1; }',
    'Integer a { get; private set; } void m() { a = 1; } static Integer B { get { return 1; } } Integer n() { return B; }',
  );
});

test('shouldRefuseReadsAndWritesThatAPropertyDoesNotTake', () => {
  refusesMembers({
    'Integer a { get; } void m() { a = 1; }': '2:31 A value cannot be stored to a in type T. It has no setter.',
    'static Integer a { get; } void m() { a = 1; }': '2:38 A value cannot be stored to a in type T. It has no setter.',
    'Integer a { get { return 1; } } void m() { a++; }':
      '2:44 A value cannot be stored to a in type T. It has no setter.',
    'Integer a { set; } Integer m() { return a; }': '2:41 A value cannot be read from a in type T. It has no getter.',
    'Integer a { set; } void m() { a += 1; }': '2:31 A value cannot be read from a in type T. It has no getter.',
  });
});

test('shouldTakeWritesToAPropertyThatIsOnlyWritten', () => {
  acceptsMembers('Integer a { set; } void m() { a = 1; this.a = 2; }');
});

test('shouldRefuseAccessorsThatDoNotFit', () => {
  refusesMembers({
    'Integer a { get { } }': '2:13 Missing return statement required return type: Integer',
    "Integer a { get { return 'x'; } }": '2:26 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
    'Integer a { set { return 1; } }': '2:19 Void method must not return a value',
    'private Integer a { public get; set; }': '2:21 Cannot declare public get accessor on private property',
    'Integer a { }': '2:9 Property must have at least one accessor: a. Write { get; set; }.',
  });
});

test('shouldSeeAccessorsOfTheirOwnVisibility', () => {
  refusesUnits({
    'public class T { void m(A a) { a.b = 1; } }\n---\npublic class A { public Integer b { get; private set; } }':
      'T.cls:1:32 A value cannot be stored to b in type A here. Its setter is private.',
    'public class T { Integer m(A a) { return a.b; } }\n---\npublic class A { public Integer b { private get; set; } }':
      'T.cls:1:44 Variable is not visible: A.b. Its getter is private.',
  });
});
