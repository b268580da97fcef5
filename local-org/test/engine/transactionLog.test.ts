import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroCounters } from '../../src/engine/caps.ts';
import { TransactionLog } from '../../src/engine/transactionLog.ts';
import type { TransactionKind } from '../../src/engine/transaction.ts';

describe('the log of transactions', () => {
  const add = (log: TransactionLog, id: number, kind: TransactionKind = 'api', name = 'a') =>
    log.add({
      ...{ id, kind, name, user: 'u', jobId: null, startedAt: '', ms: 1, calloutMs: 0, waitedMs: 0 },
      ...{ limits: zeroCounters(), error: null, stack: null },
    });
  const ids = (log: TransactionLog, filter = {}) => log.list(filter).map(({ id }) => id);

  it('shouldFilterByEachOfKindNameAndPlaceAndByAll', () => {
    const log = new TransactionLog();
    add(log, 1);
    add(log, 2, 'queueable');
    add(log, 3, 'api', 'b');
    add(log, 4, 'queueable', 'b');
    assert.deepEqual(ids(log), [1, 2, 3, 4]);
    assert.deepEqual(ids(log, { kind: 'queueable' }), [2, 4]);
    assert.deepEqual(ids(log, { name: 'b' }), [3, 4]);
    assert.deepEqual(ids(log, { afterId: 2 }), [3, 4], 'those after it');
    assert.deepEqual(ids(log, { kind: 'api', name: 'b' }), [3]);
    assert.deepEqual(ids(log, { kind: 'queueable', afterId: 2 }), [4]);
    assert.deepEqual(ids(log, { name: 'b', afterId: 3 }), [4]);
  });

  it('shouldForgetTheOldestOnceAQuarterMoreThanItsCapacityIsThere', () => {
    const log = new TransactionLog(4);
    for (let id = 1; id <= 4; id++) add(log, id);
    assert.deepEqual(ids(log), [1, 2, 3, 4]);
    add(log, 5);
    assert.deepEqual(ids(log), [2, 3, 4, 5]);
    add(log, 6);
    assert.deepEqual(ids(log), [3, 4, 5, 6]);
  });
});
