import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './harness.ts';

test('shouldShowWhatAnObjectKeepsInTheOrderOfCharacters', () => {
  assert.deepEqual(
    run(`
      public virtual class Item { public Decimal price = 1.50; }
      public class Order extends Item {
        public String name = 'x'; private Integer Count = 2; transient Boolean open = true;
        public String label { get { return 'computed'; } }
        public Order next { get; set; }
      }
      public class Empty {}
      static void run() { System.debug(new Order()); System.debug('' + new Empty()); }`),
    ['Order:[Count=2, Item.price=1.50, label=null, name=x, next=null, open=true]', 'Empty:[]'],
  );
});

test('shouldShowExceptionsOfTheProjectAsObjectsWithTheirMessage', () => {
  assert.deepEqual(
    run(`
      public class ProbeException extends Exception {}
      public class CodeException extends Exception { public Integer code = 3; }
      static void run() {
        System.debug('' + new ProbeException('message'));
        System.debug(new CodeException('message'));
        System.debug('' + new IllegalArgumentException('message'));
        try { Integer i = 1 / 0; } catch (Exception e) { System.debug(String.valueOf(e)); }
      }`),
    [
      'ProbeException:[]: message',
      'CodeException:[code=3]: message',
      'IllegalArgumentException:[]: message',
      'System.MathException: Divide by 0',
    ],
  );
});

test('shouldShowTextsInSetsAndKeysOfMapsInOrder', () => {
  assert.deepEqual(
    run(`
      static void run() {
        System.debug(new Set<String>{ 'b', 'C', 'a' });
        System.debug(new Map<String, Integer>{ 'b' => 1, 'a' => 2 });
        System.debug(new Map<Boolean, Integer>{ true => 1, false => 2 });
        System.debug(new List<String>{ 'b', 'a' });
      }`),
    ['{C, a, b}', '{a=2, b=1}', '{true=1, false=2}', '(b, a)'],
  );
});

test('shouldEndWhereATextIsLongerThanApexCanHold', () => {
  const longest = `String half = 'x'.repeat(3000000);`;
  for (const more of [
    `half + half + 'y'`,
    `half += half + 'y'`,
    `String.join(new List<String>{ half, half }, ',')`,
    `EncodingUtil.base64Encode(Blob.valueOf(half + half))`,
  ]) {
    assert.deepEqual(
      run(`static void run() { ${longest} Object made = ${more}; }`),
      ['System.LimitException: String length exceeds maximum: 6000000'],
      more,
    );
  }
  assert.deepEqual(run(`static void run() { ${longest} System.debug((half + half).length()); }`), ['6000000']);
});
