import { test } from 'node:test';
import {
  acceptsMembers,
  acceptsStatements,
  acceptsUnits,
  refusesMembers,
  refusesStatements,
  refusesUnits,
} from './harness.ts';

/** Cases next to those in which a rule applies. */

test('shouldLetRecordsHaveErrorsThatAreOfNoField', () => {
  acceptsStatements("SObject s; s.addError('x'); Account a; a.addError('x'); a.addError(new DmlException('x'));");
});

test('shouldKnowTheIdOfAnyRecordAndOfNothingElse', () => {
  acceptsStatements('SObject s; Id i = s.Id; i = s.id;');
  refusesStatements({ 'T t; Object o = t.id;': '3:19 Variable does not exist: id.' });
});

test('shouldNotTakeTheNameOfALabelForAVariable', () => {
  refusesStatements({ 'String s = greeting;': '3:12 Variable does not exist: greeting.' });
});

test('shouldRefuseSuperBeforeAFieldInAStaticMethod', () => {
  refusesUnits({
    'public virtual class A { public Integer x; }\n---\npublic class T extends A { static Integer m() { return super.x; } }':
      'T.cls:1:56 Super cannot be referenced in a static context',
  });
});

test('shouldTakeWhatMayTurnOutToImplementAJob', () => {
  acceptsStatements('System.enqueueJob(null);');
  acceptsMembers(
    'abstract class A {} void m(A a) { System.enqueueJob(a); } interface I {} void n(I i) { System.enqueueJob(i); }',
  );
});

test('shouldCheckTheElementsOfACollectionWhoseTypeDoesNotExist', () => {
  refusesStatements({
    'Object o = new List<Zork>{ zork2 };': '3:21 Invalid type: Zork\n3:28 Variable does not exist: zork2.',
  });
});

test('shouldCastAnInstantToADayOnly', () => {
  acceptsStatements('Datetime t; Date d = (Date) t;');
  refusesStatements({
    'Datetime t; Integer i = (Integer) t;':
      '3:25 Incompatible types since an instance of Datetime is never an instance of Integer',
    'Integer i; Date d = (Date) i;':
      '3:21 Incompatible types since an instance of Integer is never an instance of Date',
  });
});

test('shouldCompareAnInstantWithADayEitherWay', () => {
  acceptsStatements('Datetime t; Date d; Boolean b = t < d; b = d < t;');
  refusesStatements({
    'Integer i; Boolean b = i < null;': '3:24 Comparison arguments must be compatible types: Integer, null',
    'Integer i; Boolean b = null < i;': '3:24 Comparison arguments must be compatible types: null, Integer',
    'Datetime t; t = t + null;': '3:17 Date/time expressions must use Integer or Double or Decimal',
  });
});

test('shouldCompareWhatMayBeAnObjectExactly', () => {
  acceptsStatements("Object o; Boolean b = 'a' === o; b = o === 'a';");
  refusesStatements({
    "Boolean b = 'a' === 'b';": '3:13 Exact equality operator only allowed for reference types: String',
  });
});

test('shouldCompareAnIdWithTextOnly', () => {
  acceptsStatements("Id i; Boolean b = i == 'x'; b = 'x' == i; b = i == i; b = i == null;");
  refusesStatements({
    'Id i; Boolean b = i == 1;': '3:19 Comparison arguments must be compatible types: Id, Integer',
    'Id i; Boolean b = 1 == i;': '3:19 Comparison arguments must be compatible types: Integer, Id',
  });
});

test('shouldGoOnAfterASwitchOfWhichOneBranchEnds', () => {
  acceptsStatements('Integer i = 1; switch on i { when 1 { return; } when else { i = 2; } } i = 3;');
  acceptsStatements('Integer i = 1; switch on i { when 1 { return; } } i = 3;');
  refusesStatements({
    'Integer i = 1; switch on i { when 1 { return; } when else { return; } } i = 3;': '3:73 Unreachable statement',
  });
});

test('shouldSayOnlyWhatIsWrongWithAnArgument', () => {
  refusesUnits({
    'public virtual class A { public A(String s, Integer i) {} }\n---\npublic class T extends A { T() { super(zork, 1); } }':
      'T.cls:1:40 Variable does not exist: zork.',
  });
});

test('shouldMakeRecordsOfCustomMetadataInMemory', () => {
  acceptsStatements("Rate__mdt r = new Rate__mdt(DeveloperName = 'x', MasterLabel = 'X', Percent__c = 1);");
});

test('shouldTakeNamesOf255Characters', () => {
  const name = 'x'.repeat(255);
  acceptsStatements(`Integer ${name} = 1;`);
  refusesStatements({
    [`Integer ${name}x = 1;`]: `3:9 Identifier name is too long: ${name}x. It has at most 255 characters.`,
  });
});

test('shouldUpsertWhatCanBeInsertedAndUpdated', () => {
  refusesMembers({
    'void m(EmailMessageRelation r) { upsert r; }': '2:41 DML operation UPSERT not allowed on EmailMessageRelation',
    'void m(ContentDocument d) { upsert d; }': '2:36 DML operation UPSERT not allowed on ContentDocument',
  });
});

test('shouldSayNothingMoreOfWhatWasRefusedAlready', () => {
  refusesUnits({
    'public class T extends Zork { Object m() { return super.x; } }': 'T.cls:1:24 Invalid type: Zork',
    'public class T extends Zork { }\n---\npublic class U { Object m(T t) { return t.x; } }':
      'T.cls:1:24 Invalid type: Zork',
    'public virtual class A { public A(String s) { } }\n---\npublic class T extends A { T() { super(zork, 1); } }':
      'T.cls:1:40 Variable does not exist: zork.',
  });
  refusesStatements({
    'Object o = new Map<String, Zork>{ a => b };':
      '3:28 Invalid type: Zork\n3:35 Variable does not exist: a.\n3:40 Variable does not exist: b.',
    'Object o = ConnectApi.Zork.x;': '3:23 Variable does not exist: ConnectApi.Zork.',
  });
});

test('shouldNameWhatAnInheritedInterfaceWantsOnce', () => {
  refusesUnits({
    "public interface I { Integer f(); }\n---\npublic interface J extends I { }\n---\npublic class T implements I, J { public String f() { return ''; } }":
      'T.cls:1:48 Method return types clash: Integer vs String from the type T',
  });
});

test('shouldMeanTheTypeBehindAFieldOnlyForItsStaticMethods', () => {
  acceptsMembers('class Tool { } String tool; void m() { Integer i = tool.length(); }');
  acceptsUnits(
    'public class Tool { public static void run() { } public void stay() { } }\n---\npublic class T { String tool; void m() { tool.run(); } }',
  );
  refusesUnits({
    'public class Tool { public static void run() { } public void stay() { } }\n---\npublic class T { String tool; void m() { tool.stay(); } }':
      'T.cls:1:47 Method does not exist or incorrect signature: void stay() from the type String.',
  });
});

test('shouldFindTheInterfaceThatTwoClassesShare', () => {
  acceptsMembers(
    'interface I { } class A implements I { } class B implements I { } I m(Boolean b) { return b ? new A() : new B(); }',
  );
});

test('shouldCompareCollectionsWhoseElementsMayBeTheSame', () => {
  acceptsStatements(
    'Set<Account> a; Set<SObject> b; Boolean same = a == b || b == a;',
    'Map<String, Account> a; Map<String, SObject> b; Boolean same = a == b;',
  );
  refusesStatements({
    'List<Account> a; List<Contact> b; Boolean same = a == b;':
      '3:50 Comparison arguments must be compatible types: List<Account>, List<Contact>',
    'Map<Integer, Account> a; Map<String, SObject> b; Boolean same = a == b;':
      '3:65 Comparison arguments must be compatible types: Map<Integer, Account>, Map<String, SObject>',
  });
});

test('shouldBindInDynamicQueriesWhatIsInSight', () => {
  const query = "Database.query('SELECT Id FROM Account WHERE Name = :x');";
  acceptsMembers(
    `Integer own; static Integer shared; static void m() { ${query} }`,
    `Integer own; static Integer shared; class Nested { Integer shared; void m() { ${query} } }`,
  );
  acceptsUnits(
    `public virtual class A { private Integer hidden; }\n---\npublic class T extends A { void m() { ${query} } }`,
  );
});

test('shouldCheckTheNamesInInterfaces', () => {
  refusesUnits({
    'public interface T { void a__b(); }':
      'T.cls:1:27 Invalid character in identifier: a__b. It starts with a letter, and has no __ and no _ at the end.',
    'public interface T { void m(Integer a_); }':
      'T.cls:1:37 Invalid character in identifier: a_. It starts with a letter, and has no __ and no _ at the end.',
  });
});
