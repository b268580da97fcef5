import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

test('shouldDispatchVirtualMethodsByRunTimeType', () => {
  assert.deepEqual(
    run(`
      public virtual class A { public virtual String who() { return 'A'; } public String ask() { return who(); } }
      public class B extends A { public override String who() { return 'B' + super.who(); } }
      static void run() { A a = new B(); System.debug(a.ask()); }`),
    ['BA'],
  );
});

test('shouldGiveWhatEveryObjectHasWhenSuperIsAskedForAMethodThatNoSuperclassHas', () => {
  assert.deepEqual(
    run(`
      public virtual class A { public Integer n = 1; }
      public class B extends A { public override String toString() { return '<' + super.toString() + '>'; } }
      public class C { C() { super(); }
        public override String toString() { return '<' + super.toString() + '>'; }
        public Boolean equals(Object other) { return true; }
        public Boolean same(Object other) { return super.equals(other); }
        public override Integer hashCode() { return super.hashCode(); } }
      static void run() {
        C c = new C();
        System.debug(new B().toString()); System.debug(c.toString()); System.debug(c.same(c)); System.debug(c.same(new C()));
        System.debug(c.hashCode() == System.hashCode(c)); }`),
    ['<B:[A.n=1]>', '<C:[]>', 'true', 'false', 'true'],
  );
});

test('shouldStoreToStaticPropertiesWithoutASetterInOldClasses', () => {
  assert.deepEqual(
    run(
      `public class A {
         public Integer n { get { return 1; } }
         public String text() { if (kept == null) kept = 'a'; kept += 'b'; T.kept += 'c'; plain = 'd'; return kept + plain; } }
       static String kept { get { if (kept == null) kept = 'first '; return kept; } }
       static String plain { get; }
       static void run() { System.debug(new A().text()); }`,
      41,
    ),
    ['first bcd'],
  );
});

// Source: octoberswimmer/aer-dist, issue 443.
test('shouldCallTheInheritedInstanceMethodWhereTheClassHasAStaticOneOfTheSameParameters', () => {
  assert.deepEqual(
    run(
      `public virtual class A {
         public virtual String find(String key) { return 'instance ' + key; }
         public String ask() { return find('asked'); } }
       static void run() {
         B own = new B();
         A wide = own;
         System.debug(B.find('x')); System.debug(own.find('y')); System.debug(wide.find('z')); System.debug(wide.ask()); }`,
      67,
      {
        B: `public class B extends T.A {
         public static String find(String key) { return new B().find(key) + ' of B'; } }`,
      },
    ),
    ['instance x of B', 'instance y', 'instance z', 'instance asked'],
  );
});

test('shouldTakeModifiersOfLocalVariablesThatChangeNothing', () => {
  assert.deepEqual(
    run(`static void run() { transient Integer a = 1; @TestVisible final Integer b = 2;
      try { throw new MathException(); } catch (transient Exception e) { System.debug(a + b); } }`),
    ['3'],
  );
});

test('shouldKeepPrivateMethodsOfParentAndChildApartSinceVersion61', () => {
  const classes = (visibility: string): string => `
    public virtual class A { private String me() { return 'A'; } public String ask() { return me(); } }
    public class B extends A { ${visibility} String me() { return 'B'; } public String own() { return me(); } }
    static void run() { B b = new B(); System.debug(b.ask() + b.own()); }`;
  assert.deepEqual(run(classes('private'), 61), ['AB']);
  assert.deepEqual(run(classes('public'), 61), ['AB']);
  assert.deepEqual(run(classes('private'), 60), ['BB']);
  assert.deepEqual(run(classes('public'), 60), ['BB']);
});

test('shouldRunInitialisersThenParentConstructorThenBody', () => {
  assert.deepEqual(
    run(`
      static Integer say(String s) { System.debug(s); return 1; }
      public virtual class A { Integer x = say('A field'); { say('A block'); } public A() { say('A body'); } }
      public class B extends A { Integer y = say('B field'); public B() { this(1); say('B body'); } public B(Integer i) { super(); say('B other'); } }
      static void run() { new B(); }`),
    ['B field', 'A field', 'A block', 'A body', 'B other', 'B body'],
  );
});

test('shouldCallAnotherConstructorAtTheHeadOfAnInnerBlock', () => {
  assert.deepEqual(
    run(`
      public class A { public String s = 'field'; public A(Boolean b) { if (b) { this(1); s += ' after'; } else { s += ' else'; } } public A(Integer i) { s += ' ' + i; } }
      static void run() { System.debug(new A(true).s); System.debug(new A(false).s); }`),
    ['field 1 after', 'field else'],
  );
});

test('shouldFindWhatTheParentConstructorSetInInitialisersWhenSuperIsNotWritten', () => {
  assert.deepEqual(
    run(`
      public virtual class A { protected String name; public A() { name = 'set'; } }
      public class B extends A { String mine = name; public String all() { return mine; } }
      public class C extends A { String mine = name; public C() { mine += '!'; } public String all() { return mine; } }
      static void run() { System.debug(new B().all()); System.debug(new C().all()); }`),
    ['set', 'set!'],
  );
});

test('shouldFindTheFieldsSetWhenTheParentConstructorCallsAnOverridingMethod', () => {
  assert.deepEqual(
    run(`
      public virtual class A { public A() { add('from A'); } public virtual void add(String s) {} }
      public class B extends A { private List<String> said = new List<String>(); public B() { super(); }
        public override void add(String s) { said.add(s); } public String all() { return '' + said; } }
      static void run() { System.debug(new B().all()); }`),
    ['(from A)'],
  );
});

test('shouldCompareWithEqualsWhenAClassHasNoHashCode', () => {
  assert.deepEqual(
    run(`
      public class A { public Integer x; public A(Integer x) { this.x = x; }
        public Boolean equals(Object other) { return ((A) other).x == x; } }
      static void run() { System.debug(new A(1) == new A(1)); System.debug(new A(1) == new A(2));
        System.debug(new Set<A>{ new A(1), new A(1) }.size()); }`),
    ['true', 'false', '2'],
  );
});

test('shouldTakeNullForAnInstanceOfAnythingUpToVersion31', () => {
  const members = 'static void run() { Object o = null; System.debug(o instanceof String); }';
  assert.deepEqual([run(members, 31), run(members, 32)], [['true'], ['false']]);
});

test('shouldTellSetsOfStringsFromSetsOfIds', () => {
  assert.deepEqual(
    run(`
      static void run() { Object o = new Set<String>{ 'x' }; System.debug(o instanceof Set<Id>); System.debug(o instanceof Set<String>); }`),
    ['false', 'true'],
  );
});

test('shouldInitialiseStaticsOnceInSourceOrder', () => {
  assert.deepEqual(
    run(`
      static Integer a = say('a');
      static { say('block'); }
      static Integer b = say('b');
      static Integer say(String s) { System.debug(s); return 1; }
      static void run() { System.debug(a + b); System.debug(a); }`),
    ['a', 'block', 'b', '2', '1'],
  );
});

test('shouldChooseOverloadsByStaticType', () => {
  assert.deepEqual(
    run(`
      static String f(Object o) { return 'object'; }
      static String f(String s) { return 'string'; }
      static String f(Integer i) { return 'integer'; }
      static String f(Decimal d) { return 'decimal'; }
      static String f(List<String> l) { return 'list'; }
      static void run() {
        Object o = 'text';
        System.debug(f(o) + f('x') + f(1) + f(1.0) + f(2L) + f(new List<String>()) + f(true));
      }`),
    ['objectstringintegerdecimaldecimallistobject'],
  );
});

test('shouldCallInterfaceMethodsOfWhateverImplementsThem', () => {
  assert.deepEqual(
    run(`
      public interface Shape { Decimal area(); }
      public class Square implements Shape { Decimal s; public Square(Decimal s) { this.s = s; } public Decimal area() { return s * s; } }
      public abstract class Named implements Shape { public abstract Decimal area(); public String text() { return 'area ' + area(); } }
      public class Unit extends Named { public override Decimal area() { return 1; } }
      static void run() {
        List<Shape> shapes = new List<Shape>{ new Square(1.5), new Unit() };
        for (Shape s : shapes) System.debug(s.area());
        System.debug(new Unit().text());
      }`),
    ['2.25', '1', 'area 1'],
  );
});

test('shouldRunAccessorsAndReachTheirStorageInside', () => {
  assert.deepEqual(
    run(`
      public Integer calls { get; private set; }
      public String name { get { return name == null ? 'none' : name; } set { name = value.toUpperCase(); calls = calls == null ? 1 : calls + 1; } }
      public static Integer total { get { if (total == null) total = 10; return total; } set; }
      static void run() {
        T t = new T();
        System.debug(t.name);
        t.name = 'x'; t.name += 'y';
        System.debug(t.name + t.calls);
        total += 5; System.debug(total);
      }`),
    ['none', 'XY2', '15'],
  );
});

test('shouldKeepAFieldAndTheOneThatItHides', () => {
  assert.deepEqual(
    run(`
      public virtual class Base { public final String name = 'base'; public String ofBase() { return name; } }
      public class Derived extends Base { public final Integer name = 7; }
      static void run() { Derived d = new Derived(); System.debug(d.name + ' ' + d.ofBase() + ' ' + ((Base) d).name); }`),
    ['7 base base'],
  );
});

test('shouldCompareTheTypeOfNothing', () => {
  assert.deepEqual(
    run(`static void run() { System.debug(void.class == void.class); System.debug(void.class == String.class); }`),
    ['true', 'false'],
  );
});

test('shouldCastADateToADatetime', () => {
  assert.deepEqual(
    run(
      `static void run() { Object o = Date.newInstance(2024, 2, 29); System.debug(((Datetime) o).hourGmt() + ' ' + ((Datetime) o).dayGmt()); }`,
    ),
    ['0 29'],
  );
});

test('shouldTreatEnumsAsValues', () => {
  assert.deepEqual(
    run(`
      public enum Season { WINTER, SPRING }
      static void run() {
        Season s = Season.valueOf('spring');
        System.debug(s + ' ' + s.ordinal() + ' ' + s.name() + ' ' + Season.values());
        System.debug(s == Season.SPRING);
        Map<Season, Integer> m = new Map<Season, Integer>{ Season.SPRING => 1 };
        System.debug(m.get(s));
        try { Season.valueOf('x'); } catch (NoSuchElementException e) { System.debug('none'); }
        switch on s { when WINTER { System.debug('w'); } when SPRING { System.debug('s'); } }
      }`).filter((line) => line !== 'none'),
    ['SPRING 1 SPRING (WINTER, SPRING)', 'true', '1', 's'],
  );
});

test('shouldUseOwnEqualsAndHashCodeInCollections', () => {
  assert.deepEqual(
    run(`
      public class Key { Integer k; public Key(Integer k) { this.k = k; }
        public Boolean equals(Object o) { return o instanceof Key && ((Key) o).k == k; }
        public Integer hashCode() { return k; } public override String toString() { return 'k' + k; } }
      static void run() {
        Set<Key> keys = new Set<Key>{ new Key(1), new Key(1), new Key(2) };
        System.debug(keys.size() + ' ' + keys.contains(new Key(2)) + ' ' + (new Key(3) == new Key(3)) + ' ' + new Key(4));
      }`),
    ['2 true true k4'],
  );
});

test('shouldCallImplementationsWithOtherParametersThroughTheInterface', () => {
  assert.deepEqual(
    run(`
      interface Say { String say(String s); String say(Double d); String say(List<Object> l); }
      virtual class A implements Say {
        public String say(Object o) { return 'object ' + o + (o instanceof Double); }
        public String say(List<Object> l) { return 'list ' + l; } }
      class B extends A { }
      static void run() { Say a = new B(); System.debug(a.say('x')); System.debug(a.say(1.5d)); System.debug(a.say(new List<Object>{1})); }`),
    ['object xfalse', 'object 1.5true', 'list (1)'],
  );
});

test('shouldReadAndWriteWhatTheParentHoldsThroughSuper', () => {
  assert.deepEqual(
    run(`
      public virtual class A {
        public Integer plain = 1;
        public String coded { get { return 'A' + held; } set { held = value; } }
        private String held = '';
      }
      public class B extends A {
        public String coded { get { return 'B' + super.coded; } set { super.coded = value + '!'; } }
        public Integer more() { super.plain += 4; return super.plain; }
      }
      static void run() { B b = new B(); b.coded = 'x'; System.debug(b.coded); System.debug(b.more()); }`),
    ['BAx!', '5'],
  );
});

test('shouldTakeTheNameOfAClassTwiceForTheClass', () => {
  assert.deepEqual(run('static void run() { System.debug(T.T.class == T.class); }'), ['true']);
});

test('shouldReachTheMessageOfAnExceptionBehindAnOverrideThroughSuper', () => {
  assert.deepEqual(
    run(`
      public class TreeException extends Exception {
        public override String getMessage() { return 'tree ' + super.getMessage(); } }
      static void run() { TreeException e = new TreeException('one'); System.debug(e.getMessage()); }`),
    ['tree one'],
  );
});

test('shouldLeaveAPropertyThatCanNotBeReadOutOfJson', () => {
  assert.deepEqual(
    run(`
      public class Lock { public Integer open = 1; public Integer code { set { open = value; } } }
      static void run() { System.debug(JSON.serialize(new Lock())); }`),
    ['{"open":1}'],
  );
});

test('shouldAnswerAnInterfaceWithWhatEveryExceptionHas', () => {
  // Source: octoberswimmer/aer-dist, issue 96
  assert.deepEqual(
    run(`
      public interface Told { String getMessage(); String getTypeName(); }
      public class ToldException extends Exception implements Told {}
      static void run() {
        Told t = new ToldException('one'); System.debug(t.getMessage()); System.debug(t.getTypeName());
        try { throw (ToldException) t; } catch (Exception e) { System.debug(e.getMessage()); } }`),
    ['one', 'T.ToldException', 'one'],
  );
});
