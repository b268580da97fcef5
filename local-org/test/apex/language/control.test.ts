import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

test('shouldRunEveryKindOfLoop', () => {
  assert.deepEqual(
    run(`static void run() {
      String s = '';
      for (Integer i = 0, j = 9; i < j; i += 2, j--) { if (i == 4) continue; s += i; }
      Integer k = 0;
      while (true) { if (++k > 3) break; s += 'w'; }
      do { k--; s += 'd'; } while (k > 2);
      for (String x : new Set<String>{ 'a', 'b' }) s += x;
      System.debug(s);
    }`),
    ['02wwwddab'],
  );
});

test('shouldIterateOverOwnIterables', () => {
  assert.deepEqual(
    run(`
      public class Range implements Iterable<Integer>, Iterator<Integer> {
        Integer at = 0; Integer n; public Range(Integer n) { this.n = n; }
        public Iterator<Integer> iterator() { return this; }
        public Boolean hasNext() { return at < n; }
        public Integer next() { return at++; } }
      static void run() { Integer sum = 0; for (Integer i : new Range(4)) sum += i; System.debug(sum); }`),
    ['6'],
  );
});

test('shouldRefuseChangesOfACollectionInItsLoop', () => {
  const [line] = run(
    `static void run() { List<Integer> xs = new List<Integer>{ 1 }; for (Integer x : xs) xs.add(2); }`,
  );
  assert.equal(line, 'System.FinalException: Cannot modify a collection while it is being iterated.');
});

test('shouldRefuseTheNextStepOfALoopWhoseListWasChanged', () => {
  assert.deepEqual(
    run(`static void run() {
      List<Integer> xs = new List<Integer>{ 1, 2 };
      for (Integer x : xs) { xs.add(0, 0); System.debug('changed'); break; }
      System.debug(xs);
      for (Integer x : xs) { for (Integer y : xs) { if (x == 1 && y == 2) xs.remove(0); } System.debug(x); } }`),
    ['changed', '(0, 1, 2)', '0', 'System.FinalException: Cannot modify a collection while it is being iterated.'],
  );
});

test('shouldGoOnOverTheKeysOfAMapThatIsChangedItself', () => {
  const lines = run(
    `static void run() {
      Map<String, Integer> byName = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
      for (String x : byName.keySet()) { System.debug(x); byName.remove(x); byName.put(x + x, 3); }
      System.debug(byName); }`,
    62,
  );
  assert.deepEqual(lines, ['a', 'b', '{aa=3, bb=3}']);
});

test('shouldRefuseTheNextStepOfALoopWhoseSetWasChangedSinceVersion62', () => {
  const refused = 'System.FinalException: Cannot modify a collection while it is being iterated.';
  const loop = (statement: string): string[] =>
    run(
      `static void run() {
        Set<String> xs = new Set<String>{ 'a', 'b' };
        Map<String, Integer> byName = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
        ${statement}
        System.debug(xs); }`,
      62,
    );
  assert.deepEqual(loop("for (String x : xs) { System.debug(x); xs.remove('b'); }"), ['a', refused]);
  assert.deepEqual(loop("for (String x : xs) xs.add('c');"), [refused]);
  assert.deepEqual(loop('for (String x : xs) xs.clear();'), [refused]);
  const keys = 'Set<String> ks = byName.keySet(); for (String x : ks)';
  assert.deepEqual(loop(`${keys} ks.remove('b');`), [refused]);
  assert.deepEqual(loop(`${keys} ks.clear();`), [refused]);
  // Neither what was already so, nor a change in the last step or before the loop is left.
  assert.deepEqual(loop("for (String x : xs) { xs.add('a'); xs.remove('z'); byName.put(x, 5); }"), ['{a, b}']);
  assert.deepEqual(loop('for (String x : byName.keySet()) byName.put(x, 5);'), ['{a, b}']);
  assert.deepEqual(loop("for (String x : xs) if (x == 'b') xs.remove(x);"), ['{a}']);
  assert.deepEqual(loop('for (String x : xs) { xs.remove(x); break; }'), ['{b}']);
  assert.deepEqual(loop('for (String x : xs.clone()) xs.remove(x);'), ['{}']);
});

test('shouldLoopOverACopyOfASetBeforeVersion62', () => {
  assert.deepEqual(
    run(`static void run() {
      Set<Integer> xs = new Set<Integer>{ 1, 2 };
      for (Integer x : xs) { xs.remove(x); xs.add(x + 10); }
      System.debug(xs);
      Map<String, Integer> byName = new Map<String, Integer>{ 'a' => 1, 'b' => 2 };
      for (String name : byName.keySet()) byName.remove(name);
      System.debug(byName.size()); }`),
    ['{11, 12}', '0'],
  );
});

test('shouldCatchByTypeAndAlwaysRunFinally', () => {
  assert.deepEqual(
    run(`
      public virtual class AException extends Exception {}
      public class BException extends AException {}
      static Integer f(Integer n) {
        try { if (n == 1) throw new BException('b'); if (n == 2) throw new AException('a', new BException('cause')); return 0; }
        catch (BException e) { System.debug('B ' + e.getMessage()); return 1; }
        catch (AException e) { System.debug('A ' + e.getMessage() + ' ' + e.getCause().getMessage()); return 2; }
        finally { System.debug('finally ' + n); }
      }
      static void run() { System.debug(f(0) + f(1) + f(2)); throw new BException(); }`),
    ['finally 0', 'B b', 'finally 1', 'A a cause', 'finally 2', '3', 'T.BException: Script-thrown exception'],
  );
});

test('shouldRunNeitherCatchNorFinallyAfterAFailedAssertion', () => {
  assert.deepEqual(
    run(
      `static void run() { try { System.assertEquals(1, 2, 'no'); } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); } }`,
    ),
    ['System.AssertException: Assertion Failed: no: Expected: 1, Actual: 2'],
  );
});

test('shouldTellTheLineOfAnException', () => {
  assert.deepEqual(
    run(`static void run() {
      try {
        String s = null;
        Integer n = 'abc'.length() +
          s.length();
      } catch (NullPointerException e) { System.debug(e.getLineNumber() + ' ' + e.getStackTraceString()); }
    }`),
    ['6 Class.T.run: line 6, column 1'],
  );
});

test('shouldStopAtACallDepthOfAThousand', () => {
  assert.deepEqual(
    run(
      `static Integer f(Integer n) { return f(n + 1); } static void run() { try { f(0); } catch (Exception e) { System.debug('caught'); } }`,
    ),
    ['System.LimitException: Maximum stack depth reached: 1001'],
  );
});

test('shouldEndTheWholeChainAtASafeNavigation', () => {
  assert.deepEqual(
    run(`
      public class N { public N next; public String name = 'n'; public N self() { System.debug('self'); return this; } }
      static void run() {
        N n; N m = new N();
        System.debug(n?.self().next.name);
        System.debug(m?.next?.name ?? 'none');
        System.debug(m?.self()?.name);
      }`),
    ['null', 'none', 'self', 'n'],
  );
});

test('shouldSwitchOnValuesAndNull', () => {
  assert.deepEqual(
    run(`
      static String f(Integer i) { switch on i { when 1, 2 { return 'low'; } when -3 { return 'minus'; } when null { return 'null'; } when else { return 'else'; } } }
      static void run() { System.debug(f(2) + f(-3) + f(null) + f(9)); }`),
    ['lowminusnullelse'],
  );
});

test('shouldThrowANullPointerExceptionWhenNothingIsThrown', () => {
  assert.deepEqual(
    run(`static void run() { try { throw null; } catch (NullPointerException e) { System.debug(e.getMessage()); } }`),
    ['Attempt to de-reference a null object'],
  );
});
