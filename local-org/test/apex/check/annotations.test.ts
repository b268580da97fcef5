import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldTakeAnnotationsInTheirPlaces', () => {
  acceptsUnits(
    "@SuppressWarnings('PMD') public class T { @TestVisible private Integer a; @AuraEnabled public Integer b; @AuraEnabled public Integer c { get; set; } @InvocableVariable(label='x' required=true) public String d; }",
    'public class T { @AuraEnabled(cacheable=true) public static Integer m(Integer a) { return a; } @AuraEnabled public Integer getN() { return 1; } @Future(callout=true) public static void n(List<Id> ids, Integer a) { } }',
    "public class T { @InvocableMethod(label='x' description='y') public static List<String> m(List<String> a) { return a; } @RemoteAction public static Integer n() { return 1; } }",
    "@RestResource(urlMapping='/things/*') global class T { @HttpGet global static String get() { return ''; } @HttpPost global static void post(String a) { } }",
    '@IsTest(SeeAllData=false IsParallel=true) class T { @TestSetup static void s() { } @IsTest static void m() { } }',
    "@JsonAccess(serializable='always' deserializable='never') public class T { }",
    'public class T implements Schedulable { @ReadOnly public void execute(SchedulableContext c) { } }',
  );
});

test('shouldRefuseAnnotationsThatDoNotExist', () => {
  refusesUnits({
    '@Zork public class T { }': 'T.cls:1:1 Annotation does not exist: Zork.',
    'public class T { @AuraEnabeld public static void m() { } }':
      'T.cls:1:18 Annotation does not exist: AuraEnabeld. Did you mean AuraEnabled?',
  });
});

test('shouldRefuseAnnotationsInOtherPlaces', () => {
  refusesUnits({
    '@Future public class T { }': 'T.cls:1:1 Future is not allowed on classes',
    '@AuraEnabled public class T { }': 'T.cls:1:1 AuraEnabled is not allowed on classes',
    'public class T { @IsTest Integer a; }': 'T.cls:1:18 IsTest is not allowed on fields',
    'public class T { @Future Integer a; }': 'T.cls:1:18 Future is not allowed on fields',
    'public class T { @InvocableVariable public void m() { } }':
      'T.cls:1:18 InvocableVariable is not allowed on methods',
    "public class T { @RestResource(urlMapping='/x') public static void m() { } }":
      'T.cls:1:18 RestResource is not allowed on methods',
    '@IsTest public interface T { }': 'T.cls:1:1 IsTest is not allowed on interfaces',
    '@IsTest public enum T { A }': 'T.cls:1:1 IsTest is not allowed on enums',
    'public class T { @IsTest class A { } }': 'T.cls:1:18 IsTest can only be used on a top level type',
    "public class T { @JsonAccess(serializable='always') Integer a; }":
      'T.cls:1:18 JsonAccess is not allowed on fields',
  });
});

test('shouldRefuseAnnotationsTwice', () => {
  refusesUnits({
    'public class T { @TestVisible @TestVisible private Integer a; }': 'T.cls:1:31 Duplicate modifier: TestVisible',
  });
});

test('shouldRefusePropertiesThatAnAnnotationDoesNotHave', () => {
  refusesUnits({
    '@IsTest(SeeAlData=true) class T { }':
      'T.cls:1:1 No such property, SeeAlData, defined on this annotation: IsTest. Did you mean seeAllData?',
    "@IsTest(SeeAllData='maybe') class T { }": 'T.cls:1:1 Invalid value for property SeeAllData expected type Boolean',
    'public class T { @AuraEnabled(zork=true) public static void m() { } }':
      'T.cls:1:18 No such property, zork, defined on this annotation: AuraEnabled.',
    '@RestResource global class T { }': 'T.cls:1:1 Required property is missing: urlMapping',
    "@RestResource(urlMapping='things') global class T { }":
      "T.cls:1:1 Rest Resource url must begin with a forward slash, '/'",
    "@RestResource(urlMapping='/a*b') global class T { }":
      "T.cls:1:1 Rest Resource url wildcard, '*', must be preceded by a forward slash, '/'",
    '@JsonAccess public class T { }': 'T.cls:1:1 At least one JSON serialization control parameter must be specified',
    '@SuppressWarnings public class T { }': 'T.cls:1:1 Required property is missing: value',
  });
});

test('shouldLetTestMethodsStandInAnyClassBeforeVersion28', () => {
  const old = 'public class T { @IsTest static void m() { } @IsTest static Integer n() { return 1; } }';
  refusesUnits({ [old]: '' }, 27);
  refusesUnits(
    {
      [old]:
        'T.cls:1:18 Defining type for IsTest methods must be declared as IsTest\n' +
        'T.cls:1:46 Defining type for IsTest methods must be declared as IsTest\n' +
        'T.cls:1:69 IsTest methods do not support return type of Integer',
    },
    28,
  );
});

test('shouldHoldTestMethodsToTheirContract', () => {
  refusesUnits({
    '@IsTest class T { @IsTest void m() { } }': 'T.cls:1:32 IsTest methods must be declared as static',
    '@IsTest class T { @IsTest static Integer m() { return 1; } }':
      'T.cls:1:42 IsTest methods do not support return type of Integer',
    '@IsTest class T { @IsTest static void m(Integer a) { } }': 'T.cls:1:39 Test methods must have no arguments',
    '@IsTest class T { testMethod void m() { } }': 'T.cls:1:35 testMethod methods must be declared as static',
    'public class T { @IsTest static void m() { } }':
      'T.cls:1:18 Defining type for IsTest methods must be declared as IsTest',
    '@IsTest class T { class A { @IsTest void m() { } } }':
      'T.cls:1:29 IsTest can only be used on methods of a top level type\nT.cls:1:42 IsTest methods must be declared as static',
    '@IsTest public virtual class T { }': 'T.cls:1:1 IsTest classes cannot be virtual',
    '@IsTest public abstract class T { }': 'T.cls:1:1 IsTest classes cannot be abstract',
    '@IsTest class TException extends Exception { }':
      'TException.cls:1:15 Only top-level non-exception class types can be marked as tests',
  });
});

test('shouldHoldTestSetupToItsContract', () => {
  refusesUnits({
    '@IsTest class T { @TestSetup void m() { } }': 'T.cls:1:19 TestSetup methods must be declared as static',
    '@IsTest class T { @TestSetup static Integer m() { return 1; } }': 'T.cls:1:45 Test setup method must return void',
    '@IsTest class T { @TestSetup static void m(Integer a) { } }': 'T.cls:1:42 Test methods must have no arguments',
    '@IsTest class T { @TestSetup static void m() { } @TestSetup static void n() { } }':
      'T.cls:1:73 Only one method per type can be defined with: TestSetup',
    '@IsTest(SeeAllData=true) class T { @TestSetup static void m() { } }':
      'T.cls:1:59 Test class cannot be annotated with @isTest(SeeAllData=true)',
    'public class T { @TestSetup static void m() { } }':
      'T.cls:1:18 Defining type for TestSetup methods must be declared as IsTest',
  });
});

test('shouldHoldFutureMethodsToTheirContract', () => {
  refusesUnits({
    'public class T { @Future void m() { } }': 'T.cls:1:18 Future methods must be declared as static',
    'public class T { @Future static Integer m() { return 1; } }':
      'T.cls:1:41 Future methods do not support return type of Integer',
    'public class T { @Future static void m(Account a) { } }':
      'T.cls:1:38 Future methods do not support parameter type of Account',
    'public class T { @Future static void m(List<Account> a) { } }':
      'T.cls:1:38 Future methods do not support parameter type of List<Account>',
    'public class T { @Future static void m(T a) { } }': 'T.cls:1:38 Future methods do not support parameter type of T',
  });
});

test('shouldHoldAuraMethodsToTheirContract', () => {
  refusesUnits({
    'public class T { @AuraEnabled static void m() { } }':
      'T.cls:1:18 AuraEnabled methods require at least one of the following global, public',
    'public class T { @AuraEnabled public void m() { } }':
      "T.cls:1:43 Non static AuraEnabled methods must be named with a prefix 'get'",
    'public class T { @AuraEnabled public Integer getM(Integer a) { return a; } }':
      'T.cls:1:46 Non static AuraEnabled methods may not have parameters',
    'public class T { @AuraEnabled public static void m() { } @AuraEnabled public static void m(Integer a) { } }':
      'T.cls:1:50 Overload of AuraEnabled method: m overload is not permitted\nT.cls:1:90 Overload of AuraEnabled method: m overload is not permitted',
    'public class T { @AuraEnabled Integer a; }':
      'T.cls:1:18 AuraEnabled fields require at least one of the following global, public',
    'public class T { @AuraEnabled public static void a() { } @AuraEnabled public Integer A; }':
      'T.cls:1:50 AuraEnabled method and variable cannot have the same name: a',
  });
});

test('shouldHoldInvocableMethodsToTheirContract', () => {
  refusesUnits({
    'public class T { @InvocableMethod public void m(List<Integer> a) { } }':
      'T.cls:1:18 InvocableMethod methods must be declared as static',
    'public class T { @InvocableMethod static void m(List<Integer> a) { } }':
      'T.cls:1:18 InvocableMethod methods require at least one of the following global, public',
    'public class T { @InvocableMethod public static void m(Integer a) { } }':
      'T.cls:1:54 Unsupported parameter type Integer. Valid invocable parameters must be List types like List<T> where T is a supported type',
    'public class T { @InvocableMethod public static void m(List<Integer> a, Integer b) { } }':
      'T.cls:1:54 Only one parameter is supported on methods with @Invocable annotation',
    'public class T { @InvocableMethod public static Integer m(List<Integer> a) { return 1; } }':
      'T.cls:1:57 InvocableMethod methods do not support return type of Integer',
    'public class T { @InvocableMethod public static void m(List<Integer> a) { } @InvocableMethod public static void n(List<Integer> a) { } }':
      'T.cls:1:113 Only one method per type can be defined with: InvocableMethod',
    'public class T { @InvocableVariable Integer a; @InvocableVariable public static Integer b; @InvocableVariable public final Integer c; }':
      'T.cls:1:18 InvocableVariable fields require at least one of the following global, public\nT.cls:1:48 InvocableVariable fields cannot be static\nT.cls:1:92 InvocableVariable fields cannot be final',
  });
});

test('shouldHoldServicesToTheirContract', () => {
  refusesUnits({
    "@RestResource(urlMapping='/x') public class T { }": 'T.cls:1:1 RestResource classes must be declared as global',
    "@RestResource(urlMapping='/x') global class T { @HttpGet static void m() { } }":
      'T.cls:1:49 HttpGet methods must be declared as global',
    "@RestResource(urlMapping='/x') global class T { @HttpGet global static void m(String a) { } }":
      'T.cls:1:77 HttpGet methods do not support parameters',
    "@RestResource(urlMapping='/x') global class T { @HttpGet global static void m() { } @HttpGet global static void n() { } }":
      'T.cls:1:113 Only one method per type can be defined with: HttpGet',
    'global class T { @HttpGet global static void m() { } }':
      'T.cls:1:18 Defining type for HttpGet methods must be declared as RestResource',
    'global class T { webservice static void m(Map<String, String> a) { } }':
      'T.cls:1:41 webService methods do not support parameter type of Map<String, String>',
    'global class T { webservice static void m() { } webservice static void m(Integer a) { } }':
      'T.cls:1:41 Web Service does not support two web service methods with the same name: m\nT.cls:1:72 Web Service does not support two web service methods with the same name: m',
    'public class T { @RemoteAction public Integer m() { return 1; } }':
      'T.cls:1:18 RemoteAction methods must be declared as static',
    'public class T { @ReadOnly public static void m() { } }':
      'T.cls:1:47 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
  });
});

test('shouldRefuseValuesThatAnAnnotationDoesNotKnow', () => {
  refusesUnits({
    "@JsonAccess(serializable='sometimes') public class T { }":
      'T.cls:1:1 Annotation property, serializable on JsonAccess, unknown value: sometimes',
    '@IsTest(SeeAllData=true IsParallel=true) class T { }':
      'T.cls:1:1 Test class annotated with @isTest(IsParallel=true) cannot also be annotated with @isTest(SeeAllData=true)',
    'public class T { @InvocableVariable public Map<String, String> a; @InvocableVariable public Set<Id> b; @InvocableVariable public List<Id> c; }':
      'T.cls:1:64 InvocableVariable fields do not support type of Map<String, String>\nT.cls:1:101 InvocableVariable fields do not support type of Set<Id>',
  });
});

test('shouldRefuseTestMethodsOutsideOfTestClassesSinceVersion28', () => {
  const source = 'public class T { static testMethod void m() { } }';
  refusesUnits({ [source]: 'T.cls:1:41 Defining type for testMethod methods must be declared as IsTest' }, 28);
  refusesUnits({ [source]: '' }, 27);
});

test('shouldRequireOpenPropertiesOfAuraEnabledSinceVersion47', () => {
  const unit = 'public virtual class T { @AuraEnabled protected Integer a { get; set; } @AuraEnabled Integer b; }';
  const field = 'T.cls:1:73 AuraEnabled fields require at least one of the following global, public';
  refusesUnits({ [unit]: field }, 46);
  refusesUnits(
    { [unit]: `T.cls:1:26 AuraEnabled properties require at least one of the following global, public\n${field}` },
    47,
  );
});
