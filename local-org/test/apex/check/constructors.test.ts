import { test } from 'node:test';
import { acceptsMembers, refusesMembers, refusesStatements, refusesUnits } from './harness.ts';

test('shouldConstructClassesAndExceptions', () => {
  acceptsMembers(
    'class A { Integer i; A(Integer i) { this.i = i; } A() { this(1); } } void m() { new A(); new A(2); }',
    "class MyException extends Exception { } void m() { throw new MyException('m', new MyException()); }",
    "class MyException extends Exception { MyException(Integer code) { this('code ' + code); } } void m() { throw new MyException(1); }",
    'virtual class A { public A(Integer i) { } } class B extends A { B() { super(1); } }',
    'virtual class A { } class B extends A { B() { } B(Integer i) { super(); } }',
    "void m() { new HttpRequest(); new DmlException('x'); new List<String>(); }",
  );
});

test('shouldRefuseConstructorsThatDoNotExist', () => {
  refusesMembers({
    'class A { A(Integer i) { } } void m() { new A(); }': '2:41 Constructor not defined: [T.A].<Constructor>()',
    'class A { } void m() { new A(1); }': '2:24 Constructor not defined: [T.A].<Constructor>(Integer)',
    "void m() { new HttpRequest('x'); }": '2:12 Constructor not defined: [HttpRequest].<Constructor>(String)',
    "class A { A(Integer i) { } A() { this('x'); } }": '2:34 Constructor not defined: [T.A].<Constructor>(String)',
    "virtual class A { public A(Integer i) { } } class B extends A { B() { super('x'); } }":
      '2:71 Constructor not defined: [T.A].<Constructor>(String)',
  });
});

test('shouldRefuseTypesThatAreNotConstructed', () => {
  refusesMembers({
    'abstract class A { } void m() { new A(); }': '2:33 Abstract classes cannot be constructed: T.A',
    'interface A { } void m() { new A(); }': '2:28 Type cannot be constructed: T.A. It is an interface.',
    'enum A { X } void m() { new A(); }': '2:25 Type cannot be constructed: T.A. It is an enum.',
    'void m() { new Integer(); }': '2:12 Type cannot be constructed: Integer. It is a primitive.',
    "void m() { new Exception('x'); }":
      '2:12 Type cannot be constructed: Exception. Construct a class of your own that extends it.',
    'class A { } void m() { new A(i = 1); }':
      '2:24 Invalid constructor syntax, name=value pairs can only be used for SObjects: T.A',
  });
});

test('shouldAskForSuperWhereThereIsNoDefault', () => {
  refusesMembers({
    'virtual class A { public A(Integer i) { } } class B extends A { }':
      '2:51 No default constructor available in super type: T.A. Call super(…) with arguments.',
    'virtual class A { public A(Integer i) { } } class B extends A { B() { } }':
      '2:69 No default constructor available in super type: T.A. Call super(…) with arguments.',
  });
});

test('shouldKeepConstructorCallsFirst', () => {
  refusesMembers({
    'class A { A() { System.debug(1); this(1); } A(Integer i) { } }':
      "2:34 Call to 'this()' must be the first statement in a constructor method",
    'class A { void m() { this(); } }': "2:22 Call to 'this()' must be the first statement in a constructor method",
    'class A { void m() { super(); } }': "2:22 Call to 'super()' must be the first statement in a constructor method",
    'class A { A() { super(1); } }': '2:17 No constructor defined: void <init>(Integer)',
    'class A { A(Boolean b) { if (b) { System.debug(1); this(1); } } A(Integer i) { } }':
      "2:52 Call to 'this()' must be the first statement in a constructor method",
    'class A { A(Boolean b) { if (b) { super(); } } }':
      "2:35 Call to 'super()' must be the first statement in a constructor method",
    'class A { void m(Boolean b) { if (b) { this(); } } }':
      "2:40 Call to 'this()' must be the first statement in a constructor method",
  });
});

test('shouldLetAnInnerBlockOfAConstructorBeginWithACallOfAnother', () => {
  refusesMembers({
    'class A { A(Boolean b) { if (b) { this(1); System.debug(b); } else { this(2); } } A(Integer i) { } }': '',
    'class A { A(Boolean b) { if (b) { this(b, b); } } }':
      '2:35 Constructor not defined: [T.A].<Constructor>(Boolean, Boolean)',
  });
});

test('shouldRefuseTheObjectInAConstructorCall', () => {
  refusesMembers({
    'class A { Integer f; A() { this(f); } A(Integer i) { } }':
      '2:33 Cannot reference instance variables in a constructor invocation: f',
    'class A { A() { this(n()); } A(Integer i) { } Integer n() { return 1; } }':
      '2:22 Cannot reference instance methods in a constructor invocation: n',
  });
});

test('shouldTakeStaticsInAConstructorCall', () => {
  acceptsMembers(
    'static Integer n() { return 1; } static Integer f; public T() { this(n() + f); } public T(Integer i) { }',
  );
});

test('shouldRefuseConstructorsOfOtherNamesAndTwice', () => {
  refusesMembers({
    'Zork() { }':
      "2:1 Invalid constructor name 'Zork': a method needs a return type before its name, and a constructor is named 'T' like its class",
    'T(Integer a) { } T(Integer b) { }':
      '2:18 Method already defined: <Constructor> void T.<Constructor>(Integer) from the type T',
    'class MyException extends Exception { MyException(String s) { } }':
      '2:39 System exception constructor already defined: <Constructor>(String). Remove it: every exception has it.',
  });
});

test('shouldSeeConstructorsThatAreNotPrivate', () => {
  refusesUnits({
    'public class T { void m() { new A(); } }\n---\npublic class A { private A() { } }':
      'T.cls:1:29 Constructor is not visible: [A].<Constructor>(). It is private.',
    'public class T extends A { }\n---\npublic virtual class A { private A() { } }':
      'T.cls:1:14 Constructor is not visible: [A].<Constructor>(). It is private.',
    'public class T extends A { T() { super(1); } }\n---\npublic virtual class A { private A(Integer i) { } public A() { } }':
      'T.cls:1:34 Constructor is not visible: [A].<Constructor>(Integer). It is private.',
  });
});

test('shouldNotMakeAggregateResults', () => {
  refusesStatements({
    'Object o = new AggregateResult();': '3:12 SObject is not constructable: AggregateResult',
  });
});
