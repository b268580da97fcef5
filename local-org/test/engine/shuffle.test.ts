import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { shuffleOpenOrders } from '../../src/values/anyOrder.ts';
import { mapOf } from '../../src/values/map.ts';
import { setOf } from '../../src/values/set.ts';
import { TestOrg } from '../store/testOrg.ts';

const LETTERS = [...'abcdefghij'];

describe('open orders', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
    org.insert('Account', ...LETTERS.map((Name) => ({ Name, Site: Name < 'f' ? 'first' : 'last' })));
  });

  afterEach(() => shuffleOpenOrders(null));

  const names = (rest = ''): string => org.column(`SELECT Name FROM Account ${rest}`, 'Name').join('');
  const set = (): string => [...setOf(current.universe.String, LETTERS)].join('');
  const map = () =>
    mapOf(
      current.universe.String,
      current.universe.String,
      LETTERS.map((x) => [x, x] as const),
    );
  const keys = (): string => [...map().keySet()].join('');
  const values = (): string => map().values().items.join('');

  it('shouldBeThatOfAddingUnlessShuffled', () => {
    assert.deepEqual(
      [names(), set(), keys(), values()],
      Array.from({ length: 4 }, () => LETTERS.join('')),
    );
  });

  for (const [what, read] of Object.entries({ names, set, keys, values })) {
    it(`shouldBeShuffledBySeedAndLoseNothing: ${what}`, () => {
      const with7 = (text: string): string => {
        shuffleOpenOrders(7, text);
        return read();
      };
      const mixed = with7('A');
      assert.notEqual(mixed, LETTERS.join(''));
      assert.equal([...mixed].sort().join(''), LETTERS.join(''));
      assert.equal(with7('A'), mixed, 'the same seed and test give the same order');
      assert.notEqual(with7('B'), mixed, 'another test gets another order');
    });
  }

  it('shouldLeaveWhatOrderByDecides', () => {
    shuffleOpenOrders(7);
    assert.equal(names('ORDER BY Name'), LETTERS.join(''));
    const bySite = names('ORDER BY Site');
    assert.equal([...bySite.slice(0, 5)].sort().join(''), 'abcde');
    assert.notEqual(bySite, LETTERS.join(''), 'rows that the order does not tell apart come in any');
  });

  it('shouldLetAnyRowBeTheFirst', () => {
    shuffleOpenOrders(7);
    const firsts = new Set(Array.from({ length: 40 }, () => names('LIMIT 1')));
    assert.ok(firsts.size > 3, [...firsts].join(''));
  });

  it('shouldShuffleGroups', () => {
    shuffleOpenOrders(7);
    const groups = () => org.column('SELECT Name FROM Account GROUP BY Name', 'Name').join('');
    assert.notEqual(groups(), groups());
    assert.equal(org.count('SELECT COUNT() FROM Account'), 10);
  });
});
