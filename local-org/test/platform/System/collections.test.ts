import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure, run } from '../harness.ts';

/** What statements print. */
function prints(name: string, statements: string, lines: string[], members = ''): void {
  test(name, () => assert.deepEqual(run(statements, members), lines));
}

prints(
  'shouldChangeLists',
  `List<Integer> xs = new List<Integer>{ 1, 2 };
   xs.add(3); xs.add(0, 9); xs.set(1, 7);
   System.debug(xs); System.debug(xs.remove(0)); System.debug(xs.size()); System.debug(xs.get(2));
   xs.addAll(new List<Integer>{ 5 }); xs.addAll(new Set<Integer>{ 6 }); xs.addAll(xs); System.debug(xs);
   xs.clear(); System.debug(xs.isEmpty());`,
  ['(9, 7, 2, 3)', '9', '3', '3', '(7, 2, 3, 5, 6, 7, 2, 3, 5, 6)', 'true'],
);

test('shouldThrowListExceptionWhenAnIndexIsOutOfBounds', () => {
  for (const use of ['xs.get(3)', 'xs.remove(3)', 'xs[3]']) {
    assert.equal(
      failure(`List<Integer> xs = new List<Integer>{ 1 }; Object o = ${use};`),
      'System.ListException: List index out of bounds: 3',
    );
  }
  assert.equal(failure('new List<Integer>().set(0, 1);'), 'System.ListException: List index out of bounds: 0');
  assert.equal(failure('new List<Integer>().add(1, 1);'), 'System.ListException: List index out of bounds: 1');
  assert.equal(
    failure('Object o = new List<Integer>().get(-1);'),
    'System.ListException: List index out of bounds: -1',
  );
});

prints(
  'shouldFindEqualElements',
  `List<Object> xs = new List<Object>{ 'a', 1, 2.50, null };
   System.debug(xs.indexOf('a')); System.debug(xs.contains('A')); System.debug(xs.indexOf(null));
   System.debug(xs.indexOf(2.5)); System.debug(xs.contains(1L));
   System.debug(new List<Integer>{ 1, 2 } == new List<Integer>{ 1, 2 });
   System.debug(new List<Integer>{ 1, 2 }.equals(new List<Integer>{ 2, 1 }));`,
  ['0', 'false', '3', '2', 'false', 'true', 'false'],
);

prints(
  'shouldSortPrimitivesWithNullsFirst',
  `List<String> s = new List<String>{ 'b', null, 'B', 'a' }; s.sort(); System.debug(s);
   List<Decimal> d = new List<Decimal>{ 2.5, 1, -3.1 }; d.sort(); System.debug(d);
   List<Date> t = new List<Date>{ Date.newInstance(2024, 2, 1), Date.newInstance(2023, 1, 1) }; t.sort(); System.debug(t[0].year());
   List<Boolean> b = new List<Boolean>{ true, false }; b.sort(); System.debug(b);`,
  ['(null, B, a, b)', '(-3.1, 1, 2.5)', '2023', '(false, true)'],
);

prints(
  'shouldSortByCompareToAndByComparatorKeepingTheOrderOfEquals',
  `List<P> ps = new List<P>{ new P('x', 2), new P('y', 1), new P('z', 2) };
   ps.sort(); System.debug(ps); ps.sort(new ByName()); System.debug(ps);`,
  ['(y1, x2, z2)', '(z2, y1, x2)'],
  `class P implements Comparable { String n; Integer v; P(String n, Integer v) { this.n = n; this.v = v; }
     public Integer compareTo(Object other) { return v - ((P) other).v; } public override String toString() { return n + v; } }
   class ByName implements Comparator<P> { public Integer compare(P a, P b) { return 1 - 2 * (a.n > b.n ? 1 : 0); } }`,
);

test('shouldThrowWhenElementsCanNotBeCompared', () => {
  assert.deepEqual(run('List<Q> qs = new List<Q>{ new Q(), new Q() }; qs.sort();', 'class Q {}'), [
    'System.ListException: One or more of the items in this list is not Comparable.',
  ]);
});

prints(
  'shouldSortRecordsByNameThenOtherFields',
  `List<Account> xs = new List<Account>{ new Account(Name = 'b'), new Account(Name = 'a', Site = 'z'), new Account(Name = 'a', Site = 'y') };
   xs.sort(); for (Account a : xs) System.debug(a.Name + a.Site);`,
  ['ay', 'az', 'bnull'],
);

prints(
  'shouldKeepSetsInTheOrderOfInsertion',
  `Set<String> s = new Set<String>{ 'b', 'a' };
   System.debug(s.add('b')); System.debug(s.add('B')); System.debug(new List<String>(s));
   System.debug(s.remove('x')); System.debug(s.removeAll(new List<String>{ 'b' })); System.debug(s);
   System.debug(s.containsAll(new List<String>{ 'a', 'B' })); System.debug(s.retainAll(new Set<String>{ 'a' })); System.debug(s);
   System.debug(new Set<Integer>{ 1, 2 } == new Set<Integer>{ 2, 1 });`,
  ['false', 'true', '(b, a, B)', 'false', 'true', '{B, a}', 'true', 'true', '{a}', 'true'],
);

prints(
  'shouldTakeNumbersOfEqualValueAsOneKey',
  `Set<Object> s = new Set<Object>{ 1, 1L, 1.0, 1.00 }; System.debug(s.size());
   Map<Decimal, String> m = new Map<Decimal, String>{ 1.50 => 'x' }; System.debug(m.get(1.5));
   Map<Date, String> d = new Map<Date, String>{ Date.newInstance(2024, 1, 1) => 'new year' };
   System.debug(d.get(Date.newInstance(2024, 1, 1)));`,
  ['1', 'x', 'new year'],
);

prints(
  'shouldUseEqualsAndHashCodeOfTheProject',
  `Map<K, String> m = new Map<K, String>(); K first = new K(1); m.put(first, 'a');
   System.debug(m.put(new K(1), 'b')); System.debug(m.size()); System.debug(m.get(new K(1))); System.debug(m.containsKey(new K(2)));
   m.remove(new K(1)); System.debug(m.isEmpty()); System.debug(m.put(new K(1), 'c'));
   Set<N> n = new Set<N>{ new N(), new N() }; System.debug(n.size());`,
  ['a', '1', 'b', 'false', 'true', 'null', '2'],
  `class K { Integer v; K(Integer v) { this.v = v; } public Boolean equals(Object o) { return ((K) o).v == v; } public Integer hashCode() { return v; } }
   class N {}`,
);

prints(
  'shouldTakeRecordsByTheirFieldsAsKeys',
  `Set<Account> s = new Set<Account>{ new Account(Name = 'a'), new Account(Name = 'a'), new Account(Name = 'b') };
   System.debug(s.size()); System.debug(new Account(Name = 'x') == new Account(Name = 'x'));
   System.debug(new Account(Name = 'x') === new Account(Name = 'x'));`,
  ['2', 'true', 'false'],
);

prints(
  'shouldKeepMapsInTheOrderOfInsertion',
  `Map<String, Integer> m = new Map<String, Integer>{ 'b' => 1 };
   System.debug(m.put('a', 2)); System.debug(m.put('b', 3)); System.debug(m); System.debug(m.get('B')); System.debug(new List<String>(m.keySet()));
   System.debug(m.values()); System.debug(m.remove('b')); System.debug(m.size());
   m.putAll(new Map<String, Integer>{ 'z' => 9 }); System.debug(m);`,
  ['null', '1', '{a=2, b=3}', 'null', '(b, a)', '(3, 2)', '3', '1', '{a=2, z=9}'],
);

prints(
  'shouldSeeTheMapThroughItsKeySet',
  `Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
   Set<String> keys = m.keySet(); keys.remove('a'); System.debug(m); m.put('c', 3); System.debug(keys);
   Set<String> own = keys.clone(); own.add('d'); System.debug(m.size());`,
  ['{b=2}', '{b, c}', '2'],
);

prints(
  'shouldPutRecordsUnderTheirIds',
  `Account a = new Account(Id = '001000000000001', Name = 'x');
   Map<Id, Account> m = new Map<Id, Account>(new List<Account>{ a });
   System.debug(m.get('001000000000001AAA').Name); System.debug(m.containsKey(a.Id));`,
  ['x', 'true'],
);

test('shouldThrowListExceptionWhenARecordOfAMapHasNoId', () => {
  assert.equal(
    failure("Map<Id, Account> m = new Map<Id, Account>(new List<Account>{ new Account(Name = 'x') });"),
    'System.ListException: Row with null Id at index: 0',
  );
});

test('shouldThrowTypeExceptionWhenAnElementIsOfAnotherTypeAtRunTime', () => {
  assert.equal(
    failure("List<SObject> xs = new List<Account>(); xs.add(new Contact(LastName = 'c'));"),
    'System.TypeException: Collection store exception adding Contact to List<Account>',
  );
});

test('shouldRefuseChangesWhileIterating', () => {
  const refused = 'System.FinalException: Cannot modify a collection while it is being iterated.';
  assert.equal(failure('List<Integer> xs = new List<Integer>{ 1 }; for (Integer x : xs) { xs.remove(0); }'), refused);
  assert.equal(failure('List<Integer> xs = new List<Integer>{ 1, 2 }; for (Integer x : xs) { xs.sort(); }'), refused);
});

prints(
  'shouldAllowChangesAfterALoopWasLeft',
  `List<Integer> xs = new List<Integer>{ 1, 2 };
   for (Integer x : xs) { if (x == 1) break; }
   try { for (Integer x : xs) { throw new IllegalArgumentException('out'); } } catch (Exception e) {}
   xs.add(3); System.debug(xs);`,
  ['(1, 2, 3)'],
);

prints(
  'shouldIterateExplicitly',
  `Iterator<String> i = new List<String>{ 'a', 'b' }.iterator();
   while (i.hasNext()) System.debug(i.next());
   try { i.next(); } catch (NoSuchElementException e) { System.debug(e.getTypeName()); }`,
  ['a', 'b', 'System.NoSuchElementException'],
);

prints(
  'shouldCopyShallowAndDeep',
  `List<Account> xs = new List<Account>{ new Account(Id = '001000000000001AAA', Name = 'a') };
   List<Account> shallow = xs.clone(); List<Account> deep = xs.deepClone(); List<Account> kept = xs.deepClone(true);
   xs[0].Name = 'b'; System.debug(shallow[0].Name + deep[0].Name + kept[0].Name); System.debug(deep[0].Id); System.debug(kept[0].Id);`,
  ['baa', 'null', '001000000000001AAA'],
);

prints(
  'shouldMakeAnEmptyListOfAListThatIsNull',
  'List<Object> none = null; System.debug(new List<Object>(none).size());',
  ['0'],
);

const ITERATOR = `
  public class Steps implements Iterator<Object> {
    Integer at = 0;
    public Boolean hasNext() { return at < 2; }
    public Object next() { return ++at; }
  }
  public class Names implements Iterator<String> {
    public Boolean hasNext() { return false; }
    public String next() { return null; }
  }`;

prints(
  'shouldTakeIteratorsOfObjectForThoseOfAnything',
  `Object steps = new Steps(); Iterator<Integer> numbers = (Iterator<Integer>) steps; Integer sum = 0;
   while (numbers.hasNext()) sum += numbers.next();
   System.debug(sum);
   List<Object> all = new List<Iterator<String>>(); all.add(new Steps()); System.debug(all.size());`,
  ['3', '1'],
  ITERATOR,
);

test('shouldRefuseIteratorsOfSomethingElse', () => {
  assert.equal(
    run('Object names = new Names(); Object o = (Iterator<Integer>) names;', ITERATOR).at(-1),
    'System.TypeException: Invalid conversion from runtime type T.Names to Iterator<Integer>',
  );
});

prints(
  'shouldHoldNotANumberForEqualToItself',
  `Double a = Math.sqrt(-1); Object x = a; Object y = Math.sqrt(-1); System.debug(x.equals(y)); Object one = 1.0;
   System.debug(x.equals(one));`,
  ['true', 'false'],
);

prints(
  'shouldTakeTextForIdsInACastOnlyWhereItIsIds',
  `List<String> good = new List<String>{ '001000000000001', null }; List<String> bad = new List<String>{ 'no id' };
   Object o = good; System.debug(((List<Id>) o).size());
   try { o = bad; List<Id> ids = (List<Id>) o; System.debug('taken'); } catch (TypeException e) { System.debug(e.getMessage()); }
   try { List<Id> ids = (List<Id>) bad; System.debug('taken'); } catch (TypeException e) { System.debug('refused'); }`,
  ['2', 'Invalid conversion from runtime type List<String> to List<Id>', 'refused'],
);

prints(
  'shouldCountWhatIsNoLimitOfItsOwnAsWhatItCountsAs',
  `System.debug(Limits.getLimitFindSimilarCalls() == Limits.getLimitSoslQueries());
   System.debug(Limits.getLimitRunAs() == Limits.getLimitDmlStatements()); System.debug(Limits.getSavepointRollbacks());`,
  ['true', 'true', '0'],
);

prints(
  'shouldGiveCollectionsWithEqualElementsEqualHashCodes',
  `List<K> xs = new List<K>{ new K(1), null }; Set<K> ys = new Set<K>{ new K(1), new K(2) };
   Map<String, K> zs = new Map<String, K>{ 'a' => new K(1), 'b' => new K(2) };
   System.debug(xs.hashCode() == new List<K>{ new K(1), null }.hashCode());
   System.debug(ys.hashCode() == new Set<K>{ new K(2), new K(1) }.hashCode());
   System.debug(zs.hashCode() == new Map<String, K>{ 'b' => new K(2), 'a' => new K(1) }.hashCode());
   System.debug(new List<Integer>{ 1, 2 }.hashCode() == new List<Long>{ 1, 2 }.hashCode());
   System.debug(xs.hashCode() == new List<K>{ new K(2), null }.hashCode());`,
  ['true', 'true', 'true', 'true', 'false'],
  `class K { Integer v; K(Integer v) { this.v = v; } public Boolean equals(Object o) { return ((K) o).v == v; } public Integer hashCode() { return v; } }`,
);
