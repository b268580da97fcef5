import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Clock } from '../../src/engine/clock.ts';
import { Faults, faultsBody } from '../../src/engine/faults.ts';

const ID = '001000000000001AAA';
const OTHER = '001000000000002AAA';

describe('injected faults', () => {
  let clock: Clock;
  let faults: Faults;

  beforeEach(() => {
    clock = new Clock();
    faults = new Faults(clock);
  });

  const apply = (body: object): void => faults.apply(faultsBody.parse(body));
  const locked = (): boolean[] => [
    faults.isLocked('Account', ID),
    faults.isLocked('Account', OTHER),
    faults.isLocked('Contact', ID),
    faults.isLocked('Account', null),
  ];

  it('shouldLockTheObjectOrTheRecordOrTheRecordOfTheObject', () => {
    assert.deepEqual(locked(), [false, false, false, false]);
    apply({ rowLocks: [{ object: 'ACCOUNT', ms: 60_000 }] });
    assert.deepEqual(locked(), [true, true, false, false]);
    apply({ clear: true, rowLocks: [{ id: ID.slice(0, 15), ms: 60_000 }] });
    assert.deepEqual(locked(), [true, false, true, false]);
    apply({ clear: true, rowLocks: [{ object: 'Account', id: ID, ms: 60_000 }] });
    assert.deepEqual(locked(), [true, false, false, false]);
    apply({ clear: true });
    assert.deepEqual(locked(), [false, false, false, false]);
  });

  it('shouldEndLocksWithTheirTime', () => {
    apply({ rowLocks: [{ object: 'Account', ms: 60_000 }], advanceClockMs: 0 });
    assert.deepEqual(locked(), [true, true, false, false]);
    apply({ advanceClockMs: 60_000 });
    assert.deepEqual(locked(), [false, false, false, false]);
  });

  it('shouldRefuseChangesOfLockedRecordsButNoInserts', () => {
    apply({ rowLocks: [{ object: 'Account', ms: 60_000 }] });
    assert.equal(faults.dmlFault('Account', 'insert', ID), null);
    assert.deepEqual(faults.dmlFault('Account', 'update', ID), {
      status: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${ID}`,
      fields: [],
    });
    assert.equal(faults.dmlFault('Account', 'update', null), null);
  });

  it('shouldFailSoManyRecordsOfTheObjectAndOperation', () => {
    apply({ dml: [{ object: 'account', operation: 'update', status: 'S', message: 'm', times: 2 }] });
    const failed = (object: string, operation: string): boolean => faults.dmlFault(object, operation, ID) !== null;
    assert.deepEqual([failed('Contact', 'update'), failed('Account', 'delete')], [false, false]);
    assert.deepEqual(faults.dmlFault('Account', 'update', ID), { status: 'S', message: 'm', fields: [] });
    assert.deepEqual([failed('Account', 'update'), failed('Account', 'update')], [true, false]);
    apply({ clear: true, dml: [{ object: 'Account', status: 'S', message: 'm' }] });
    assert.deepEqual(
      ['insert', 'update', 'delete', 'update'].map((operation) => failed('Account', operation)),
      [true, true, true, true],
    );
  });

  it('shouldNameWhatALockIsOn', () => {
    assert.throws(() => apply({ rowLocks: [{ ms: 1 }] }), /name the object or the id/);
    assert.throws(() => apply({ rowLocks: [{ object: 'Account', ms: 0 }] }));
    assert.throws(() => apply({ dml: [{ object: 'Account', operation: 'grow', status: 'S', message: 'm' }] }));
  });

  it('shouldNotTurnBackTheClock', () => {
    assert.throws(() => clock.advance(-1), new RangeError("the clock can't be moved by -1 ms: it only goes forward"));
    assert.throws(() => clock.advance(Number.NaN), RangeError);
  });
});
