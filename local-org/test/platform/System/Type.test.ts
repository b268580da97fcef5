import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

check('shouldFindTypesByName', {
  "Type.forName('String')": 'String',
  "Type.forName('List<Account>').getName()": 'List<Account>',
  "Type.forName('Nowhere')": 'null',
  "Type.forName('List').isAssignableFrom(List<Date>.class)": 'true',
  "Type.forName('System', 'Integer')": 'Integer',
  "Type.forName('', 'T')": 'T',
  "Type.forName('account') == Account.class": 'true',
  'DmlException.class.getName()': 'System.DmlException',
  'HttpRequest.class.getName()': 'HttpRequest',
  'String.class.equals(Integer.class)': 'false',
  'Object.class.isAssignableFrom(String.class)': 'true',
  'Contact.class.isAssignableFrom(Account.class)': 'false',
  'SObject.class.isAssignableFrom(Account.class)': 'true',
});

// Of a class and an object of one name, the name alone means the object at run time.
test('shouldPreferObjectsToClassesOfTheirName', () => {
  assert.deepEqual(
    run("System.debug(Type.forName('Account').newInstance() instanceof SObject);", 'public class Account {}'),
    ['true'],
  );
});

test('shouldNameCollectionsInExceptionsWithoutSpaces', () => {
  assert.equal(
    failure('Object o = new Map<String, Object>(); Date d = (Date) o;'),
    'System.TypeException: Invalid conversion from runtime type Map<String,ANY> to Date',
  );
});

test('shouldNotTakeAClassForANamespaceSinceVersion60', () => {
  const named =
    "System.debug(Type.forName('T', 'Within') + ' ' + Type.forName('Nowhere', 'T') + ' ' + Type.forName('T.Within'));";
  assert.deepEqual(run(named, 'public class Within {}', {}, 60), ['null null T.Within']);
  assert.deepEqual(run(named, 'public class Within {}', {}, 59), ['T.Within null T.Within']);
});

test('shouldMakeInstances', () => {
  assert.deepEqual(
    run(`List<String> xs = (List<String>) List<String>.class.newInstance(); xs.add('a'); System.debug(xs);
      Map<String, Integer> m = (Map<String, Integer>) Type.forName('Map<String,Integer>').newInstance(); System.debug(m);
      Account a = (Account) Account.class.newInstance(); a.Name = 'x'; System.debug(a);
      Exception e = (Exception) Type.forName('NullPointerException').newInstance(); System.debug(e.getTypeName());
      HttpRequest r = (HttpRequest) HttpRequest.class.newInstance(); System.debug(r.getMethod());`),
    ['(a)', '{}', 'Account:{Name=x}', 'System.NullPointerException', 'null'],
  );
});

test('shouldThrowTypeExceptionWhenThereIsNoConstructorToUse', () => {
  assert.match(failure('String.class.newInstance()'), /^System\.TypeException: /);
});

check('shouldKnowIds', {
  "Id.valueOf('001000000000001')": '001000000000001AAA',
  "Id.valueOf('001xA000003DIlo').to15()": '001xA000003DIlo',
  "Id.valueOf('001xA000003DIlo')": '001xA000003DIloQAG',
  "Id.valueOf('001XA000003DILOQAG', true)": '001xA000003DIloQAG',
  "Id.valueOf('001000000000001AAA').equals('001000000000001')": 'true',
  "Id.valueOf('001000000000000000')": '001000000000000000',
  "new Set<Id>{ '0066g00003VDGbF001', '0066g00003VDGbF002' }.size()": '2',
  "(Object) '001000000000000000' instanceof Id": 'true',
  "(Object) 'hello' instanceof Id": 'false',
});

test('shouldThrowStringExceptionWhenTextIsNoId', () => {
  assert.equal(failure("Id x = 'abc';"), 'System.StringException: Invalid id: abc');
  assert.equal(failure("Id.valueOf('001000000000001ZZ')"), 'System.StringException: Invalid id: 001000000000001ZZ');
  assert.equal(failure("Id.valueOf('')"), 'System.StringException: Invalid id: ');
});

check('shouldTakeUrlsApart', {
  "new Url('https://user@example.com:8443/a/b?q=1#top').getHost()": 'example.com',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getAuthority()": 'user@example.com:8443',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getUserInfo()": 'user',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getPort()": '8443',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getFile()": '/a/b?q=1',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getPath()": '/a/b',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getQuery()": 'q=1',
  "new Url('https://user@example.com:8443/a/b?q=1#top').getRef()": 'top',
  "new Url('https://user@example.com:8443/a/b?q=1#top')": 'https://user@example.com:8443/a/b?q=1#top',
  "new Url('https://example.com').getPort()": '-1',
  "new Url('https://example.com').getDefaultPort()": '443',
  "new Url('https', 'example.com', '/x').toExternalForm()": 'https://example.com/x',
  "new Url(new Url('https://example.com/a/b'), '../c')": 'https://example.com/c',
  "new Url('https://example.com/x#1').sameFile(new Url('https://EXAMPLE.com:443/x#2'))": 'true',
});

check('shouldMakeUuids', {
  'UUID.randomUUID().toString().length()': '36',
  "UUID.fromString('123E4567-E89B-12D3-A456-426614174000')": '123e4567-e89b-12d3-a456-426614174000',
  "UUID.fromString('123e4567-e89b-12d3-a456-426614174000') == UUID.fromString('123e4567-e89b-12d3-a456-426614174000')":
    'true',
  'UUID.randomUUID() == UUID.randomUUID()': 'false',
});

check('shouldOrderVersions', {
  'new Version(1, 2).compareTo(new Version(1, 3))': '-1',
  'new Version(1, 2, 9).compareTo(new Version(1, 2))': '0',
  'new Version(2, 0, 1).patch()': '1',
});

test('shouldCountLimits', () => {
  assert.deepEqual(
    run(
      "System.debug(Limits.getQueries() + ' of ' + Limits.getLimitQueries()); System.debug(Limits.getLimitCpuTime()); System.debug(Limits.getCpuTime() < 5000);",
    ),
    ['0 of 100', '10000', 'true'],
  );
});

test('shouldSortTextByTheLanguageOfTheUser', () => {
  assert.deepEqual(
    run("List<String> xs = new List<String>{ 'z', 'ä', 'a' }; xs.sort(Collator.getInstance()); System.debug(xs);", '', {
      locale: 'de_DE',
    }),
    ['(a, ä, z)'],
  );
});

check('shouldNameCollectionsWithoutSpaces', {
  'String.valueOf(Map<Id, List<Account>>.class)': 'Map<Id,List<Account>>',
  'Map<Id, List<Account>>.class.getName()': 'Map<Id,List<Account>>',
  "Type.forName('Map<Id,List<Account>>') == Map<Id, List<Account>>.class": 'true',
});

// Source: Apex Reference, Type Class: "not private classes even if the context user has access".
test('shouldNotFindPrivateClassesOfOtherFiles', () => {
  assert.deepEqual(
    run(
      "System.debug(Type.forName('T.Hidden') + ' ' + Type.forName('T.Shown'));",
      'private class Hidden {} public class Shown {}',
    ),
    ['T.Hidden T.Shown'],
    'in its own file it is found: jasonsiders/apex-starter-pack, TypeUtils',
  );
});

test('shouldNameEnumsOfThePlatformWithTheirNamespace', () => {
  assert.equal(
    failure('Object o = LoggingLevel.DEBUG; Date d = (Date) o;'),
    'System.TypeException: Invalid conversion from runtime type System.LoggingLevel to Date',
  );
});
