import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf } from './harness.ts';

test('shouldTellWhatIsNotBuiltFromWhatDoesNotExist', () => {
  const source =
    "public class T { void m() { Http h = new Http(); 'a'.length(); 'a'.zork(); Object o = Label.Greeting; } }";
  assert.deepEqual(problemsOf([source], { isBuilt: ({ name }) => name !== 'length' }), [
    'T.cls:1:54 Unsupported: String.length() exists on Salesforce but is not built in local-org.',
    'T.cls:1:68 Method does not exist or incorrect signature: void zork() from the type String.',
  ]);
});

test('shouldSayWhichConstructorIsNotBuilt', () => {
  const source = 'public class T { Object o = new HttpRequest(); }';
  assert.deepEqual(problemsOf([source], { isBuilt: () => false }), [
    'T.cls:1:29 Unsupported: new HttpRequest() exists on Salesforce but is not built in local-org.',
  ]);
});

test('shouldSayThatCollectionsAndObjectsAreNotConstructedThisWay', () => {
  const source = 'public class T { List<String> l = new List<String>(5); Object o = new Object(); }';
  assert.deepEqual(problemsOf([source], { isBuilt: () => false }), [
    'T.cls:1:35 Unsupported: new List<String>(Integer) exists on Salesforce but is not built in local-org.',
    'T.cls:1:67 Unsupported: new Object() exists on Salesforce but is not built in local-org.',
  ]);
});

test('shouldReportEachProblemOnceHoweverOftenATypeIsNamed', () => {
  const used = 'public class A { void m(T other) { other.f = null; other.f = null; T.g(other.f); } }';
  assert.deepEqual(problemsOf(['public class T { public Zork f; public static void g(Object o) { } }', used]), [
    'T.cls:1:25 Invalid type: Zork',
  ]);
});

test('shouldSayWhichPropertyIsNotBuilt', () => {
  const source = 'public class T { Object o = RestContext.request; }';
  assert.deepEqual(problemsOf([source], { isBuilt: () => false }), [
    'T.cls:1:41 Unsupported: RestContext.request exists on Salesforce but is not built in local-org.',
  ]);
});
