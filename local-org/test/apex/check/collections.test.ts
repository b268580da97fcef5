import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements } from './harness.ts';

test('shouldMakeCollections', () => {
  acceptsStatements(
    'Map<String, Decimal> m = new Map<String, Decimal>{}; List<Integer> a = new List<Integer>{};',
    "List<Integer> a = new List<Integer>{ 1, 2 }; Set<String> s = new Set<String>{ 'a' }; Map<String, Decimal> m = new Map<String, Decimal>{ 'a' => 1 };",
    'Integer[] a = new Integer[3]; a[0] = 1; Integer[] b = new Integer[]{ 1 }; List<Integer> c = b; List<List<String>> d = new List<List<String>>();',
    "List<Long> l = new List<Long>{ 1 }; List<Object> o = new List<Object>{ 1, 'a' }; List<SObject> r = new List<SObject>{ new Account(), new Lead() };",
    'Map<Id, Account> m = new Map<Id, Account>([SELECT Id FROM Account]); Set<Id> ids = new Set<Id>(m.keySet()); List<Account> l = new List<Account>(m.values());',
    'List<String> l = new List<String>(new Set<String>()); Set<String> s = new Set<String>(new List<String>()); List<String> n = new List<String>(5);',
  );
});

test('shouldRefuseElementsOfAnotherType', () => {
  refusesStatements({
    'List<String> l = new List<String>{ 1 };':
      '3:36 Initial expression is of incorrect type, expected: String but was: Integer',
    'Set<Id> s = new Set<Id>{ 5 };': '3:26 Initial expression is of incorrect type, expected: Id but was: Integer',
    'Map<String, Integer> m = new Map<String, Integer>{ 1 => 1 };':
      '3:52 Invalid key type Integer for Map<String, Integer>',
    "Map<String, Integer> m = new Map<String, Integer>{ 'a' => 'b' };":
      '3:59 Invalid value type String for Map<String, Integer>',
    'Account[] l = new Account[]{ new Contact() };':
      '3:30 Initial expression is of incorrect type, expected: Account but was: Contact',
  });
});

test('shouldRefuseOtherWaysToMakeCollections', () => {
  refusesStatements({
    "List<String> l = new List<String>{ 'a' => 'b' };": '3:18 Only a Map has pairs; this is List<String>.',
    "Map<String, String> m = new Map<String, String>{ 'a' };": '3:25 A Map is given as { key => value }.',
    "String[] l = new String['x'];": '3:25 List size must be of type Integer: String',
    'List<String> l = new List<String>(true);':
      '3:18 Invalid initializer type Boolean found for List<String>: expected an Integer or a List of type String',
    'List<String> l = new List<String>(new List<Integer>());':
      '3:18 Invalid initializer type List<Integer> found for List<String>: expected an Integer or a List of type String',
    'Set<String> s = new Set<String>(5);':
      '3:17 Invalid initializer type Integer found for Set<String>: expected a List or a Set of type: String',
    'Map<Id, Account> m = new Map<Id, Account>(new List<String>());':
      '3:22 Invalid initializer type List<String> found for Map<Id, Account>: expected a Map with the same key and value types, or a valid SObject List (Id to Account)',
    "String s = new String{ 'a' };": "3:16 Only a List, Set or Map takes elements in braces: write 'new String(…)'",
  });
});

test('shouldTakeListsOfRelatedElements', () => {
  acceptsMembers(
    'void m(List<Account> a, List<SObject> s, List<String> t, List<Id> i, List<Object> o) { s = a; a = s; t = i; i = t; o = t; o = a; }',
    'void m(Map<Id, Account> a, Map<Id, SObject> s, Map<String, Object> o, Map<String, String> t) { s = a; o = t; }',
    'void m(Iterable<String> i, List<String> l, Set<String> s) { i = l; i = s; } void n(Iterator<String> i, List<String> l) { i = l.iterator(); }',
    'void m(List<Decimal> a, List<Double> b) { a = b; b = a; }',
  );
});

test('shouldRefuseCollectionsOfOtherElements', () => {
  refusesMembers({
    'void m(List<Object> o) { List<String> t = o; }':
      '2:43 Illegal assignment from List<Object> to List<String>. Cast it: (List<String>).',
    'void m(List<Integer> o) { List<String> t = o; }': '2:44 Illegal assignment from List<Integer> to List<String>.',
    'void m(Map<String, Object> o) { Map<String, String> t = o; }':
      '2:57 Illegal assignment from Map<String, Object> to Map<String, String>. Cast it: (Map<String, String>).',
    'void m(Map<Id, SObject> s) { Map<Id, Account> a = s; }':
      '2:51 Illegal assignment from Map<Id, SObject> to Map<Id, Account>. Cast it: (Map<Id, Account>).',
    'void m(Set<String> s) { Set<Object> o = s; }': '2:41 Illegal assignment from Set<String> to Set<Object>.',
    'void m(Set<Id> s) { Set<String> t = s; }': '2:37 Illegal assignment from Set<Id> to Set<String>.',
    'void m(Set<Account> s) { Set<SObject> t = s; }': '2:43 Illegal assignment from Set<Account> to Set<SObject>.',
    'void m(Set<String> s) { List<String> t = s; }': '2:42 Illegal assignment from Set<String> to List<String>.',
    'void m(List<Account> l) { Account a = l; }': '2:39 Illegal assignment from List<Account> to Account.',
  });
});

test('shouldCheckTypeArguments', () => {
  refusesStatements({
    'List l;': '3:1 No type arguments provided for a parameterized type: List',
    'List<String, String> l;': '3:1 Invalid type argument count for List: expected 1 but found 2',
    'Map<String> m;': '3:1 Invalid type argument count for Map: expected 2 but found 1',
    'String<Integer> s;': '3:1 Type arguments provided for a non-parameterized type: String',
    'Set<Zork> s;': '3:5 Invalid type: Zork',
    'Iterator i;': '3:1 No type arguments provided for a parameterized type: Iterator',
  });
});

test('shouldCompareCollectionsOfAnything', () => {
  acceptsMembers(
    'Boolean m(Set<Object> a, Set<String> b, List<String> c, List<Object> d) { return a.equals(b) && c == d; }',
  );
});

test('shouldPutRecordsIntoMapsOfTheirObjectOnly', () => {
  refusesStatements({
    'new Map<Id, Account>().putAll(new List<Contact>());':
      '3:24 Invalid putAll type List<Contact> found for Map<Id, Account>',
    'new Map<Id, Account>().putAll(new List<SObject>());':
      '3:24 Invalid putAll type List<SObject> found for Map<Id, Account>',
    'new Map<Id, String>().putAll(new List<Account>());':
      '3:23 Invalid putAll type List<Account> found for Map<Id, String>',
    'new Map<Integer, Account>().putAll(new List<Account>());':
      '3:29 Invalid putAll type List<Account> found for Map<Integer, Account>',
    'Map<Id, Contact> m = new Map<Id, Contact>(new List<Account>());':
      '3:22 Invalid initializer type List<Account> found for Map<Id, Contact>: expected a Map with the same key and value types, or a valid SObject List (Id to Contact)',
  });
  acceptsStatements(
    'new Map<Id, Account>().putAll(new List<Account>()); new Map<String, SObject>().putAll(new List<Account>());',
    "Map<Id, Account> m = new Map<Id, Account>(Database.query('x')); m.putAll(Database.query('x'));",
    'new Map<Id, Account>().putAll(new Map<Id, Account>());',
  );
});

test('shouldNestCollectionsEightDeepAtMost', () => {
  const nested = (depth: number): string => `${'List<'.repeat(depth)}String${'>'.repeat(depth)} l;`;
  acceptsStatements(nested(8));
  refusesStatements({ [nested(9)]: '3:1 Exceeded max parameterized type depth: 8, depth: 9' });
});
