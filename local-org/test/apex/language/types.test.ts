import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

test('shouldCarryElementTypesAtRunTime', () => {
  assert.deepEqual(
    run(`static void run() {
      Object strings = new List<String>{ 'a' };
      System.debug(strings instanceof List<String>);
      System.debug(strings instanceof List<Integer>);
      Map<String, Object> m = new Map<String, String>();
      m.put('a', 5);
    }`),
    ['true', 'false', 'System.TypeException: Collection store exception adding Integer to Map<String,String>'],
  );
});

test('shouldRefuseCastsToOtherTypes', () => {
  assert.deepEqual(run(`static void run() { Object o = 'text'; Integer i = (Integer) o; }`), [
    'System.TypeException: Invalid conversion from runtime type String to Integer',
  ]);
});

test('shouldKeepDoublesApartFromIntegersAsObjects', () => {
  assert.deepEqual(
    run(`static void run() {
      Double d = 2; Object o = d;
      System.debug((o instanceof Double) + ' ' + (o instanceof Integer) + ' ' + o);
      List<Double> ds = new List<Double>{ 1, 2.5 };
      Double sum = 0; for (Double x : ds) sum += x; ds[0] += 1;
      System.debug(sum + ' ' + ds[0]);
      Double back = (Double) o; System.debug(back + 1);
    }`),
    ['true false 2.0', '3.5 2.0', '3.0'],
  );
});

test('shouldKnowIdsFromText', () => {
  assert.deepEqual(
    run(`static void run() {
      Id a = '001000000000001'; Object o = '001000000000001'; Object p = 'text';
      System.debug(a + ' ' + (a == '001000000000001') + ' ' + (o instanceof Id) + ' ' + (p instanceof Id));
      try { Id b = 'nonsense'; } catch (StringException e) { System.debug(e.getMessage()); }
    }`),
    ['001000000000001AAA true true false', 'Invalid id: nonsense'],
  );
});

test('shouldMakeObjectsByTypeName', () => {
  assert.deepEqual(
    run(`
      public class Part { public Integer n = 7; }
      static void run() { Part p = (Part) JSON.deserialize('{"n": 8}', Part.class); System.debug(p.n + ' ' + Part.class + ' ' + JSON.serialize(p)); }`),
    ['8 T.Part {"n":8}'],
  );
});

test('shouldCastDatesAndDoublesThatAreHeldAsObject', () => {
  assert.deepEqual(
    run(`
      static void run() {
        Object day = Date.newInstance(2024, 2, 29);
        System.debug(((Datetime) day).getTime());
        Object d = 1.5d;
        System.debug(((Decimal) d).scale());
        Object text = 'x';
        System.debug(((Datetime) text).getTime());
      }`),
    ['1709164800000', '1', 'System.TypeException: Invalid conversion from runtime type String to Datetime'],
  );
});

test('shouldHaveATypeOfVoid', () => {
  assert.deepEqual(
    run("static void run() { System.debug(void.class + ' ' + (void.class == String.class) + Type.forName('void')); }"),
    ['void falsenull'],
  );
});

test('shouldReadLongsFromAListOfIntegers', () => {
  assert.deepEqual(
    run(`
      static Long sum(List<Long> numbers) {
        Long sum = 0; for (Long number1 : numbers) { sum += number1; } return sum + numbers[0] + numbers.get(1);
      }
      static void run() {
        List<Integer> small = new List<Integer>{ 2147483647, 1 };
        System.debug(sum(small));
        List<Long> same = small; System.debug(same.size() == small.size());
        same[1] += 2147483647L;
      }`),
    ['4294967296', 'true', 'System.TypeException: Collection store exception adding Long to List<Integer>'],
  );
});
