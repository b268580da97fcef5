import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldOverrideAndImplement', () => {
  acceptsUnits(
    'public virtual class T { public virtual Integer m() { return 1; } class A extends T { public override Integer m() { return super.m(); } } }',
    'public abstract class T { protected abstract void m(); class A extends T { protected override void m() { } } abstract class B extends T { } }',
    "public class T implements Comparable { public Integer compareTo(Object o) { return 1; } public override String toString() { return ''; } public Boolean equals(Object o) { return true; } public Integer hashCode() { return 1; } }",
    'public class T implements Comparator<Account> { public Integer compare(Account a, Account b) { return 0; } }',
    'public class T implements Database.Batchable<Account> { public Iterable<Account> start(Database.BatchableContext c) { return null; } public void execute(Database.BatchableContext c, List<Account> l) { } public void finish(Database.BatchableContext c) { } }',
    'public class T implements Database.Batchable<SObject>, Database.Stateful { public Database.QueryLocator start(Database.BatchableContext c) { return null; } public void execute(Database.BatchableContext c, List<Account> l) { } public void finish(Database.BatchableContext c) { } }',
    'public class T implements Iterable<String> { public Iterator<String> iterator() { return null; } }',
    'public virtual class T { private void m() { } class A extends T { private void m() { } } }',
    'public interface T { void m(); }\n---\npublic abstract class A implements T { }\n---\npublic class B extends A { public void m() { } }',
    'public class T { interface A { List<SObject> all(List<SObject> a); } class B implements A { public List<Account> all(List<Account> a) { return a; } } }',
    'global virtual class T { global virtual void m() { } }\n---\npublic class A extends T { public override void m() { } }',
  );
});

test('shouldRefuseOverridingWithoutTheKeywordOrAnAncestor', () => {
  refusesUnits({
    'public virtual class T { public virtual void m() { } class A extends T { public void m() { } } }':
      'T.cls:1:86 Method must use the override keyword: void T.A.m()',
    'public virtual class T { public void m() { } class A extends T { public override void m() { } } }':
      'T.cls:1:87 Non-virtual, non-abstract methods cannot be overridden: void T.m()',
    'public virtual class T { public virtual void m() { } class A extends T { public override void m(Integer i) { } } }':
      'T.cls:1:95 @Override specified for non-overriding method: void T.A.m(Integer)',
    'public class T { public override void m() { } }':
      'T.cls:1:39 @Override specified for non-overriding method: void T.m()',
    'public virtual class T { public static void m() { } class A extends T { public void m() { } } }':
      'T.cls:1:85 Cannot override static method: void T.m() with void T.A.m()',
  });
});

test('shouldRefuseAnotherReturnTypeOrLessVisibility', () => {
  refusesUnits({
    "public virtual class T { public virtual Integer m() { return 1; } class A extends T { public override String m() { return ''; } } }":
      'T.cls:1:110 Method return types clash: Integer vs String from the type T.A',
    'public virtual class T { public virtual void m() { } class A extends T { protected override void m() { } } }':
      'T.cls:1:98 Cannot reduce the visibility of method: void T.A.m(). It is public in T.',
    "public class T implements Comparable { public String compareTo(Object o) { return ''; } }":
      'T.cls:1:54 Method return types clash: Integer vs String from the type T',
    "public class T { interface A { Integer m(); String n(); } class B implements A { public String m() { return ''; } public String n() { return ''; } } }":
      'T.cls:1:96 Method return types clash: Integer vs String from the type T.B',
    'public class T implements Queueable { void execute(QueueableContext c) { } }':
      'T.cls:1:44 T: Overriding implementations of global or public interface methods must be global or public: void T.execute(QueueableContext)',
  });
});

test('shouldRefuseMethodsThatAreMissing', () => {
  refusesUnits({
    'public class T implements Comparable { }':
      'T.cls:1:14 Class T must implement the method: Integer Comparable.compareTo(Object)',
    'public class T implements Comparable { public Integer compareTo(T o) { return 1; } }':
      'T.cls:1:14 Class T must implement the method: Integer Comparable.compareTo(Object)',
    'public class T implements Comparator<Account> { public Integer compare(SObject a, SObject b) { return 0; } }':
      'T.cls:1:14 Class T must implement the method: Integer Comparator.compare(Account, Account)',
    'public class T implements Database.Batchable<Account> { public void execute(Database.BatchableContext c, List<Account> l) { } }':
      'T.cls:1:14 Class T must implement the method: void Database.Batchable.finish(Database.BatchableContext)\nT.cls:1:14 Class T must implement the method: Database.QueryLocator Database.Batchable.start(Database.BatchableContext)',
    'public class T { abstract class A { abstract void m(); } class B extends A { } }':
      'T.cls:1:64 Class T.B must implement the abstract method: void T.A.m()',
    'public class T { interface A { void m(); } interface B extends A { void n(); } class C implements B { public void n() { } } }':
      'T.cls:1:86 Class T.C must implement the method: void T.A.m()',
  });
});

test('shouldRefuseWhatIsInheritedAndDoesNotFit', () => {
  refusesUnits({
    "public interface T { Integer m(); }\n---\npublic virtual class A { public String m() { return ''; } }\n---\npublic class B extends A implements T { }":
      'B.cls:1:14 Method return types clash: Integer vs String from the type B',
  });
});

test('shouldRefuseCallsOfAbstractMethods', () => {
  refusesUnits({
    'public abstract class T { public abstract void m(); class A extends T { public override void m() { super.m(); } } }':
      'T.cls:1:106 Abstract method cannot be called directly: void T.m()',
  });
});

test('shouldRefuseBodiesWhereTheyDoNotBelong', () => {
  refusesUnits({
    'public abstract class T { public abstract void m() { } }': 'T.cls:1:48 Abstract methods cannot have a body',
    'public class T { void m(); }': 'T.cls:1:23 Method must have a body',
  });
});

test('shouldLetObjectStandForAnyParameterOfAnInterfaceMethod', () => {
  acceptsUnits(
    'public class T implements Comparator<Account> { public Integer compare(Object a, Object b) { return 0; } }',
    'public class T { interface A { void m(String s, Integer i); } class B implements A { public void m(Object s, Integer i) { } } }',
    'public class T { interface A { void m(String s); void m(Account a); } class B implements A { public void m(Object s) { } } }',
  );
  // A call on the class means its own method, with what that returns.
  acceptsUnits(
    "public class T { interface A { A put(String s); } class B implements A { public B put(Object s) { return this; } } static B m() { return new B().put('x'); } }",
  );
  refusesUnits({
    'public class T { interface A { void m(Object s); } class B implements A { public void m(String s) { } } }':
      'T.cls:1:58 Class T.B must implement the method: void T.A.m(Object)',
    'public class T { interface A { void m(Integer s); } class B implements A { public void m(Long s) { } } }':
      'T.cls:1:59 Class T.B must implement the method: void T.A.m(Integer)',
    'public abstract class T { abstract void m(String s); class B extends T { public override void m(Object s) { } } }':
      'T.cls:1:95 @Override specified for non-overriding method: void T.B.m(Object)\nT.cls:1:60 Class T.B must implement the abstract method: void T.m(String)',
  });
});
