import { describe, it } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

describe('inherited methods', () => {
  it('shouldBeOverriddenAsTheyAllow', () =>
    acceptsUnits(
      'public virtual class T { public virtual void a() { } }\n---\npublic class U extends T { public override void a() { } }',
      'public virtual class T { public static void a() { } }\n---\npublic class U extends T { public static void a() { } }',
      'public virtual class T { public virtual void a() { } }\n---\npublic class U extends T { public static void a() { } }',
      'public virtual class T { private void a() { } }\n---\npublic class U extends T { public void a() { } }',
      'public virtual class T { protected virtual void a() { } }\n---\npublic class U extends T { public override void a() { } }',
      'global virtual class T { global virtual void a() { } }\n---\npublic class U extends T { public override void a() { } }',
      "public class U { public override String toString() { return ''; } public override Boolean equals(Object o) { return true; } public override Integer hashCode() { return 1; } }",
      "public class U { public String toString() { return ''; } public Boolean equals(Object o) { return true; } public Integer hashCode() { return 1; } }",
      'public abstract class T { public abstract void a(); }\n---\npublic abstract class U extends T { }',
    ));

  it('shouldBeRefusedUnlessTheyAreOverriddenAsTheyAllow', () =>
    refusesUnits({
      'public virtual class T { public void a() { } }\n---\npublic class U extends T { public override void a() { } }':
        'U.cls:1:49 Non-virtual, non-abstract methods cannot be overridden: void T.a()',
      'public virtual class T { public void a() { } }\n---\npublic class U extends T { public void a() { } }':
        'U.cls:1:40 Non-virtual, non-abstract methods cannot be overridden: void T.a()',
      'public virtual class T { public virtual void a() { } }\n---\npublic class U extends T { public void a() { } }':
        'U.cls:1:40 Method must use the override keyword: void U.a()',
      'public virtual class T { public static void a() { } }\n---\npublic class U extends T { public void a() { } }':
        'U.cls:1:40 Cannot override static method: void T.a() with void U.a()',
      'public virtual class T { private void a() { } }\n---\npublic class U extends T { public override void a() { } }':
        'U.cls:1:49 Non-virtual, non-abstract methods cannot be overridden: void T.a()',
      'public virtual class T { public virtual void a() { } }\n---\npublic class U extends T { protected override void a() { } }':
        'U.cls:1:52 Cannot reduce the visibility of method: void U.a(). It is public in T.',
      'global virtual class T { global virtual void a() { } }\n---\npublic class U extends T { protected override void a() { } }':
        'U.cls:1:52 Cannot reduce the visibility of method: void U.a(). It is global in T.',
      'public virtual class T { protected virtual void a() { } }\n---\npublic class U extends T { private override void a() { } }':
        'U.cls:1:50 Cannot reduce the visibility of method: void U.a(). It is protected in T.',
      "public virtual class T { public virtual Integer a() { return 1; } }\n---\npublic class U extends T { public override String a() { return ''; } }":
        'U.cls:1:51 Method return types clash: Integer vs String from the type U',
      "public virtual class T { public virtual Missing a() { return null; } }\n---\npublic class U extends T { public override String a() { return ''; } }":
        'T.cls:1:41 Invalid type: Missing',
      "public virtual class T { public virtual Object a() { return 1; } }\n---\npublic class U extends T { public override String a() { return ''; } }":
        'U.cls:1:51 Method return types clash: Object vs String from the type U',
      'public class U { public override void nothing() { } }':
        'U.cls:1:39 @Override specified for non-overriding method: void U.nothing()',
      'public abstract class T { public abstract void a(); }\n---\npublic class U extends T { }':
        'U.cls:1:14 Class U must implement the abstract method: void T.a()',
      'public class U extends Missing { public override void a() { } }': 'U.cls:1:24 Invalid type: Missing',
      'public class U { public abstract void a(); }':
        'U.cls:1:39 Defining type for abstract methods must be declared as abstract',
      'public class U extends Missing { void run() { a(); this.b(); Integer i = c; } }':
        'U.cls:1:24 Invalid type: Missing',
      'public abstract class U implements Missing { void run() { a(); this.b(); } }':
        'U.cls:1:36 Invalid type: Missing',
    }));

  it('shouldBeImplementedAsDeclared', () =>
    acceptsUnits(
      "public interface T { Object a(); }\n---\npublic class U implements T { public String a() { return ''; } }",
      'public interface T { String a(); }\n---\npublic class U implements T { public Id a() { return null; } }',
      'public interface T { Id a(); }\n---\npublic class U implements T { public String a() { return null; } }',
      'public interface T { List<SObject> a(); }\n---\npublic class U implements T { public List<Account> a() { return null; } }',
      'public interface T { List<Account> a(); }\n---\npublic class U implements T { public List<SObject> a() { return null; } }',
      'public interface T { void a(String s); }\n---\npublic class U implements T { public void a(Object s) { } }',
      'public interface T { void a(List<Account> s); }\n---\npublic class U implements T { public void a(List<SObject> s) { } }',
      'public interface T { void a(List<SObject> s); }\n---\npublic class U implements T { public void a(List<Account> s) { } }',
      'public class U implements Comparable { public Integer compareTo(Object o) { return 1; } }',
      "public class U implements Iterator<String> { public Boolean hasNext() { return true; } public String next() { return ''; } }",
      'public abstract class T { }\n---\npublic class U extends T { }',
    ));

  it('shouldBeRefusedUnlessTheyAreImplementedAsDeclared', () =>
    refusesUnits({
      'public interface T { void a(); }\n---\npublic class U implements T { }':
        'U.cls:1:14 Class U must implement the method: void T.a()',
      'public interface T { void a(); }\n---\npublic class U implements T { void a() { } }':
        'U.cls:1:36 U: Overriding implementations of global or public interface methods must be global or public: void U.a()',
      'public interface T { Integer a(); }\n---\npublic class U implements T { public Id a() { return null; } }':
        'U.cls:1:41 Method return types clash: Integer vs Id from the type U',
      'public interface T { Id a(); }\n---\npublic class U implements T { public Integer a() { return null; } }':
        'U.cls:1:46 Method return types clash: Id vs Integer from the type U',
      'public interface T { Decimal a(); }\n---\npublic class U implements T { public Integer a() { return null; } }':
        'U.cls:1:46 Method return types clash: Decimal vs Integer from the type U',
      'public interface T { Missing a(); }\n---\npublic class U implements T { public String a() { return null; } }':
        'T.cls:1:22 Invalid type: Missing',
      'public interface T { void a(String s); }\n---\npublic class U implements T { public void a(Id s) { } }':
        'U.cls:1:14 Class U must implement the method: void T.a(String)',
      'public interface T { void a(String s); }\n---\npublic class U implements T { public void a() { } }':
        'U.cls:1:14 Class U must implement the method: void T.a(String)',
      'public interface T { void a(String s); }\n---\npublic class U implements T { public void a(String s, String t) { } }':
        'U.cls:1:14 Class U must implement the method: void T.a(String)',
      'public interface T { void a(String s, Integer t); }\n---\npublic class U implements T { public void a(String s, String t) { } }':
        'U.cls:1:14 Class U must implement the method: void T.a(String, Integer)',
      'public interface T { void a(Missing s); }\n---\npublic class U implements T { public void a(Account s) { } }':
        'T.cls:1:29 Invalid type: Missing',
      'public interface T { void a(Account s); }\n---\npublic class U implements T { public void a(Missing s) { } }':
        'U.cls:1:45 Invalid type: Missing',
      'public class U implements Comparable { public Integer compareTo(U o) { return 1; } }':
        'U.cls:1:14 Class U must implement the method: Integer Comparable.compareTo(Object)',
      'public class U implements Comparable, Comparable { public Integer compareTo(Object o) { return 1; } }':
        'U.cls:1:39 Interface already implemented: Comparable',
      "public class U implements Iterator<String>, Iterator<Integer> { public Boolean hasNext() { return true; } public String next() { return ''; } }":
        'U.cls:1:45 Generic Interface already implemented: Iterator<Integer>',
      'public class U implements Object { }': 'U.cls:1:27 Invalid interface: Object. It is a class. Use extends.',
      'public class U extends Object { }': 'U.cls:1:24 Non-virtual and non-abstract type cannot be extended: Object.',
      'public class U extends String { }': 'U.cls:1:24 Invalid class: String. It is a primitive.',
      'public class U extends Comparable { }':
        'U.cls:1:24 Invalid class: Comparable. It is an interface. Use implements.\nU.cls:1:14 Class U must implement the method: Integer Comparable.compareTo(Object)',
      'public class T { }\n---\npublic class U extends T { }':
        'U.cls:1:24 Non-virtual and non-abstract type cannot be extended: T. Declare it virtual or abstract.',
      'public class UException extends DmlException { }':
        'UException.cls:1:33 Non-virtual and non-abstract type cannot be extended: DmlException.',
    }));

  it('shouldTakeRelatedElementsOnly', () =>
    refusesUnits({
      'public interface T { void a(List<String> s); }\n---\npublic class U implements T { public void a(List<Integer> s) { } }':
        'U.cls:1:14 Class U must implement the method: void T.a(List<String>)',
    }));

  it('shouldBeInterfacesOfTopLevelClassesWhereTheyAreJobs', () => {
    const methods =
      'public Database.QueryLocator start(Database.BatchableContext c) { return null; } ' +
      'public void execute(Database.BatchableContext c, List<SObject> s) { } ' +
      'public void finish(Database.BatchableContext c) { }';
    acceptsUnits(
      `public class T implements Database.Batchable<SObject> { ${methods} }`,
      'public class T { interface A extends Database.Batchable<SObject> { } }',
      'public class T { class A implements Comparable { public Integer compareTo(Object o) { return 1; } } }',
    );
    refusesUnits({
      [`public class T { class A implements Database.Batchable<SObject> { ${methods} } }`]:
        'T.cls:1:37 Only top-level classes can implement Database.Batchable<SObject>',
    });
  });
});
