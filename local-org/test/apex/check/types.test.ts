import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldExtendWhatIsOpen', () => {
  acceptsUnits(
    'public class T extends A { }\n---\npublic virtual class A { }',
    'public interface T extends Comparable { void m(); }',
    'public class MyException extends Exception { }\n---\npublic class T { virtual class AException extends Exception { } class BException extends AException { } }',
    'public class T extends T.A { public virtual class A { } }',
  );
});

test('shouldRefuseParentsOfAnotherKind', () => {
  refusesUnits({
    'public class T extends Comparable { }':
      'T.cls:1:24 Invalid class: Comparable. It is an interface. Use implements.\nT.cls:1:14 Class T must implement the method: Integer Comparable.compareTo(Object)',
    'public class T extends String { }': 'T.cls:1:24 Invalid class: String. It is a primitive.',
    'public class T extends Account { }': 'T.cls:1:24 Invalid class: Account. It is an SObject.',
    'public class T extends A { }\n---\npublic class A { }':
      'T.cls:1:24 Non-virtual and non-abstract type cannot be extended: A. Declare it virtual or abstract.',
    'public class T extends Zork { }': 'T.cls:1:24 Invalid type: Zork',
    'public class T extends A[] { }\n---\npublic virtual class A { }':
      'T.cls:1:24 A type is not allowed to extend or implement an array ref: List<A>',
    'public class T implements A { }\n---\npublic virtual class A { }':
      'T.cls:1:27 Invalid interface: A. It is a class. Use extends.',
    'public class T implements Account { }': 'T.cls:1:27 Invalid interface: Account. It is an SObject.',
    'public interface T extends A { }\n---\npublic virtual class A { }':
      'T.cls:1:28 Invalid interface: A. It is a class.',
    'public class T extends HttpRequest { }':
      'T.cls:1:24 Non-virtual and non-abstract type cannot be extended: HttpRequest.',
    'public class T extends A { }\n---\npublic enum A { X }': 'T.cls:1:24 Invalid class: A. It is an enum.',
  });
});

test('shouldRefuseInterfacesTwice', () => {
  refusesUnits({
    'public class T implements A, A { interface B { } }\n---\npublic interface A { }':
      'T.cls:1:30 Interface already implemented: A',
    'public abstract class T implements Iterable<String>, Iterable<Integer> { }':
      'T.cls:1:54 Generic Interface already implemented: Iterable<Integer>',
  });
});

test('shouldRefuseCircles', () => {
  refusesUnits({
    'public virtual class T extends T { }': 'T.cls:1:22 Circular definition: T. It is its own ancestor.',
    'public virtual class T extends A { }\n---\npublic virtual class A extends T { }':
      'T.cls:1:22 Circular definition: T. It is its own ancestor.',
    'public interface T extends A { }\n---\npublic interface A extends T { }':
      'T.cls:1:18 Circular definition: T. It is its own ancestor.',
    'public virtual class T extends T.A { public virtual class A extends T { } }':
      'T.cls:1:22 Circular definition: T. It is its own ancestor.',
  });
});

test('shouldKeepExceptionsAndTheirNamesTogether', () => {
  refusesUnits({
    'public class T extends Exception { }':
      "T.cls:1:14 Classes extending Exception must have a name ending in 'Exception': T",
    'public class TException { }':
      'TException.cls:1:14 Exception class must extend another Exception class: TException',
    'public class TException extends Exception { public TException() { } }':
      'TException.cls:1:45 System exception constructor already defined: <Constructor>(). Remove it: every exception has it.',
    'public class TException extends Exception { public TException(String s, Exception c) { } }':
      'TException.cls:1:45 System exception constructor already defined: <Constructor>(String, Exception). Remove it: every exception has it.',
    'public class AException extends Exception { }\n---\npublic class BException extends AException { }':
      'BException.cls:1:33 Non-virtual and non-abstract type cannot be extended: AException. Declare it virtual or abstract.',
    'public class T extends DmlException { }':
      "T.cls:1:24 Non-virtual and non-abstract type cannot be extended: DmlException.\nT.cls:1:14 Classes extending Exception must have a name ending in 'Exception': T",
  });
});

test('shouldKeepSomeInterfacesForTopLevelClasses', () => {
  refusesUnits({
    'public class T { abstract class A implements Database.Batchable<SObject> { } }':
      'T.cls:1:46 Only top-level classes can implement Database.Batchable<SObject>',
  });
});

test('shouldRefuseMembersTwice', () => {
  refusesUnits({
    'public class T { Integer a; String A; }': 'T.cls:1:36 Duplicate field: A',
    'public class T { Integer a; Integer a { get; set; } }': 'T.cls:1:37 Duplicate field: a',
    'public class T { static Integer a; Integer a; }': 'T.cls:1:44 Duplicate field: a',
    'public class T { void m(Integer a) { } Integer M(Integer b) { return 1; } }':
      'T.cls:1:48 Method already defined: M Integer T.M(Integer) from the type T',
    'public class T { static void m() { } void m() { } }':
      'T.cls:1:43 Method already defined: m void T.m() from the type T',
    'public class T { void m(List<String> a) { } void m(String[] a) { } }':
      'T.cls:1:50 Method already defined: m void T.m(List<String>) from the type T',
    'public class T { class A { } class a { } }': 'T.cls:1:36 Type name already in use: T.a',
    'public class T { class T { } }': 'T.cls:1:24 Type name already in use: T.T. The class around it has it.',
    'public enum T { A, B, a }': 'T.cls:1:23 Duplicate field: a',
    'public class T { }\n---\npublic class t { }': 't.cls:1:14 Type name already in use: t. Another file has it too.',
    'public interface T { void m(); void m(); }': 'T.cls:1:37 Method already defined: m void T.m() from the type T',
    'public interface T { void m(Integer a, String A); }': 'T.cls:1:47 Duplicate variable: A',
  });
});

test('shouldLetOverloadsAndOtherKindsShareAName', () => {
  acceptsUnits(
    'public class T { Integer a; Integer a() { return 1; } void m(String a) { } void m(Integer a) { } void m(List<String> a) { } void m(List<Integer> a) { } }',
  );
});

test('shouldRefuseMoreThan32Parameters', () => {
  refusesUnits({
    'public class T { void m(Integer p0, Integer p1, Integer p2, Integer p3, Integer p4, Integer p5, Integer p6, Integer p7, Integer p8, Integer p9, Integer p10, Integer p11, Integer p12, Integer p13, Integer p14, Integer p15, Integer p16, Integer p17, Integer p18, Integer p19, Integer p20, Integer p21, Integer p22, Integer p23, Integer p24, Integer p25, Integer p26, Integer p27, Integer p28, Integer p29, Integer p30, Integer p31, Integer p32) { } }':
      'T.cls:1:23 Invalid number of parameters exceeds: 32',
  });
});

test('shouldRefuseTypesThatDoNotExist', () => {
  refusesUnits({
    'public class T { Zork a; Zork m(Zork b) { return null; } List<Zork> c; Zork d { get; set; } }':
      'T.cls:1:18 Invalid type: Zork\nT.cls:1:63 Invalid type: Zork\nT.cls:1:72 Invalid type: Zork\nT.cls:1:33 Invalid type: Zork\nT.cls:1:26 Invalid type: Zork',
    'public class T implements Zork { }': 'T.cls:1:27 Invalid type: Zork',
    'public class T extends Exceptoin { }': 'T.cls:1:24 Invalid type: Exceptoin',
    'public class T { A.B c; class A { } }': 'T.cls:1:18 Invalid type: A.B',
  });
});

test('shouldFindTypesOutwards', () => {
  acceptsUnits(
    'public class T { class A { B b; T t; T.B c; } class B { A a; } enum E { X } E e; T.E f; }',
    'public virtual class T { public class A { } }\n---\npublic class B extends T { A a; class C { A b; } }',
    'public class T { Schema.Account a; System.String b; Database.SaveResult c; Messaging.SingleEmailMessage d; Schema.SObjectType e; Account[] f; Map<String, List<Set<Id>>> g; }',
    'public class T { ApexPages.PageReference p = System.currentPageReference(); }',
    'public class T { String s; Test t; class Test { } void m() { Test x = new Test(); System.Test.startTest(); } }',
  );
});

test('shouldSayNothingOfWhatAMissingParentMayHave', () => {
  refusesUnits({
    'public class T { void m(A a) { a.n(); } }\n---\npublic interface A extends Zork { }':
      'A.cls:1:28 Invalid type: Zork',
    'public class T extends Zork { public override void m() { n(); f = 1; super.m(); this.o().p(); } T() { super(1); } }':
      'T.cls:1:24 Invalid type: Zork',
    'public class T implements Zork { void m() { n(); f = 1; } }':
      'T.cls:1:27 Invalid type: Zork\nT.cls:1:45 Method does not exist or incorrect signature: void n() from the type T.\nT.cls:1:50 Variable does not exist: f.',
    'public class TException extends Zork { }\n---\npublic class B { void m() { throw new TException(); } }':
      'TException.cls:1:33 Invalid type: Zork',
  });
});
