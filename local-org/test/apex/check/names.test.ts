import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptsMembers,
  acceptsStatements,
  acceptsUnits,
  problemsOf,
  refusesMembers,
  refusesStatements,
  refusesUnits,
} from './harness.ts';

test('shouldFindLocalsFieldsTypesAndNamespaces', () => {
  acceptsMembers(
    'Integer f; static Integer s; void m(Integer p) { Integer l = f + s + p; l = this.f + T.s; }',
    'void m() { String t = Account.Name.getDescribe().getName(); System.Type c = T.class; Schema.SObjectType o = Schema.Account.SObjectType; }',
    'void m() { Database.SaveResult r; System.debug(System.now()); Integer i = System.Math.abs(-1); }',
    "void m() { Account Account = new Account(); Account.Name = 'a local hides the type'; }",
    'Integer i; void m() { Integer i = 1; i = 2; this.i = i; }',
  );
});

test('shouldMeanTheTypeWhereAFieldOfItsNameIsOutOfReach', () => {
  acceptsMembers(
    `enum Kind { A, B } public Kind kind; T(Kind k) { this.kind = k; } static final Map<Kind, Integer> ORDER =
     new Map<Kind, Integer>{ Kind.A => 1 }; static Kind first() { return T.Kind.A; } static Kind other() { return Kind.B; }`,
  );
  refusesMembers({
    'Integer count; static void m() { Integer i = count; }':
      '2:46 Non static field cannot be referenced from a static context: count from the type T',
    'Integer count; void m() { Integer i = T.count; }':
      '2:41 Non static field cannot be referenced from a static context: count from the type T',
  });
});

test('shouldMeanTheObjectWhereAClassOfItsNameHasNoInstances', () => {
  acceptsStatements(
    'BusinessHours open = [SELECT Id FROM BusinessHours LIMIT 1]; Datetime d = BusinessHours.nextStartDate(open.Id, Datetime.now());',
    'List<BusinessHours> all = [SELECT Id FROM BusinessHours]; Schema.SObjectType t = BusinessHours.SObjectType;',
  );
});

test('shouldFindFieldTokensBehindFields', () => {
  acceptsStatements(
    'Schema.SObjectField f = Account.fields.Name; String s = Contact.fields.LastName.getDescribe().getName();',
  );
  refusesStatements({ 'Object o = Account.fields.Zork;': '3:27 Field does not exist: Zork on Account.' });
});

test('shouldIgnoreCaseOfNames', () => {
  acceptsMembers('Integer Count; void m() { COUNT = count + THIS.cOUNT; sYSTEM.dEBUG(Count); }');
});

test('shouldRefuseNamesThatAreNowhere', () => {
  refusesStatements({
    'x = 1;': '3:1 Variable does not exist: x.',
    'Integer total = 1; Integer i = totl;': '3:32 Variable does not exist: totl. Did you mean total?',
    'Integer i = Zork.value;': '3:13 Variable does not exist: Zork.',
    'Object o = Account.Zork__c;': '3:20 Variable does not exist: Zork__c.',
    'Object o = LoggingLevel.LOUD;': '3:25 Variable does not exist: LOUD.',
    'Zork z;': '3:1 Invalid type: Zork',
    'Object o = new Zork();': '3:16 Invalid type: Zork',
    'Object o = (Zork) null;': '3:13 Invalid type: Zork',
    'Object o = Zork.class;': '3:12 Invalid type: Zork',
    'Object o = Schema.Zork;': '3:12 Variable does not exist: Schema.Zork.',
  });
});

test('shouldRefuseLocalsBeforeTheirDeclarationAndOutsideTheirBlock', () => {
  refusesStatements({
    'Integer a = b; Integer b = 1;': '3:13 Variable does not exist: b.',
    '{ Integer a = 1; } a = 2;': '3:20 Variable does not exist: a.',
    'for (Integer i = 0; i < 1; i++) { } i = 0;': '3:37 Variable does not exist: i.',
    'try { Integer a; } finally { a = 1; }': '3:30 Variable does not exist: a.',
  });
});

test('shouldRefuseASecondVariableOfAName', () => {
  refusesStatements({
    'Integer a; String a;': '3:19 Duplicate variable: a',
    'Integer a; { Integer A; }': '3:22 Duplicate variable: A',
    'for (Integer i = 0; i < 1; i++) { Integer i; }': '3:43 Duplicate variable: i',
    'Integer e; try { } catch (Exception e) { }': '3:37 Duplicate variable: e',
    'Integer a, a;': '3:12 Duplicate variable: a',
  });
});

test('shouldTakeANameAgainInAnotherBlock', () => {
  acceptsStatements(
    'for (Integer i = 0; i < 1; i++) { } for (Integer i = 0; i < 1; i++) { }',
    '{ Integer a; } { String a; }',
  );
});

test('shouldRefuseAParameterTwiceAndALocalOfItsName', () => {
  refusesMembers({
    'void m(Integer a, String A) { }': '2:26 Duplicate variable: A',
    'void m(Integer a) { Integer a; }': '2:29 Duplicate variable: a',
  });
});

test('shouldRefuseReservedNames', () => {
  refusesStatements({
    'Integer number;': '3:9 Identifier name is reserved: number',
    'Integer group;': '3:9 Identifier name is reserved: group',
    'Integer date;': '3:9 Identifier name is reserved: date',
    'Integer system;': '3:9 Identifier name is reserved: system',
    'Integer select;': '3:9 Identifier cannot be a keyword: select',
    'Integer x_;':
      '3:9 Invalid character in identifier: x_. It starts with a letter, and has no __ and no _ at the end.',
    'Integer a__b;':
      '3:9 Invalid character in identifier: a__b. It starts with a letter, and has no __ and no _ at the end.',
  });
});

test('shouldTakeNamesThatAreOnlyWordsElsewhere', () => {
  acceptsStatements('Integer type, id, first, last, count, order, offset, sharing, status, name, value;');
});

test('shouldLetMethodsHaveReservedNames', () => {
  acceptsMembers('void sort() { } void system() { } void number() { }');
});

test('shouldRefuseReservedNamesOfDeclarations', () => {
  refusesUnits({
    'public class T { Integer object; }': 'T.cls:1:26 Identifier name is reserved: object',
    'public class T { void m(Integer exception) { } }': 'T.cls:1:33 Identifier name is reserved: exception',
    'public class T { enum E { SYSTEM, A } }': 'T.cls:1:27 Identifier name is reserved: SYSTEM',
    'public class T { class Page { } }': 'T.cls:1:24 Identifier type is reserved: Page',
    'public class T { void limit() { } }': 'T.cls:1:23 Identifier name is reserved: limit',
    'public class T { Integer group { get; set; } }': 'T.cls:1:26 Identifier name is reserved: group',
  });
});

test('shouldNameTheFileAfterTheType', () => {
  refusesUnits({
    '// the class Other has this file\npublic class A { }':
      'Other.cls:2:14 A is not what its file is called: rename it to Other, or the file',
  });
});

test('shouldMeanTheInnerTypeAfterATypesNameWhereAnInstanceFieldHasTheNameToo', () => {
  acceptsMembers(
    'public enum Op { ONE } public Op Op { get; set; } static void m() { Op o = T.Op.ONE; }',
    'public enum Op { ONE } public Op op; static Op m() { return Op.ONE; }',
    'public class Op { } public Op op; static void m() { Object o = new T.Op(); System.Type t = T.Op.class; }',
  );
  refusesMembers({
    'public Integer op; static void m() { Object o = T.op; }':
      '2:51 Non static field cannot be referenced from a static context: op from the type T',
  });
});

test('shouldFindWhatStandsBesideASuperclassThatIsAnInnerClass', () => {
  const outer = 'public class Beside { public class Args { } public virtual class Driver { } }\n---\n';
  acceptsUnits(`${outer}public class T { class Mine extends Beside.Driver { Args a; } }`);
  refusesUnits({
    [`${outer}public class T { class Mine { Args a; } }`]: 'T.cls:1:31 Invalid type: Args',
  });
});

test('shouldTakeTokensFromFieldsOfAnObject', () => {
  acceptsMembers('void m() { Schema.SObjectField f = Contact.fields.LastName; f.getDescribe(); }');
  refusesStatements({
    'Object o = Contact.fields.Zork;': '3:27 Field does not exist: Zork on Contact.',
  });
});

test('shouldHoldRecordsInVariablesOfAnObjectThatSharesItsNameWithAClassOfStaticMethods', () => {
  acceptsMembers(
    'void m() { BusinessHours h = [SELECT Id FROM BusinessHours LIMIT 1]; Id i = h.Id; Long d = BusinessHours.diff(i, System.now(), System.now()); }',
  );
  refusesStatements({
    "Integer i = (Integer) BusinessHours.diff('a');":
      '3:37 Method does not exist or incorrect signature: void diff(String) from the type BusinessHours. There is diff(String, Datetime, Datetime).',
  });
});

test('shouldFindOwnClassesByTheNamespaceOfTheProject', () => {
  const use =
    'public class A { public class In { } public static Integer n; }\n---\npublic class T { ns.A a; NS.A.In i = new ns.A.In(); Integer n = ns.A.n; }';
  assert.deepEqual(problemsOf(use.split('\n---\n'), { namespace: 'ns' }), []);
  assert.equal(problemsOf(use.split('\n---\n'), { namespace: 'other' })[0], 'T.cls:1:18 Invalid type: ns.A');
});

// What the compiler in @salesforce/sfdx-scanner 2.13.7 says of these sources, but for the mends in the messages.
test('shouldMeanAStaticFieldOfTheClassAroundBeforeAnInheritedOne', () => {
  const parent = '\n---\npublic virtual class S { public Integer x = 1; public static Integer y = 1; }';
  acceptsUnits(
    `public class A { static String x = ''; class B extends S { void m() { String s = x; Integer i = this.x; i = y; } } }${parent}`,
    `public class A { static String y = ''; class B extends S { void m() { String s = y; } } }${parent}`,
    `public class A { static String x = ''; class B extends S { Integer x = 2; void m() { Integer i = x; } } }${parent}`,
    'public virtual class S { public static Integer y = 1; public virtual class In { } }\n---\npublic class A { class B extends S.In { void m() { Integer i = y; } } }',
  );
});

test('shouldNotFindStaticFieldsOfAncestorsByASubclassNorInStaticCode', () => {
  const parent =
    '\n---\npublic virtual class S { public static Integer y = 1; public static Integer z { get; set; } public static Integer f() { return 1; } }';
  acceptsUnits(
    `public class A extends S { void m() { Integer i = y; f(); A.f(); } static void n() { f(); } }${parent}`,
  );
  refusesUnits({
    [`public class A extends S { void m() { Integer i = A.y; } }${parent}`]: 'A.cls:1:53 Variable does not exist: y.',
    [`public class A extends S { void m() { A.z = 1; } }${parent}`]: 'A.cls:1:41 Variable does not exist: z.',
    [`public class A extends S { static void m() { Integer i = y; } }${parent}`]:
      'A.cls:1:58 Variable does not exist: y.',
    [`public class A extends S { class B { void m() { Integer i = y; } } }${parent}`]:
      'A.cls:1:61 Variable does not exist: y.',
    [`public class A extends S { void m() { super.f(); } }${parent}`]:
      'A.cls:1:45 Static method cannot be referenced from a non static context: Integer S.f()',
  });
});
