import { test } from 'node:test';
import { acceptsMembers, refusesMembers } from './harness.ts';

// What the compiler in @salesforce/sfdx-scanner 2.13.7 says.
test('shouldMakeCollectionsFromThoseOfTheSameElementsOnly', () => {
  acceptsMembers(
    'void m(List<String> l, Set<String> s) { Object o = new List<String>(l); o = new List<String>(s); o = new Set<String>(l); }',
    'void m(Map<String, Id> m) { Object o = new Map<String, Id>(m); m.putAll(new Map<String, String>()); }',
    // Records may stand for others.
    'void m(List<Account> l, Map<Id, Account> m) { Object o = new List<SObject>(l); o = new Map<Id, SObject>(m); }',
    'void m(List<Object> l) { l.addAll(new List<Id>()); }',
  );
  refusesMembers({
    'void m(List<String> l) { Object o = new List<Object>(l); }':
      '2:37 Invalid initializer type List<String> found for List<Object>: expected an Integer or a List of type Object',
    'void m(List<Id> l) { Object o = new Set<String>(l); }':
      '2:33 Invalid initializer type List<Id> found for Set<String>: expected a List or a Set of type: String',
    'void m(List<Integer> l) { Object o = new List<Decimal>(l); }':
      '2:38 Invalid initializer type List<Integer> found for List<Decimal>: expected an Integer or a List of type Decimal',
    'virtual class A { } class B extends A { } void m(List<B> l) { Object o = new List<A>(l); }':
      '2:74 Invalid initializer type List<T.B> found for List<T.A>: expected an Integer or a List of type T.A',
    'void m(Map<String, Id> m) { Object o = new Map<String, Object>(m); }':
      '2:40 Invalid initializer type Map<String, Id> found for Map<String, Object>: expected a Map with the same key and value types, or a valid SObject List (String to Object)',
  });
});

test('shouldGiveSetsListsOfTheSameElementsOnly', () => {
  acceptsMembers('void m(Set<SObject> s, List<Account> l) { s.addAll(l); }');
  for (const method of ['addAll', 'containsAll', 'removeAll', 'retainAll']) {
    refusesMembers({
      [`void m(Set<String> s, List<Id> l) { s.${method}(l); }`]:
        '2:39 Illegal all method call for argument type, List<Id>, for collection: Set<String>',
    });
  }
});
