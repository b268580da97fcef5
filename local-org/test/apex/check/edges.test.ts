import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements, refusesUnits } from './harness.ts';

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
