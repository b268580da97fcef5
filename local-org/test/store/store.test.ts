import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { idOf } from '../../src/store/ids.ts';
import { readSnapshot, writeSnapshot } from '../../src/store/snapshot.ts';
import { Store } from '../../src/store/store.ts';
import type { Table } from '../../src/store/table.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { decFromText, decText } from '../../src/values/decimal.ts';
import type { ApexDecimal } from '../../src/values/decimal.ts';
import { readId } from '../../src/values/id.ts';
import { loadProject } from './testOrg.ts';

describe('Store', () => {
  const { schema } = loadProject({});
  let store: Store;
  let table: Table;

  beforeEach(() => {
    store = new Store(schema);
    table = store.tableOf('Lead');
  });

  function add(name: string): string {
    const id = store.newId(table.object);
    store.insert(table, { ...table.blankRow(), Id: id, LastName: name, Email: `${name}@x.com` });
    return id;
  }

  it('shouldMakeIdsWithKeyPrefixAndCheckCharacters', () => {
    const id = idOf('00Q', 12);
    assert.equal(id.length, 18);
    assert.equal(id.slice(0, 3), '00Q');
    assert.equal(readId(id.slice(0, 15)), id);
    assert.notEqual(idOf('00Q', 61), idOf('00Q', 62));
  });

  it('shouldFindRowsByIndexWithoutCase', () => {
    add('ann');
    const id = add('bob');
    assert.deepEqual(
      table.find('Email', 'BOB@X.COM').map((row) => row['Id']),
      [id],
    );
  });

  it('shouldKeepIndexesWhenRowsChange', () => {
    const id = add('ann');
    const row = table.byId(id);
    assert.equal(table.find('Email', 'ann@x.com').length, 1);
    store.replace(table, { ...row, Email: 'new@x.com' });
    assert.equal(table.find('Email', 'ann@x.com').length, 0);
    assert.equal(table.find('Email', 'new@x.com').length, 1);
    store.remove(table, id);
    assert.equal(table.find('Email', 'new@x.com').length, 0);
  });

  it('shouldTakeInsertsUpdatesAndRemovalsBackInOrder', () => {
    const first = add('ann');
    const second = add('bob');
    const third = add('cid');
    const mark = store.mark();
    store.replace(table, { ...table.byId(first), LastName: 'changed' });
    store.remove(table, second);
    store.remove(table, third);
    add('dan');
    store.rollback(mark);
    assert.deepEqual(
      table.slots.map((row) => row?.['LastName']),
      ['ann', 'bob', 'cid'],
    );
    assert.equal(table.byId(third)?.['LastName'], 'cid');
    assert.equal(table.find('Email', 'dan@x.com').length, 0);
  });

  it('shouldNeverGiveAnIdTwice', () => {
    const mark = store.mark();
    const lost = add('ann');
    store.rollback(mark);
    assert.notEqual(add('bob'), lost);
  });

  it('shouldTakeBackCommittedWorkWhenIsolationEnds', () => {
    add('ann');
    store.commit();
    store.isolate();
    add('bob');
    store.commit();
    store.isolate();
    add('cid');
    store.endIsolation();
    assert.deepEqual(
      table.slots.map((row) => row?.['LastName']),
      ['ann', 'bob'],
    );
    store.endIsolation();
    assert.deepEqual(
      table.slots.map((row) => row?.['LastName']),
      ['ann'],
    );
  });

  it('shouldRefuseToRollBackPastACommit', () => {
    add('ann');
    const mark = store.mark();
    store.commit();
    assert.throws(() => store.rollback(mark), /only be rolled back to where it has been/);
  });

  it('shouldGiveLocksToOneOwnerAtATime', () => {
    const [a, b] = [{}, {}];
    assert.equal(store.locks.take(['1', '2'], a), null);
    assert.equal(store.locks.take(['2', '3'], b), '2');
    assert.equal(store.locks.holder('3', a), null, 'nothing is taken where one row is held');
    store.locks.release(a);
    assert.equal(store.locks.take(['2', '3'], b), null);
  });

  it('shouldReadBackWhatASnapshotHolds', () => {
    const id = store.newId(table.object);
    const when = new ApexDatetime(Date.UTC(2026, 0, 2, 3, 4, 5));
    const row = {
      ...table.blankRow(),
      Id: id,
      LastName: 'ann',
      AnnualRevenue: decFromText('12.50'),
      CreatedDate: when,
    };
    store.insert(table, row);
    const text = writeSnapshot(store);
    const other = new Store(schema);
    readSnapshot(other, text);
    const read = other.tableOf('Lead').byId(id);
    assert.equal(read?.['LastName'], 'ann');
    assert.equal(decText(read?.['AnnualRevenue'] as ApexDecimal), '12.50');
    assert.equal((read?.['CreatedDate'] as ApexDatetime).ms, when.ms);
    assert.notEqual(other.newId(table.object), id, 'ids go on where they stopped');
  });
});
