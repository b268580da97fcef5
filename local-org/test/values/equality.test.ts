import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { ApexBlob, blobFromText } from '../../src/values/blob.ts';
import { dateOf } from '../../src/values/date.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { ApexDouble } from '../../src/values/double.ts';
import { equal, equalText, exact, hashOf } from '../../src/values/equality.ts';
import { keyOf } from '../../src/values/key.ts';
import { listOf } from '../../src/values/list.ts';
import { mapOf } from '../../src/values/map.ts';
import { setOf } from '../../src/values/set.ts';
import { SObjectValue } from '../../src/values/sobject.ts';
import { ApexTime } from '../../src/values/time.ts';
import { enter } from '../platform/harness.ts';

beforeEach(() => void enter());

function account(fields: Record<string, unknown>): SObjectValue {
  const object = current.universe.schema.object('Account');
  assert.ok(object);
  return new SObjectValue(object, fields);
}

/** Values of every kind; those in one group are equal, those in different groups are not. */
function groups(): unknown[][] {
  const { Object: any, String: text } = current.universe;
  return [
    [null],
    ['a'],
    ['A'],
    [true],
    [1, 1n, new ApexDouble(1), decFromText('1.00')],
    [1.5, new ApexDouble(1.5), decFromText('1.50')].slice(1),
    [2n ** 60n, decFromText('1152921504606846976')],
    [dateOf(1970, 1, 2), dateOf(1970, 1, 2), new ApexDatetime(86_400_000)],
    [new ApexDatetime(1), new ApexDatetime(1)],
    [new ApexTime(1), new ApexTime(1)],
    [blobFromText('x'), new ApexBlob(Uint8Array.of(120))],
    [listOf(any, ['a', 1]), listOf(any, ['a', 1n])],
    [listOf(any, [1, 'a'])],
    [listOf(any, ['a', listOf(any, [])]), listOf(any, ['a', listOf(any, [])])],
    [setOf(text, ['x', 'y']), setOf(text, ['y', 'x'])],
    [mapOf(text, any, [['k', 1]]), mapOf(text, any, [['k', 1]])],
    [mapOf(text, any, [['k', 2]])],
    [account({ Name: 'x', Site: null }), account({ Site: null, Name: 'x' })],
    [account({ Name: 'x' }), account({ Name: 'x', Id: null })],
    [account({ Name: 'X' })],
  ];
}

test('shouldAgreeOnEqualityKeysAndHashCodes', () => {
  const all = groups().flatMap((group, at) => group.map((value) => ({ value, at })));
  for (const a of all) {
    for (const b of all) {
      const same = a.at === b.at;
      assert.equal(equal(a.value, b.value), same, `${String(a.value)} == ${String(b.value)}`);
      assert.equal(keyOf(a.value) === keyOf(b.value), same, `keys of ${String(a.value)} and ${String(b.value)}`);
      if (same) assert.equal(hashOf(a.value), hashOf(b.value), `hash of ${String(a.value)}`);
    }
  }
});

test('shouldCompareALongWithADoubleAsDoubles', () => {
  // Source: octoberswimmer/aer-dist, issue 204
  assert.equal(equal(12345678987654321n, new ApexDouble(12345678987654320)), true);
  assert.equal(equal(new ApexDouble(12345678987654320), 12345678987654321n), true);
  assert.equal(equal(12345678987654325n, new ApexDouble(12345678987654320)), false);
});

test('shouldIgnoreCaseInTextOnlyWhereAsked', () => {
  assert.equal(equalText('Straße', 'STRASSE'), false, 'lengths differ');
  assert.equal(equalText('Ärger', 'ÄRGER'), true);
  assert.equal(equalText(null, ''), false);
  assert.equal(exact('a', 'A'), false);
});

test('shouldCompareObjectsByIdentityWithThreeEqualSigns', () => {
  const list = listOf(current.universe.String, ['a']);
  assert.equal(exact(list, list.clone()), false);
  assert.equal(exact(list, list), true);
  assert.equal(exact(decFromText('1.0'), decFromText('1')), true, 'numbers have no identity');
  const [day, moment, time] = [dateOf(2024, 1, 1), new ApexDatetime(1), new ApexTime(1)];
  assert.equal(exact(day, dateOf(2024, 1, 1)), false);
  assert.equal(exact(moment, new ApexDatetime(1)), false);
  assert.equal(exact(time, new ApexTime(1)), false);
  for (const value of [day, moment, time]) assert.equal(exact(value, value), true);
});

test('shouldFindElementsOfEveryKindInSetsAndMaps', () => {
  const { Object: any } = current.universe;
  for (const group of groups()) {
    const [first, second = first] = group;
    const set = setOf(any, ['other', first]);
    assert.equal(set.contains(second), true, String(first));
    assert.equal(set.add(second), false);
    assert.deepEqual([...set], ['other', first], 'elements come back as they were put in');
    assert.equal(set.remove(second), true);
    assert.deepEqual([...set], ['other']);
    const map = mapOf(any, any, [['other', 0]]);
    map.put(first, 1);
    assert.equal(map.put(second, 2), 1);
    assert.equal(map.size, 2);
    assert.deepEqual([...map.keys()], ['other', first]);
    assert.equal(map.remove(second), 2);
    assert.deepEqual([...map.entries()], [['other', 0]]);
  }
});
