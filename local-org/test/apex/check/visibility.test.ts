import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldSeeEverythingWithinATopLevelClass', () => {
  acceptsUnits(
    'public class T { private Integer a; private void m() { } class A { private Integer b; void n(T t) { t.a = 1; t.m(); new B().c = 1; } } class B { private Integer c; private B() { } } }',
  );
});

test('shouldSeeWhatIsOpenToOthers', () => {
  acceptsUnits(
    'public class T { void m() { A x = new A(); x.b = 1; x.c(); A.d = 1; A.E e = A.E.X; } }\n---\npublic class A { public Integer b; public void c() { } public static Integer d; public enum E { X } }',
    'public class T extends A { void m() { this.b = 1; c(); A.d = 2; } class B { void n(T t) { t.b = 1; } } }\n---\npublic virtual class A { protected Integer b; protected void c() { } protected Integer x; public static Integer d; }',
    '@IsTest class T { @IsTest static void m() { A.b = 1; new A().c(); A.D d; } }\n---\npublic class A { @TestVisible private static Integer b; @TestVisible private void c() { } @TestVisible class D { } @TestVisible private A() { } }',
  );
});

test('shouldRefuseWhatIsPrivateElsewhere', () => {
  refusesUnits({
    'public class T { void m(A a) { a.b = 1; } }\n---\npublic class A { private Integer b; }':
      'T.cls:1:34 Variable is not visible: A.b. It is private.',
    'public class T { void m(A a) { a.b(); } }\n---\npublic class A { void b() { } }':
      'T.cls:1:34 Method is not visible: void A.b(). It is private.',
    'public class T { void m() { A.b = 1; } }\n---\npublic class A { static Integer b; }':
      'T.cls:1:31 Variable is not visible: A.b. It is private.',
    'public class T { A.B b; }\n---\npublic class A { class B { } }':
      'T.cls:1:18 Type is not visible: A.B. It is private.',
    'public class T { void m() { Object o = A.E.X; } }\n---\npublic class A { enum E { X } }':
      'T.cls:1:42 Type is not visible: A.E. It is private.',
    'public class T { void m(A a) { a.b = 1; } }\n---\npublic virtual class A { protected Integer b; }':
      'T.cls:1:34 Variable is not visible: A.b. It is protected.',
    '@IsTest class T { @IsTest static void m() { A.b = 1; } }\n---\npublic class A { private static Integer b; }':
      'T.cls:1:47 Variable is not visible: A.b. It is private.',
    'public class T { void m() { A.b = 1; } }\n---\npublic class A { @TestVisible private static Integer b; }':
      'T.cls:1:31 Variable is not visible: A.b. It is private.',
    'public class T extends A { void m() { b = 1; } }\n---\npublic virtual class A { private Integer b; }':
      'T.cls:1:39 Variable is not visible: A.b. It is private.',
  });
});
