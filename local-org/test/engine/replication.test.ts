import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { replicated, replicationSpan } from '../../src/engine/replication.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { DAY_MS } from '../../src/values/time.ts';
import { SYSTEM, TestOrg } from '../store/testOrg.ts';

const MINUTE_MS = 60_000;

/** Source: SOAP API Developer Guide, getDeleted() and getUpdated(). */
describe('spans of replication', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  /** From and to in milliseconds from now. */
  const span = (object: string, from: number, to: number) =>
    replicationSpan(object, new ApexDatetime(org.clock + from), new ApexDatetime(org.clock + to), (code, text) => {
      throw new Error(`${code}: ${text}`);
    });

  it('shouldBeginAtMost30DaysAgo', () => {
    assert.equal(span('Account', -30 * DAY_MS, 0).start.ms, org.clock - 30 * DAY_MS);
    assert.throws(() => span('Account', -30 * DAY_MS - MINUTE_MS, 0), /more than 30 days ago/);
  });

  it('shouldLastAMinuteAtLeast', () => {
    assert.equal(span('Account', -MINUTE_MS, 59_999).end.ms, org.clock, 'seconds are cut off');
    assert.throws(() => span('Account', 0, 59_999), /INVALID_REPLICATION_DATE: startDate must be at least one minute/);
  });

  it('shouldBeOfAnObjectThatTellsItsChanges', () => {
    assert.throws(() => span('Nothing', -MINUTE_MS, 0), /INVALID_TYPE: sObject type 'Nothing' is not supported/);
    assert.throws(() => span('AggregateResult', -MINUTE_MS, 0), /INVALID_TYPE: .* is not replicable/);
  });

  it('shouldNotIncludeTheirEnd', () => {
    const [account] = org.insert('Account', { Name: 'A' });
    const ids = (from: number, to: number) => replicated(span('Account', from, to), false, SYSTEM).map(({ id }) => id);
    assert.deepEqual([ids(-MINUTE_MS, 0), ids(0, MINUTE_MS)], [[], [account?.id]]);
  });

  it('shouldHoldChangesOfWhatCannotBeDeleted', () => {
    const user = org.user('Ann');
    const ids = (isDeleted: boolean) => replicated(span('User', 0, MINUTE_MS), isDeleted, SYSTEM).map(({ id }) => id);
    assert.ok(ids(false).includes(user.id));
    assert.deepEqual(ids(true), []);
  });
});
