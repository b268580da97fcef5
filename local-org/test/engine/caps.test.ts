import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capsFor, cpuCapFor, isAsynchronous } from '../../src/engine/caps.ts';
import { refuel } from '../../src/engine/cpu.ts';
import { current } from '../../src/engine/current.ts';
import type { LimitCounters, Transaction, TransactionKind } from '../../src/engine/transaction.ts';
import { apexError } from '../store/testOrg.ts';

/** Source: Apex Developer Guide, "Execution Governors and Limits", per-transaction limits. */
describe('limits by kind of transaction', () => {
  const SYNCHRONOUS: LimitCounters = {
    queries: 100,
    queryRows: 50_000,
    aggregateQueries: 300,
    soslQueries: 20,
    dmlStatements: 150,
    dmlRows: 10_000,
    callouts: 100,
    queueables: 50,
    futures: 50,
    emails: 10,
    publishImmediate: 150,
    savepoints: 150,
  };
  const KINDS: readonly (readonly [TransactionKind, other: Partial<LimitCounters>, cpuMs: number, async: boolean])[] = [
    ['api', {}, 10_000, false],
    ['test', {}, 10_000, false],
    ['event-trigger', {}, 10_000, false],
    ['scheduled', {}, 10_000, false],
    ['finalizer', { queueables: 1, futures: 1 }, 10_000, false],
    ['bulk', { queries: 200 }, 60_000, false],
    ['queueable', { queries: 200, queueables: 1 }, 60_000, true],
    ['future', { queries: 200, queueables: 1, futures: 0 }, 60_000, true],
    ['batch', { queries: 200, queueables: 1, futures: 0 }, 60_000, true],
  ];
  for (const [kind, other, cpuMs, asynchronous] of KINDS) {
    it(`shouldBeThoseOf ${kind}`, () => {
      assert.deepEqual(capsFor(kind), { ...SYNCHRONOUS, ...other });
      assert.equal(cpuCapFor(kind), cpuMs);
      assert.equal(isAsynchronous(kind), asynchronous);
    });
  }

  it('shouldEndATransactionThatHasUsedMoreCpuTimeThanItMay', () => {
    const spend = (used: number, cap: number) => {
      current.fuel = 0;
      // Time goes on: only what is infinitely long ago is exactly as long ago as something else.
      current.tx = { cpuStart: -used, cpuCap: cap } as Transaction;
      refuel();
    };
    const error = apexError(() => spend(1e12, 10_000));
    assert.equal(error.toString(), 'System.LimitException: Apex CPU time limit exceeded');
    spend(0, 1e12);
    assert.ok(current.fuel > 0);
    spend(Infinity, Infinity);
  });
});
