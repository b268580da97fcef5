import { describe, it } from 'node:test';
import { acceptsMembers, acceptsUnits, refusesMembers, refusesUnits } from './harness.ts';

describe('members', () => {
  it('shouldHaveAFewParameters', () =>
    acceptsMembers(
      'void run(Integer a0,Integer a1,Integer a2,Integer a3,Integer a4,Integer a5,Integer a6,Integer a7,Integer a8,Integer a9,Integer a10,Integer a11,Integer a12,Integer a13,Integer a14,Integer a15,Integer a16,Integer a17,Integer a18,Integer a19,Integer a20,Integer a21,Integer a22,Integer a23,Integer a24,Integer a25,Integer a26,Integer a27,Integer a28,Integer a29,Integer a30,Integer a31) { }',
    ));

  it('shouldBeRefusedUnlessTheyHaveAFewParameters', () =>
    refusesMembers({
      'void run(Integer a0,Integer a1,Integer a2,Integer a3,Integer a4,Integer a5,Integer a6,Integer a7,Integer a8,Integer a9,Integer a10,Integer a11,Integer a12,Integer a13,Integer a14,Integer a15,Integer a16,Integer a17,Integer a18,Integer a19,Integer a20,Integer a21,Integer a22,Integer a23,Integer a24,Integer a25,Integer a26,Integer a27,Integer a28,Integer a29,Integer a30,Integer a31,Integer a32) { }':
        '2:6 Invalid number of parameters exceeds: 32',
      'T(Integer a0,Integer a1,Integer a2,Integer a3,Integer a4,Integer a5,Integer a6,Integer a7,Integer a8,Integer a9,Integer a10,Integer a11,Integer a12,Integer a13,Integer a14,Integer a15,Integer a16,Integer a17,Integer a18,Integer a19,Integer a20,Integer a21,Integer a22,Integer a23,Integer a24,Integer a25,Integer a26,Integer a27,Integer a28,Integer a29,Integer a30,Integer a31,Integer a32) { }':
        '2:1 Invalid number of parameters exceeds: 32',
    }));

  it('shouldBeAssignedAndSeenWhereTheyMayBe', () =>
    acceptsUnits(
      'public class T { final Integer a; T() { a = 2; } }',
      'public class T { final Integer a; { a = 2; } }',
      'public class T { static final Integer A; static { A = 2; } }',
      'public virtual class T { protected final Integer a; }\n---\npublic class U extends T { U() { a = 1; } }',
      'public class T { public final Integer a { get; set; } T() { a = 1; } { a = 2; } }',
      'public class T { virtual class A { protected final Integer x; } class B extends A { { x = 1; } B() { x = 2; } } }',
      'public class T { Integer a = 1; Integer b = a; }',
      'public class T { static Integer b = 1; Integer a = b; }',
      'public class T { Integer b { get; set; } Integer a = b; }',
      'public class T { class A { Integer a = B; } static Integer B; }',
      'public class T { { this.a = 1; a.format(); } Integer a; }',
      'public class T { class A { } interface B { } enum C { X } }',
      'public class T { Account Account; void run() { Object o = Account.Name; Account.getSObjectType(); Id i = Account.Id; } }',
    ));

  it('shouldBeRefusedUnlessTheyAreAssignedAndSeenWhereTheyMayBe', () =>
    refusesUnits({
      'public class T { static final Integer A = 1; static void run() { A = 2; } }':
        'T.cls:1:66 Final members can only be assigned in their declaration, init blocks, or constructors: A',
      'public class T { final Integer a; void run() { a = 2; } }':
        'T.cls:1:48 Final members can only be assigned in their declaration, init blocks, or constructors: a',
      'public virtual class T { public final Integer a; }\n---\npublic class U { U() { new T().a = 1; } }':
        'U.cls:1:24 Final members can only be assigned in their declaration, init blocks, or constructors: a',
      'public class T { public Integer a { get; private set; } }\n---\npublic class U { void run() { new T().a = 1; Integer i = new T().a; } }':
        'U.cls:1:31 A value cannot be stored to a in type T here. Its setter is private.',
      'public class T { Integer a = b; Integer b = 1; }': 'T.cls:1:30 Illegal forward reference: b',
      'public class T { static Integer a = b; static Integer b = 1; }': 'T.cls:1:37 Illegal forward reference: b',
      'public class T { Integer a = b; static Integer b = 1; }': 'T.cls:1:30 Illegal forward reference: b',
      'public class T { Integer a = b; Integer b { get; set; } }': 'T.cls:1:30 Illegal forward reference: b',
      'public class T { { a = 1; } Integer a; }': 'T.cls:1:20 Illegal forward reference: a',
      'public class T { { if (a == 1) { } } static Integer a; }': 'T.cls:1:24 Illegal forward reference: a',
      'public class T { static { a++; } static Integer a; }': 'T.cls:1:27 Illegal forward reference: a',
      'public class T { public final Integer a { get; set; } void run() { a = 1; } }':
        'T.cls:1:68 Final members can only be assigned in their declaration, init blocks, or constructors: a',
      'public class T { static final Integer A; T() { A = 1; } }':
        'T.cls:1:48 Final members can only be assigned in their declaration, init blocks, or constructors: A',
      'public class T { Integer a = run(); Integer run() { return 1; } static Integer b = run(); }':
        'T.cls:1:84 Non static method cannot be referenced from a static context: Integer T.run()',
      'public class T { class A { class B { } } }': 'T.cls:1:34 Inner types are not allowed to have inner types',
      'public class T { class A { interface B { } enum C { X } } }':
        'T.cls:1:38 Inner types are not allowed to have inner types\nT.cls:1:49 Inner types are not allowed to have inner types',
      'public class T { Integer a; static void run() { a = 1; this.a = 2; } }':
        'T.cls:1:49 Non static field cannot be referenced from a static context: a from the type T\nT.cls:1:56 This cannot be referenced in a static context',
      'public class T { Integer a; void run() { a = 1; this.a = 2; T.a = 3; } }':
        'T.cls:1:63 Non static field cannot be referenced from a static context: a from the type T',
      'public class T { private Integer a; @TestVisible private Integer b; }\n---\npublic class U { void run() { T t; t.a = 1; t.b = 1; } }':
        'U.cls:1:38 Variable is not visible: T.a. It is private.\nU.cls:1:47 Variable is not visible: T.b. It is private.',
      'public class T { private Integer a; @TestVisible private Integer b; }\n---\n@IsTest private class U { static void run() { T t; t.a = 1; t.b = 1; } }':
        'U.cls:1:54 Variable is not visible: T.a. It is private.',
      'public class T { private void a() { } @TestVisible private void b() { } }\n---\npublic class U { void run() { T t; t.a(); t.b(); } }':
        'U.cls:1:38 Method is not visible: void T.a(). It is private.\nU.cls:1:45 Method is not visible: void T.b(). It is private.',
      'public class T { private static void a() { } void run() { a(); T.a(); this.a(); } }':
        'T.cls:1:76 Static method cannot be referenced from a non static context: void T.a(). Write T.a(…).',
      'public class T { void a() { } static void run() { a(); T.a(); this.a(); } }':
        'T.cls:1:51 Non static method cannot be referenced from a static context: void T.a()\nT.cls:1:58 Non static method cannot be referenced from a static context: void T.a()\nT.cls:1:63 This cannot be referenced in a static context',
      'public class T { Integer String; void run() { Object o = String.valueOf(1); } }':
        'T.cls:1:26 Identifier name is reserved: String',
    }));

  it('shouldSetFinalLocalsAgainInOlderClassesOnly', () => {
    const unit = 'public class T { void run(final Integer a) { final Integer b = 1; a = 2; b = 2; } }';
    const fault = 'Final members can only be assigned in their declaration, init blocks, or constructors';
    refusesUnits({ [unit]: '' }, 53);
    refusesUnits({ [unit]: `T.cls:1:67 ${fault}: a\nT.cls:1:74 ${fault}: b` }, 54);
  });
});
