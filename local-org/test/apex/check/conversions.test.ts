import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements, refusesUnits } from './harness.ts';

test('shouldWidenNumbersAndDates', () => {
  acceptsStatements(
    'Long l = 1; Double d = 1L; Decimal c = 1.5d; Decimal e = 1; Double f = 1.5; Datetime t = Date.today(); Object o = 1;',
    "String s = UserInfo.getUserId(); Id i = '001000000000001'; String t = i; Object o = null; Integer n = null;",
  );
});

test('shouldRefuseNarrowing', () => {
  refusesStatements({
    'Integer i = 5L;': '3:13 Illegal assignment from Long to Integer. Use .intValue().',
    'Integer i = 1.5;': '3:13 Illegal assignment from Decimal to Integer. Use .intValue().',
    'Long l = 1.5;': '3:10 Illegal assignment from Decimal to Long. Cast it: (Long).',
    'Date d = System.now();': '3:17 Illegal assignment from Datetime to Date.',
    'String s = 5;': '3:12 Illegal assignment from Integer to String. Use String.valueOf(…).',
    "Integer i = '5';": '3:13 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
    'Boolean b = 1;': '3:13 Illegal assignment from Integer to Boolean.',
    "Blob b = 'abc';": '3:10 Illegal assignment from String to Blob.',
    'Object o = 1; String s = o;': '3:26 Illegal assignment from Object to String. Cast it: (String).',
    'Account a = new Contact();': '3:13 Illegal assignment from Contact to Account.',
    'Time t = System.now();': '3:17 Illegal assignment from Datetime to Time.',
  });
});

test('shouldCastWhatMayBe', () => {
  acceptsMembers(
    'void m(Object o) { Account a = (Account) o; Integer i = (Integer) o; List<String> l = (List<String>) o; Map<String, Object> x = (Map<String, Object>) o; }',
    'void m(SObject s) { Account a = (Account) s; Object o = (Object) s; }',
    'void m(List<Object> l, List<SObject> r) { List<String> a = (List<String>) l; List<Account> b = (List<Account>) r; }',
    'void m(Map<Id, SObject> x) { Map<Id, Account> y = (Map<Id, Account>) x; }',
    'virtual class A { } class B extends A { } void m(A a) { B b = (B) a; A c = (A) b; }',
    'interface I { } virtual class A { } void m(A a) { I i = (I) a; A b = (A) i; }',
    'void m() { Integer i = (Integer) 5L; Long l = (Long) 1.5; Decimal d = (Decimal) 1; Integer j = (Integer) 1.5; }',
  );
});

test('shouldRefuseCastsThatNeverSucceed', () => {
  refusesMembers({
    'void m() { Account a = (Account) new Contact(); }':
      '2:24 Incompatible types since an instance of Contact is never an instance of Account',
    "void m() { Integer i = (Integer) 'x'; }":
      '2:24 Incompatible types since an instance of String is never an instance of Integer',
    'void m() { String s = (String) 5; }':
      '2:23 Incompatible types since an instance of Integer is never an instance of String',
    'void m() { List<String> l = (List<String>) new Set<String>(); }':
      '2:29 Incompatible types since an instance of Set<String> is never an instance of List<String>',
    'void m() { Set<String> s = (Set<String>) new Set<Id>(); }':
      '2:28 Incompatible types since an instance of Set<Id> is never an instance of Set<String>',
    'void m() { Map<String, String> l = (Map<String, String>) new Map<String, Integer>(); }':
      '2:36 Incompatible types since an instance of Map<String, Integer> is never an instance of Map<String, String>',
    'class A { } class B { } void m(A a) { B b = (B) a; }':
      '2:45 Incompatible types since an instance of T.A is never an instance of T.B',
    'interface I { } class A { } void m(A a) { I i = (I) a; }':
      '2:49 Incompatible types since an instance of T.A is never an instance of T.I',
  });
});

test('shouldAskInstanceofWhatIsOpen', () => {
  acceptsMembers(
    'Boolean m(Object o, SObject s) { return o instanceof String && s instanceof Account && o instanceof List<Object>; }',
    'interface I { } virtual class A { } class B extends A { } Boolean m(A a) { return a instanceof B || a instanceof I; }',
    'Boolean m(List<Object> l, List<SObject> r) { return l instanceof List<String> || r instanceof List<Account> ; }',
    'Boolean m(String s, Task t) { return s instanceof Id || t.What instanceof Account; }',
    // What the compiler in @salesforce/sfdx-scanner 2.13.7 takes, and jongpie/NebulaFramework needs.
    'Boolean m(List<SObject> r) { return r instanceof List<SObject>; }',
  );
});

test('shouldRefuseInstanceofWhoseAnswerIsKnown', () => {
  refusesMembers({
    'Boolean m(Account a) { return a instanceof Contact; }':
      '2:31 Operation instanceof is always false since an instance of Account is never an instance of Contact',
    'Boolean m(Account a) { return a instanceof SObject; }':
      '2:31 Operation instanceof is always true since an instance of Account is always an instance of SObject',
    'Boolean m(Integer i) { return i instanceof String; }':
      '2:31 Operation instanceof is always false since an instance of Integer is never an instance of String',
    'class A { } Boolean m(A a) { return a instanceof A; }':
      '2:37 Operation instanceof is always true since an instance of T.A is always an instance of T.A',
    // What the compiler in @salesforce/sfdx-scanner 2.13.7 says.
    'Boolean m(String s) { return s instanceof Object; }':
      '2:30 Operation instanceof is always true since an instance of String is always an instance of Object',
    'Boolean m(List<Integer> l) { return l instanceof List<Long>; }':
      '2:37 Operation instanceof is always true since an instance of List<Integer> is always an instance of List<Long>',
    'Boolean m(Map<String, Id> l) { return l instanceof Map<String, Object>; }':
      '2:39 Operation instanceof is always true since an instance of Map<String, Id> is always an instance of Map<String, Object>',
    'Boolean m(Set<String> l) { return l instanceof Set<Object>; }':
      '2:35 Operation instanceof is always false since an instance of Set<String> is never an instance of Set<Object>',
    'Boolean m(Map<Id, SObject> l) { return l instanceof Map<Id, SObject>; }':
      '2:40 Operation instanceof is always true since an instance of Map<Id, SObject> is always an instance of Map<Id, SObject>',
    'Boolean m(List<Object> l) { return l instanceof List<Object>; }':
      '2:36 Operation instanceof is always true since an instance of List<Object> is always an instance of List<Object>',
    'class A { } Boolean m(A a) { return a instanceof Account; }':
      '2:37 Operation instanceof is always false since an instance of T.A is never an instance of Account',
  });
});

test('shouldGiveTernariesTheCommonType', () => {
  acceptsMembers(
    'Decimal m(Boolean b) { return b ? 1 : 1.5; }',
    'SObject m(Boolean b) { return b ? (SObject) new Account() : new Contact(); }',
    'Integer m(Boolean b) { return b ? 1 : null; }',
    'virtual class A { } class B extends A { } class C extends A { } A m(Boolean b) { return b ? new B() : new C(); }',
    'Object m(Boolean b, Object o) { return b ? o : 1; }',
  );
});

test('shouldRefuseTernariesOfStrangers', () => {
  refusesMembers({
    "Object m(Boolean b) { return b ? 1 : 'a'; }": '2:30 Incompatible types in ternary operator: Integer, String',
    'Object m(Boolean b) { return b ? new HttpRequest() : new HttpResponse(); }':
      '2:30 Incompatible types in ternary operator: HttpRequest, HttpResponse',
    'Object m() { return 1 ? 2 : 3; }': '2:21 Condition expression must be of type Boolean: Integer',
    'Integer m(Boolean b) { return b ? 1 : 2L; }': '2:31 Illegal assignment from Long to Integer. Use .intValue().',
  });
});

test('shouldCoalesceNulls', () => {
  acceptsMembers(
    "Integer m(Integer a) { return a ?? 0; } Decimal n(Decimal a) { return a ?? 1; } String o(Account a) { return a?.Name ?? 'none'; }",
    "Account m() { return [SELECT Id FROM Account WHERE Name = 'x'] ?? new Account(); }",
    "Account m() { return [SELECT Id FROM Account WHERE Name = 'x'] ?? null; }",
    'List<Account> m(List<Account> a) { return a ?? [SELECT Id FROM Account]; }',
  );
});

test('shouldRefuseCoalescingStrangers', () => {
  refusesMembers({
    "Object m(Integer a) { return a ?? 'none'; }":
      '2:30 Incompatible types in null coalescing operator: Integer, String',
    'Object m(List<String> a) { return a ?? new Set<String>(); }':
      '2:35 Incompatible types in null coalescing operator: List<String>, Set<String>',
  });
});

test('shouldKnowSinceVersion60ThatAListIsAnIterable', () => {
  const source = 'public class T { Boolean m(List<Account> l) { return l instanceof Iterable<Account>; } }';
  const fault =
    'T.cls:1:54 Operation instanceof is always true since an instance of List<Account> is always an instance of Iterable<Account>';
  refusesUnits({ [source]: fault }, 60);
  refusesUnits({ [source]: '' }, 59);
});

// What the compiler in @salesforce/sfdx-scanner 2.13.7 says, but for the mends in the messages.
test('shouldNotTakeAnyRecordForOneOfAnObject', () => {
  refusesMembers({
    'SObject s; Account a; void m() { a = s; }': '2:38 Illegal assignment from SObject to Account. Cast it: (Account).',
    'SObject s; void m(Account a) { m(s); }':
      '2:32 Method does not exist or incorrect signature: void m(SObject) from the type T. There is m(Account).',
    'SObject s; Account m() { return s; }': '2:33 Illegal assignment from SObject to Account. Cast it: (Account).',
    'SObject s; Account m(Account a) { return s ?? a; }':
      '2:42 Illegal assignment from SObject to Account. Cast it: (Account).',
    'void m(List<SObject> l) { for (Account a : l) { } }':
      '2:27 Invalid loop variable type expected SObject was Account',
  });
});
