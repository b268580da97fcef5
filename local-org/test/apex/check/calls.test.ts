import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements } from './harness.ts';

test('shouldChooseTheClosestOverload', () => {
  acceptsMembers(
    "Integer n(Long a) { return 1; } String n(Decimal a) { return ''; } void m() { Integer i = n(5); String s = n(5.5); }",
    "Integer n(Object a) { return 1; } String n(Account a) { return ''; } void m() { Integer i = n(new Contact()); String s = n(new Account()); }",
    "Integer n(SObject a) { return 1; } String n(Account a) { return ''; } void m() { String s = n(new Account()); Integer i = n(new Lead()); }",
    "Integer n(List<SObject> a) { return 1; } String n(List<Account> a) { return ''; } void m() { String s = n(new List<Account>()); Integer i = n(new List<Lead>()); }",
    "Integer n(String a) { return 1; } String n(Id a) { return ''; } void m(Id i) { Integer x = n('a'); String s = n(i); }",
    "virtual class A { } class B extends A { } Integer n(A a) { return 1; } String n(Object a) { return ''; } void m() { Integer i = n(new B()); String s = n(1); }",
  );
});

test('shouldConvertArguments', () => {
  acceptsMembers(
    'void n(Decimal a) { } void m() { n(5); n(5L); n(5.5d); }',
    'void n(Datetime a) { } void m() { n(Date.today()); }',
    'void n(Account a) { } void m() { n([SELECT Id FROM Account]); }',
    'void n(Iterable<String> a) { } void m() { n(new List<String>()); n(new Set<String>()); }',
  );
});

test('shouldRefuseAmbiguousCalls', () => {
  refusesMembers({
    'void n(String a) { } void n(Integer a) { } void m() { n(null); }':
      '2:55 Ambiguous method signature: n(null). It may be (String) or (Integer): cast the arguments.',
    "void n(String a, Object b) { } void n(Object a, String b) { } void m() { n('a', 'b'); }":
      '2:74 Ambiguous method signature: n(String, String). It may be (String, Object) or (Object, String): cast the arguments.',
    'void n(Long a, Integer b) { } void n(Integer a, Long b) { } void m() { n(1, 1); }':
      '2:72 Ambiguous method signature: n(Integer, Integer). It may be (Long, Integer) or (Integer, Long): cast the arguments.',
    'interface A { } interface B { } class C implements A, B { } void n(A a) { } void n(B b) { } void m(C c) { n(c); }':
      '2:107 Ambiguous method signature: n(T.C). It may be (T.A) or (T.B): cast the arguments.',
    'void m() { String s = String.valueOf(null); }':
      '2:30 Ambiguous method signature: valueOf(null). It may be (Date) or (Datetime): cast the arguments.',
  });
});

test('shouldRefuseArgumentsThatDoNotFit', () => {
  refusesMembers({
    'void n(Integer a) { } void m() { n(5L); }':
      '2:34 Method does not exist or incorrect signature: void n(Long) from the type T. There is n(Integer).',
    'void n(Integer a) { } void m() { n(); n(1, 2); }':
      '2:34 Method does not exist or incorrect signature: void n() from the type T. There is n(Integer).\n2:39 Method does not exist or incorrect signature: void n(Integer, Integer) from the type T. There is n(Integer).',
    'void n(Date a) { } void m() { n(System.now()); }':
      '2:31 Method does not exist or incorrect signature: void n(Datetime) from the type T. There is n(Date).',
    'void n(List<String> a) { } void m() { n(new List<Integer>()); }':
      '2:39 Method does not exist or incorrect signature: void n(List<Integer>) from the type T. There is n(List<String>).',
    'void n(Set<Object> a) { } void m() { n(new Set<String>()); }':
      '2:38 Method does not exist or incorrect signature: void n(Set<String>) from the type T. There is n(Set<Object>).',
    "void m() { 'abc'.substring('1'); }":
      '2:18 Method does not exist or incorrect signature: void substring(String) from the type String. There is substring(Integer), substring(Integer, Integer).',
    'void m() { new List<String>().add(1); }':
      '2:31 Method does not exist or incorrect signature: void add(Integer) from the type List<String>. There is add(Integer, String), add(String).',
    "void m() { new Map<Id, Account>().put('x', new Contact()); }":
      '2:35 Method does not exist or incorrect signature: void put(String, Contact) from the type Map<Id, Account>. There is put(Id, Account).',
  });
});

test('shouldRefuseMethodsThatDoNotExist', () => {
  refusesMembers({
    'void m() { zork(); }': '2:12 Method does not exist or incorrect signature: void zork() from the type T.',
    'void find() { } void m() { fnid(); }':
      '2:28 Method does not exist or incorrect signature: void fnid() from the type T. Did you mean find?',
    "void m() { 'abc'.zork(); }":
      '2:18 Method does not exist or incorrect signature: void zork() from the type String.',
    'void m() { Account.zork(); }':
      '2:20 Method does not exist or incorrect signature: void zork() from the type Account.',
    'void m() { Zork.run(); }': '2:12 Variable does not exist: Zork.',
    'void m() { System.zork(); }':
      '2:19 Method does not exist or incorrect signature: void zork() from the type System.',
    'class A { } void m() { new A().zork(); }':
      '2:32 Method does not exist or incorrect signature: void zork() from the type T.A.',
    'void n() { } void m() { n().format(); }':
      '2:29 Method does not exist or incorrect signature: void format() from the type void.',
  });
});

test('shouldRefuseValuesOfMethodsThatGiveNone', () => {
  refusesMembers({
    'void n() { } void m() { Object o = n(); }': '2:36 Illegal assignment from void to Object.',
    'void n() { } void m() { System.debug(n()); }':
      '2:32 Method does not exist or incorrect signature: void debug(void) from the type System. There is debug(Object), debug(LoggingLevel, Object).',
    "void n() { } void m() { String s = '' + n(); }": '2:36 Arithmetic expressions are not allowed on void types',
    'void n() { } void m() { Boolean b = n() == null; }':
      '2:37 Comparison arguments must be compatible types: void, null',
    'Integer n() { return 1; } void m() { n() = 1; }': '2:38 Expression cannot be assigned',
  });
});

test('shouldKnowMethodsOfEveryObject', () => {
  acceptsMembers(
    'class A { } void m(A a) { String s = a.toString(); Integer h = a.hashCode(); Boolean e = a.equals(a); A b = a.clone(); }',
    "enum E { X } void m() { String s = E.X.name(); Integer o = E.X.ordinal(); List<E> all = E.values(); E e = E.valueOf('X'); }",
  );
});

test('shouldAskForTheInterfaceOfAsynchronousWork', () => {
  refusesMembers({
    'void m() { System.enqueueJob(this); }':
      '2:30 Method does not exist or incorrect signature: void enqueueJob(T) from the type System. T does not implement Queueable.',
    'void m() { Database.executeBatch(new T()); }':
      '2:34 Method does not exist or incorrect signature: void executeBatch(T) from the type Database. T does not implement Database.Batchable.',
    "void m() { System.schedule('name', '0 0 0 * * ?', this); }":
      '2:51 Method does not exist or incorrect signature: void schedule(String, String, T) from the type System. T does not implement Schedulable.',
    'void m() { System.enqueueJob(new Account()); }':
      '2:30 Method does not exist or incorrect signature: void enqueueJob(Account) from the type System. Account does not implement Queueable.',
  });
});

test('shouldTakeWhatImplementsTheInterfaceOrMay', () => {
  acceptsMembers(
    'class A implements Queueable { public void execute(QueueableContext c) { System.enqueueJob(this); System.enqueueJob(new A(), 1); } }',
    "class A implements Schedulable { public void execute(SchedulableContext c) { System.schedule('n', '0 0 0 * * ?', new A()); } }",
    'interface Step { } void m(Step s, Object o) { System.enqueueJob(s); System.enqueueJob(o); }',
  );
});

test('shouldKnowMethodsOfCustomSettings', () => {
  acceptsStatements(
    'Defaults__c a = Defaults__c.getInstance(); Defaults__c b = Defaults__c.getOrgDefaults(); Defaults__c c = Defaults__c.getValues(UserInfo.getUserId());',
    "Map<String, Codes__c> all = Codes__c.getAll(); Codes__c one = Codes__c.getInstance('x');",
    "Map<String, Rate__mdt> all = Rate__mdt.getAll(); Rate__mdt one = Rate__mdt.getInstance('x');",
  );
});

test('shouldRefuseMethodsOfOtherSettings', () => {
  refusesStatements({
    'Object o = Defaults__c.getAll();':
      '3:24 Method does not exist or incorrect signature: void getAll() from the type Defaults__c.',
    'Object o = Codes__c.getOrgDefaults();':
      '3:21 Method does not exist or incorrect signature: void getOrgDefaults() from the type Codes__c.',
    "Object o = Account.getInstance('x');":
      '3:20 Method does not exist or incorrect signature: void getInstance(String) from the type Account.',
  });
});
