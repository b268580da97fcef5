import assert from 'node:assert/strict';
import { join } from 'node:path';
import { beforeEach, before, describe, it } from 'node:test';
import { assembleEngine } from '../../src/assembleEngine.ts';
import { current } from '../../src/engine/current.ts';
import { EngineFault } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { EngineTransaction, TransactionOptions } from '../../src/engine/engineTransaction.ts';
import { ApexException, raise } from '../../src/values/exception.ts';
import { SObjectValue } from '../../src/values/sobject.ts';

describe('transactions', () => {
  let engine: Engine;
  let options: TransactionOptions;
  const reports: string[] = [];

  before(async () => {
    const settings = {
      projectDir: join(import.meta.dirname, 'project'),
      cacheDir: null,
      credentials: { credentials: {}, endpoints: {} },
      subscriberUsers: {},
      administratorHas: [],
    };
    ({ engine } = await assembleEngine(settings, { callout: null, report: (line) => reports.push(line) }));
    options = { kind: 'api', name: 'test', user: engine.records.administrator };
  });

  beforeEach(() => reports.splice(0));

  const insertAccount = (tx: EngineTransaction, name: string) => {
    const object = engine.records.schema.object('Account');
    assert.ok(object);
    const access = { mode: 'system', sharing: false } as const;
    tx.data.dml('insert', [new SObjectValue(object, { Name: name })], { allOrNone: true, access });
  };
  const accounts = (name: string) =>
    engine.run(options, (tx) => {
      const query = tx.data.prepare(`SELECT COUNT() FROM Account WHERE Name = '${name}'`);
      assert.ok('binds' in query);
      return tx.data.count(query, [], { mode: 'system', sharing: false });
    });

  it('shouldKeepWhatWasWrittenWhenTheBodyReturns', () => {
    engine.run(options, (tx) => insertAccount(tx, 'kept'));
    assert.equal(accounts('kept'), 1);
  });

  it('shouldUndoAllWhenApexThrowsAndPassTheExceptionOn', () => {
    const work = () =>
      engine.run(options, (tx) => {
        insertAccount(tx, 'undone');
        raise('System.MathException', 'Divide by 0');
      });
    assert.throws(work, (error) => error instanceof ApexException && error.text === 'Divide by 0');
    assert.equal(accounts('undone'), 0);
    assert.deepEqual(reports, [], 'what Apex throws is no fault of local-org');
    assert.equal(engine.log.list().at(-2)?.error, 'System.MathException: Divide by 0');
  });

  it('shouldUndoAllAndReportWhenJavaScriptThrows', () => {
    const work = () =>
      engine.run(options, (tx) => {
        insertAccount(tx, 'faulty');
        return (null as unknown as { length: number }).length;
      });
    assert.throws(
      work,
      (error) => error instanceof EngineFault && /Cannot read properties of null/.test(error.message),
    );
    assert.equal(accounts('faulty'), 0);
    assert.match(reports[0] ?? '', /^fault of local-org in api test: TypeError/);
  });

  it('shouldPutTheRegistersBackWhenANestedTransactionEnds', () => {
    engine.run(options, (outer) => {
      current.depth = 7;
      current.sharing = true;
      assert.throws(() =>
        engine.run({ ...options, name: 'inner' }, (inner) => {
          assert.equal(current.tx, inner);
          assert.deepEqual([current.depth, current.sharing, current.dead], [0, false, false]);
          raise('System.LimitException', 'Too many');
        }),
      );
      assert.equal(current.tx, outer);
      assert.deepEqual([current.depth, current.sharing, current.dead], [7, true, false]);
    });
  });

  it('shouldGiveAsynchronousTransactionsTheirOwnLimits', () => {
    const caps = (kind: TransactionOptions['kind']) =>
      engine.run({ ...options, kind }, (tx) => [tx.caps, tx.cpuCap] as const);
    const [synchronous, cpu] = caps('api');
    const [queueable, asyncCpu] = caps('queueable');
    assert.deepEqual([synchronous.queries, synchronous.queueables, synchronous.futures, cpu], [100, 50, 50, 10_000]);
    assert.deepEqual([queueable.queries, queueable.queueables, queueable.futures, asyncCpu], [200, 1, 50, 60_000]);
    assert.deepEqual(
      [caps('batch')[0].futures, caps('finalizer')[0].queueables, caps('event-trigger')[0].queries],
      [0, 1, 100],
    );
  });

  it('shouldSeeNoLockedRowInApexOnceTheFaultIsCleared', () => {
    engine.run(options, (tx) => insertAccount(tx, 'row'));
    engine.faults.apply({ rowLocks: [{ object: 'Account', ms: 60_000 }] });
    const lock = () =>
      engine.run(options, (tx) => {
        const query = tx.data.prepare(`SELECT Id FROM Account WHERE Name = 'row' FOR UPDATE`);
        assert.ok('binds' in query);
        return tx.data.query(query, [], { mode: 'system', sharing: false }).length;
      });
    assert.throws(lock, (error) => error instanceof ApexException && /^Record Currently Unavailable/.test(error.text));
    engine.faults.apply({ clear: true });
    assert.equal(lock(), 1);
  });
});
