import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

// Lists and maps of narrower numbers and of Dates stand for those of wider ones and Datetimes: the compiler in
// @salesforce/sfdx-scanner 2.13.7. That an element is converted when it is read follows from the types; that the collection keeps
// its own, from `List<Object> l = new List<Integer>()`.
test('shouldReadElementsOfNarrowerNumbersAsTheStaticTypeSays', () => {
  assert.deepEqual(
    run(`static void run() {
      List<Decimal> prices = new List<Integer>{ 1, 2 };
      System.debug(prices[0] / 4 + ' ' + prices.get(1).setScale(2));
      Decimal sum = 0;
      for (Decimal price : prices) sum += price / 8;
      System.debug(sum);
      Map<String, Decimal> byName = new Map<String, Long>{ 'a' => 5L };
      System.debug(byName.get('a') / 2);
      List<Double> doubles = new List<Decimal>{ 1.5 };
      System.debug(doubles[0] * 2);
      List<Datetime> times = new List<Date>{ Date.newInstance(2024, 1, 2) };
      System.debug(times[0].addHours(1).getTime());
      Iterator<Decimal> each = prices.iterator();
      System.debug(each.next().scale());
      List<List<Decimal>> rows = new List<List<Integer>>{ new List<Integer>{ 3 } };
      System.debug(rows[0][0] / 2);
    }`),
    ['0.25 2.00', '0.375', '2.5', '3.0', '1704157200000', '0', '1.5'],
  );
});

test('shouldKeepTheTypeThatACollectionWasMadeWith', () => {
  assert.deepEqual(
    run(`static void run() {
      List<Decimal> prices = new List<Integer>{ 1 };
      Object held = prices;
      System.debug((held instanceof List<Integer>) + ' ' + (held instanceof List<Decimal>) + ' ' + (held instanceof List<String>));
      prices.add(2);
    }`),
    ['true true false', 'System.TypeException: Collection store exception adding Decimal to List<Integer>'],
  );
  assert.deepEqual(
    run(`static void run() {
      List<Decimal> prices = new List<Integer>{ 1 };
      try { prices[0] += 1; } catch (TypeException e) { System.debug(e.getMessage()); }
      try { prices.add(0, 1.5); } catch (TypeException e) { System.debug(e.getMessage()); }
      List<Decimal> more = new List<Decimal>();
      more.addAll(new List<Integer>{ 7 });
      more[0] += 1;
      System.debug(more[0] / 16);
      Object o = more;
      List<Integer> whole = (List<Integer>) more;
    }`),
    [
      'Collection store exception adding Decimal to List<Integer>',
      'Collection store exception adding Decimal to List<Integer>',
      '0.5',
      'System.TypeException: Invalid conversion from runtime type List<Decimal> to List<Integer>',
    ],
  );
});
