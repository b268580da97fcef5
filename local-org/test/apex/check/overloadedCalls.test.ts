import { describe, it } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

describe('calls', () => {
  it('shouldFindOneMethodOrConstructor', () =>
    acceptsUnits(
      "public class T { static void a(Object s) { } static void a(String i) { } static void run() { a('x'); a(1); } }",
      'public class T { static void a(Double s) { } static void a(Decimal i) { } static void run() { a(1); a(1L); a(1.0); } }',
      'public class T { static void a(SObject s) { } static void a(Account i) { } static void run() { Account x; a(x); SObject y; a(y); a(new Contact()); } }',
      'public class T { static void a(List<SObject> s) { } static void a(List<Account> i) { } static void run() { a(new List<Account>()); a(new List<Contact>()); } }',
      'public virtual class T { public T(Integer i) { } }\n---\npublic class U extends T { U() { super(1); } U(Integer i) { this(); } }',
      'public class T { class A { Integer i; A(Integer j) { i = j; } void b() { } } void run() { new A(1).b(); Integer i = new A(1).i; new T.A(1); } }',
      'public class T { public static Integer a; public static void b() { } class A { void run() { a = 1; b(); Integer c = a; } } }',
    ));

  it('shouldTakeNullForADateBesideADate', () =>
    refusesUnits({
      'public class T { static void a(Date i, Date j) { } static void a(Datetime d, Datetime e) { } static void run() { a((Date) null, null); a((Datetime) null, null); } }':
        '',
      'public class T { static void a(Date i) { } static void a(Datetime d) { } static void run() { a(null); } }':
        'T.cls:1:94 Ambiguous method signature: a(null). It may be (Date) or (Datetime): cast the arguments.',
    }));

  it('shouldFindTheWrittenConstructorOfAnExceptionBeforeTheImplicitOnes', () =>
    refusesUnits({
      "public class TException extends Exception { public TException(String a, String b) { } static void run() { throw new TException('x', null); } }":
        '',
      "public class TException extends Exception { public TException(Integer a, String b) { } static void run() { throw new TException('x', null); } }":
        '',
      "public class TException extends Exception { public TException(String a, String b) { } public TException(String a, Id b) { } static void run() { throw new TException('x', null); } }":
        'TException.cls:1:151 Ambiguous method signature: <init>(String, null). It may be (String, String) or (String, Id): cast the arguments.',
    }));

  it('shouldSortListsOfAnythingByAComparatorOfObjects', () =>
    refusesUnits({
      'public class T implements Comparator<Object> { public Integer compare(Object a, Object b) { return 0; } void run() { new List<Integer>().sort(this); new List<Account>().sort(this); } }':
        '',
      'public class T implements Comparator<String> { public Integer compare(String a, String b) { return 0; } void run() { new List<Integer>().sort(this); } }':
        'T.cls:1:138 Method does not exist or incorrect signature: void sort(T) from the type List<Integer>. There is sort(), sort(Comparator<Integer>).',
    }));

  it('shouldGiveWhatIsAddedToAListTheTypeObject', () =>
    refusesUnits({
      'public class T { Object a() { return new List<String>().add(null); } }': '',
      'public class T { Boolean a() { return new List<String>().add(null); } }':
        'T.cls:1:58 Illegal assignment from Object to Boolean. Cast it: (Boolean).',
      'public class T { Object a() { return new List<String>().add(0, null); } }':
        'T.cls:1:57 Illegal assignment from void to Object.',
    }));

  it('shouldBeRefusedUnlessTheyFindOneMethodOrConstructor', () =>
    refusesUnits({
      'public class T { static void a(Integer i) { } static void a(Long i) { } static void a(Decimal d) { } static void run() { a(1); a(1L); a(1.0); a(null); } }':
        'T.cls:1:143 Ambiguous method signature: a(null). It may be (Integer) or (Long): cast the arguments.',
      "public class T { static void a(String s) { } static void a(Id i) { } static void run() { a('x'); a(null); Id i; a(i); } }":
        'T.cls:1:98 Ambiguous method signature: a(null). It may be (String) or (Id): cast the arguments.',
      "public class T { static void a(Integer s, Object t) { } static void a(Object s, Integer t) { } static void run() { a(1, 1); a(1, 'x'); } }":
        'T.cls:1:116 Ambiguous method signature: a(Integer, Integer). It may be (Integer, Object) or (Object, Integer): cast the arguments.',
      'public class T { static void a(String s, Object t) { } static void a(Object s, String t) { } static void run() { a(null, null); } }':
        'T.cls:1:114 Ambiguous method signature: a(null, null). It may be (String, Object) or (Object, String): cast the arguments.',
      "public class T { static void run() { Missing m; a(m); T.b(m, 1); new T(m); String.valueOf(m); List<Missing> l; String.join(l, ','); } }":
        'T.cls:1:38 Invalid type: Missing\nT.cls:1:100 Invalid type: Missing',
      'public virtual class T { public T(Integer i) { } }\n---\npublic class U extends T { U() { } }':
        'U.cls:1:32 No default constructor available in super type: T. Call super(…) with arguments.',
      'public virtual class T { public T(Integer i) { } }\n---\npublic class U extends T { }':
        'U.cls:1:14 No default constructor available in super type: T. Call super(…) with arguments.',
      'public class T { public Integer a; public void b() { } class A { void run() { a = 1; b(); } } }':
        'T.cls:1:79 Variable does not exist: a.\nT.cls:1:86 Method does not exist or incorrect signature: void b() from the type T.A.',
    }));

  it('shouldChooseTheClosestMethod', () =>
    acceptsUnits(
      "public class T { static Integer a(Integer i) { return 1; } static String a(Long i) { return ''; } static void run() { Integer i = a(1); String s = a(1L); } }",
      "public class T { static Integer a(Double i) { return 1; } static String a(Decimal i) { return ''; } static void run() { String s = a(1.0); Double d; Integer i = a(d); } }",
      "public class T { static Integer a(Object i) { return 1; } static String a(String i) { return ''; } static void run() { String s = a('x'); Integer i = a(1); } }",
      "public class T { static Integer a(SObject i) { return 1; } static String a(Account i) { return ''; } static void run() { String s = a(new Account()); Integer i = a(new Contact()); SObject o; i = a(o); } }",
      "public class T { static Integer a(List<SObject> i) { return 1; } static String a(List<Account> i) { return ''; } static void run() { String s = a(new List<Account>()); Integer i = a(new List<Contact>()); } }",
      "public class T { static Integer a(Exception i) { return 1; } static String a(DmlException i) { return ''; } static void run() { String s = a(new DmlException()); Integer i = a(new NullPointerException()); } }",
      "public class T { static Integer a(Long i, Object o) { return 1; } static String a(Integer i, Object o) { return ''; } static void run() { String s = a(1, 'x'); Integer i = a(1L, 'x'); } }",
      "public class T { static Integer a(Decimal i) { return 1; } static String a(Object i) { return ''; } static void run() { Integer i = a(1); i = a(1.5); String s = a('x'); } }",
      "public class T { static Integer a(Id i) { return 1; } static String a(String i) { return ''; } static void run() { String s = a('x'); Id x; Integer i = a(x); } }",
    ));
});

describe('null as an argument', () => {
  const call = (overloads: string, args: string): string =>
    `public class T { ${overloads} void run() { a(${args}); } }`;
  const objectOrText = 'void a(Object s) { } void a(String s) { }';
  const withNumber = 'void a(Object s, Integer n) { } void a(String s, Integer n) { }';

  // Each is what the compiler in @salesforce/sfdx-scanner 2.13.7 says.
  it('shouldFitEveryTypeAsClosely', () =>
    refusesUnits({
      [call(objectOrText, 'null')]:
        'T.cls:1:73 Ambiguous method signature: a(null). It may be (String) or (Object): cast the arguments.',
      [call(withNumber, 'null, 1')]:
        'T.cls:1:95 Ambiguous method signature: a(null, Integer). It may be (String, Integer) or (Object, Integer): cast the arguments.',
      [call('void a(Object s, Integer n) { } void a(String s, Long n) { }', 'null, 1')]: '',
      [call('void a(Object s, Object t) { } void a(String s, String t) { }', "null, 'x'")]: '',
      [call(objectOrText, '(String) null')]: '',
    }));

  it('shouldMeanTheMethodOfTheClassBeforeThatOfAParentOrInterface', () =>
    acceptsUnits(
      'public class T { interface I { void a(List<SObject> l); } class C implements I { public void a(List<Account> l) { } void run() { a(null); } } }',
      'public class T { interface I { void a(Object o); } interface J extends I { void a(String s); } void run(J j) { j.a(null); } }',
    ));
});
