import { describe, it } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

describe('annotated methods', () => {
  it('shouldFollowTheirAnnotations', () =>
    acceptsUnits(
      'public class T { @InvocableMethod @Deprecated public static void run(List<String> a) { } }',
      "public class T { @InvocableMethod @TestVisible @SuppressWarnings('x') public static void run(List<String> a) { } }",
      'public class T { @RemoteAction public static void run(String a) { } @RemoteAction public static void run(String a, String b) { } }',
      'public class T { @RemoteAction public static void run(String a) { } public static void run(Integer a) { } }',
      'public class T { @RemoteAction public static void run(String a) { } public static void run(Integer a) { } @RemoteAction public static void run(Integer a, Integer b) { } }',
      'public class T { @Future public static void run(List<String> a, Map<String, List<Integer>> b, Id c) { } }',
      'global class T { webservice static void run(String a, List<Account> b) { } }',
      'global class T { webservice static Exception run() { return null; } }',
      'global class T { webservice static void run(String a) { } static void run(Integer a) { } }',
      'public class T { @ReadOnly @RemoteAction public static void run() { } }',
      'global class T { @ReadOnly webservice static void run() { } }',
      "@RestResource(urlMapping='/a') global class T { @HttpGet @ReadOnly global static void run() { } }",
      'public class T implements Schedulable { @ReadOnly public void execute(SchedulableContext c) { } }',
      "@RestResource(urlMapping='/*/a') global class T { }",
      "@RestResource(urlMapping='/a/*') global class T { }",
      "@RestResource(urlMapping='/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') global class T { }",
    ));

  it('shouldNotBeOverloadedForAuraSinceVersion55', () => {
    const source =
      'public class T { @AuraEnabled public static void a() { } @AuraEnabled public static void a(Id b) { } }';
    const fault = 'Overload of AuraEnabled method: a overload is not permitted';
    refusesUnits({ [source]: `T.cls:1:50 ${fault}\nT.cls:1:90 ${fault}` }, 55);
    refusesUnits({ [source]: '' }, 54);
  });

  it('shouldNeitherTakeNorGiveABareObjectOverRest', () =>
    refusesUnits({
      "@RestResource(urlMapping='/a') global class T { @HttpGet global static Object run() { return 1; } }":
        'T.cls:1:79 HttpGet methods do not support return type of Object',
      "@RestResource(urlMapping='/a') global class T { @HttpPost global static void run(Object a) { } }":
        'T.cls:1:78 HttpPost methods do not support parameter type of Object',
      "@RestResource(urlMapping='/a') global class T { @HttpPut global static Map<String, Object> run(String a) { return null; } }":
        '',
    }));

  it('shouldNotSeeAllDataBesideATestSetup', () =>
    refusesUnits({
      '@IsTest class T { @TestSetup static void s() { } @IsTest(SeeAllData=true) static void m() { } }':
        'T.cls:1:42 Test class containing a test setup method cannot have any methods annotated with @isTest(SeeAllData=true)',
      '@IsTest class T { @TestSetup static void s() { } @IsTest(SeeAllData=false) static void m() { } }': '',
    }));

  it('shouldBeRefusedUnlessTheyFollowTheirAnnotations', () =>
    refusesUnits({
      'public class T { @InvocableMethod @Future public static void run(List<String> a) { } }':
        'T.cls:1:62 The only annotation that can be used with InvocableMethod is Deprecated',
      'public class T { @InvocableMethod @Deprecated @ReadOnly public static void run(List<String> a) { } }':
        'T.cls:1:76 The only annotation that can be used with InvocableMethod is Deprecated\nT.cls:1:76 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      'public class T { @RemoteAction public static void run(String a) { } @RemoteAction public static void run(Integer a) { } }':
        'T.cls:1:51 Remote Action does not support two remote action methods with the same name and same number of parameters\nT.cls:1:102 Remote Action does not support two remote action methods with the same name and same number of parameters',
      'public class T { @Future public static void run(Missing a) { } }': 'T.cls:1:49 Invalid type: Missing',
      'public class T { @Future public static void run(Map<String, Account> a) { } }':
        'T.cls:1:45 Future methods do not support parameter type of Map<String, Account>',
      'public class T { @Future public static void run(Map<Account, String> a) { } }':
        'T.cls:1:45 Future methods do not support parameter type of Map<Account, String>',
      'public class T { @Future public static void run(List<Object> a) { } }':
        'T.cls:1:45 Future methods do not support parameter type of List<Object>',
      'global class T { webservice static void run(Map<String, String> a) { } }':
        'T.cls:1:41 webService methods do not support parameter type of Map<String, String>',
      'global class T { webservice static void run(List<Set<String>> a) { } }':
        'T.cls:1:41 webService methods do not support parameter type of List<Set<String>>',
      'global class T { webservice static void run(Pattern a) { } }':
        'T.cls:1:41 webService methods do not support parameter type of Pattern',
      'global class T { webservice static void run(DmlException a) { } }':
        'T.cls:1:41 webService methods do not support parameter type of DmlException',
      'global class T { webservice static void run(String a) { } webservice static void run(Integer a) { } }':
        'T.cls:1:41 Web Service does not support two web service methods with the same name: run\nT.cls:1:82 Web Service does not support two web service methods with the same name: run',
      'public class T { @ReadOnly public static void run() { } }':
        'T.cls:1:47 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      'public class T implements Schedulable { public void execute(SchedulableContext c) { } @ReadOnly public void execute(String c) { } }':
        'T.cls:1:109 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      'public class T implements Schedulable { public void execute(SchedulableContext c) { } @ReadOnly public void other(SchedulableContext c) { } }':
        'T.cls:1:109 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      'public class T implements Schedulable { public void execute(SchedulableContext c) { } @ReadOnly public void execute() { } }':
        'T.cls:1:109 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      'public class T { @ReadOnly public void execute(SchedulableContext c) { } }':
        'T.cls:1:40 Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
      "@RestResource(urlMapping='') global class T { }": 'T.cls:1:1 Rest Resource url cannot be empty',
      '@RestResource global class T { }': 'T.cls:1:1 Required property is missing: urlMapping',
      "@RestResource(urlMapping='a') global class T { }":
        "T.cls:1:1 Rest Resource url must begin with a forward slash, '/'",
      "@RestResource(urlMapping='/a*') global class T { }":
        "T.cls:1:1 Rest Resource url wildcard, '*', must be preceded by a forward slash, '/'",
      "@RestResource(urlMapping='/*a') global class T { }":
        "T.cls:1:1 Rest Resource url wildcard, '*', must be followed by a forward slash, '/', or be the last character",
      "@RestResource(urlMapping='/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') global class T { }":
        'T.cls:1:1 Rest Resource url cannot be longer than 255 characters',
    }));
});
