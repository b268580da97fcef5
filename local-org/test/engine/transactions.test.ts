import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import type { AsyncJob } from '../../src/async/jobQueue.ts';
import { assembleEngine } from '../../src/assembleEngine.ts';
import { current } from '../../src/engine/current.ts';
import { EngineFault } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import {
  deliverTestEvents,
  enterRunAs,
  failTestEvents,
  runTestJobs,
  startTest,
  stopTest,
} from '../../src/engine/testControl.ts';
import type { EngineTransaction, TransactionOptions } from '../../src/engine/engineTransaction.ts';
import { ApexException, raise, UnsupportedError } from '../../src/values/exception.ts';
import { SObjectValue } from '../../src/values/sobject.ts';

const settings = {
  projectDir: join(import.meta.dirname, 'project'),
  cacheDir: null,
  credentials: { credentials: {}, endpoints: {} },
  subscriberUsers: {},
  administratorHas: [],
};

describe('transactions', () => {
  let engine: Engine;
  let options: TransactionOptions;
  const reports: string[] = [];

  before(async () => {
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

  it('shouldPassOnWhatLocalOrgLacksAndItsOwnFaultsAsTheyAre', () => {
    const fault = new EngineFault('inner');
    for (const error of [new UnsupportedError('not built'), fault]) {
      assert.throws(
        () =>
          engine.run(options, () => {
            throw error;
          }),
        (thrown) => thrown === error,
      );
    }
    assert.deepEqual(reports, [], 'neither is a new fault');
  });

  it('shouldReportOfUnattendedWorkOnlyWhatIsNeitherApexNorReportedYet', () => {
    for (const error of [new EngineFault('known'), new UnsupportedError('not built')]) {
      engine.scope.jobs.add(
        jobOf(() => {
          throw error;
        }),
      );
    }
    engine.scope.jobs.add(jobOf(() => raise('System.MathException', 'Divide by 0')));
    for (let n = 0; n < 3; n++) assert.equal(engine.runNext(), true);
    assert.equal(engine.runNext(), false);
    assert.deepEqual(reports, ['not built']);
  });

  const jobOf = (run: () => void, kind: AsyncJob['kind'] = 'queueable'): AsyncJob => ({
    ...{ id: `job${++lastJob}`, kind, className: 'C', notBefore: 0, signature: null },
    user: engine.records.administrator,
    run,
  });
  let lastJob = 0;

  it('shouldBeIdleWhenNothingRunsAndNothingButScheduledJobsWait', () => {
    assert.equal(engine.idle, true);
    engine.run(options, () => assert.equal(engine.idle, false, 'a transaction runs'));
    const far = { ...jobOf(() => undefined, 'scheduled'), notBefore: engine.clock.now() + 3_600_000 };
    engine.scope.jobs.add(far);
    assert.equal(engine.idle, true);
    const job = jobOf(() => undefined);
    engine.scope.jobs.add(job);
    assert.equal(engine.idle, false);
    assert.equal(engine.runNext(), true);
    assert.equal(engine.idle, true);
    assert.equal(engine.nextDue(), far.notBefore);
    engine.scope.jobs.remove(far.id);
    assert.equal(engine.nextDue(), null);
  });

  it('shouldTellWaitingPublishCallbacksBeforeOtherWork', () => {
    engine.scope.bus.callbacks.add({ callback: {}, depth: 0 }, 'uuid');
    let ran = false;
    engine.scope.jobs.add(jobOf(() => (ran = true)));
    assert.deepEqual([engine.runNext(), ran], [true, false]);
    assert.deepEqual([engine.runNext(), ran, engine.runNext()], [true, true, false]);
  });

  it('shouldAbortJobsThatWaitOrHaveARecord', () => {
    const abort = (id: string) => engine.run(options, (tx) => engine.abort(id, tx));
    assert.equal(abort('707000000000000AAA'), false);
    const id = engine.records.insertSystem('AsyncApexJob', { Status: 'Queued', JobType: 'Queueable' });
    engine.records.commitSystem();
    const status = () => engine.records.readSystem('AsyncApexJob', id)?.['Status'];
    assert.equal(abort(id), true, 'it has a record');
    assert.equal(status(), 'Aborted');
    const waits = engine.records.insertSystem('AsyncApexJob', { Status: 'Queued', JobType: 'Queueable' });
    engine.records.commitSystem();
    engine.scope.jobs.add({ ...jobOf(() => assert.fail('it runs')), id: waits });
    assert.equal(abort(waits), true);
    assert.equal(engine.runNext(), false);
    assert.equal(engine.records.readSystem('AsyncApexJob', waits)?.['Status'], 'Aborted');
  });

  it('shouldTakeAJobOfItsOwnTransactionOut', () => {
    const ran: string[] = [];
    engine.run(options, (tx) => {
      const ids = ['a', 'b', 'c'].map((name) => {
        const id = engine.records.insertSystem('AsyncApexJob', { Status: 'Queued', JobType: 'Queueable' });
        tx.jobs.push({ ...jobOf(() => ran.push(name)), id });
        return id;
      });
      assert.equal(engine.abort(String(ids[1]), tx), true);
      assert.deepEqual(
        tx.jobs.map(({ id }) => id),
        [ids[0], ids[2]],
      );
      assert.equal(engine.abort(String(ids[0]), tx), true);
    });
    while (engine.runNext());
    assert.deepEqual(ran, ['c']);
  });

  it('shouldNotBeIdleWhileEventsWait', () => {
    const object = engine.records.schema.object('Ping__e');
    assert.ok(object);
    const event = {
      object,
      fields: {},
      uuid: 'u',
      publisherId: engine.records.administrator.id,
      publishedAt: 0,
      publication: null,
    };
    engine.scope.bus.add([event], () => true);
    assert.equal(engine.idle, false);
    engine.scope.bus.clear();
    assert.equal(engine.idle, true);
  });

  it('shouldShareStaticsWithJobsAndTriggersOfEventsOfATest', () => {
    engine.inTest(false, () =>
      engine.run({ ...options, kind: 'test' }, (outer) => {
        const statics = (kind: TransactionOptions['kind']) => engine.run({ ...options, kind }, (tx) => tx.statics);
        assert.equal(statics('queueable'), outer.statics);
        assert.equal(statics('event-trigger'), outer.statics);
      }),
    );
    engine.run(options, (outer) => {
      assert.notEqual(
        engine.run(options, (tx) => tx.statics),
        outer.statics,
        'outside a test nothing is shared',
      );
    });
  });

  it('shouldControlTestsOnlyInTests', () => {
    for (const control of [
      (tx: EngineTransaction) => deliverTestEvents(engine, tx),
      (tx: EngineTransaction) => failTestEvents(engine, tx),
      (tx: EngineTransaction) => enterRunAs(engine, tx, engine.records.administrator.id),
      (tx: EngineTransaction) => startTest(tx),
      (tx: EngineTransaction) => stopTest(engine, tx),
    ]) {
      assert.throws(
        () => engine.run(options, control),
        (error) => error instanceof ApexException && error.text === 'Test methods can only be called from a test',
      );
    }
  });

  it('shouldRunAllJobsOfATestAndThrowTheFirstException', () => {
    const run = (...jobs: (() => void)[]) =>
      engine.inTest(false, () =>
        engine.run({ ...options, kind: 'test' }, (tx) => {
          for (const job of jobs) tx.scope.jobs.add(jobOf(job));
          runTestJobs(engine, tx);
        }),
      );
    const ran: string[] = [];
    const fails = (name: string) => () => {
      ran.push(name);
      raise('System.MathException', name);
    };
    assert.throws(
      () => run(fails('first'), fails('second'), () => ran.push('third')),
      (error) => error instanceof ApexException && error.text === 'first',
    );
    assert.deepEqual(ran, ['first', 'second', 'third']);
    const fault = new EngineFault('broken');
    const broken = () => {
      throw fault;
    };
    assert.throws(
      () => run(broken, () => assert.fail('it goes on after a fault of local-org')),
      (error) => error === fault,
    );
  });

  it('shouldLoseTheEventsThatAreMadeToFail', () => {
    const object = engine.records.schema.object('Ping__e');
    assert.ok(object);
    engine.inTest(false, () =>
      engine.run({ ...options, kind: 'test' }, (tx) => {
        const event = { object, fields: {}, uuid: 'u', publisherId: '', publishedAt: 0, publication: null };
        tx.events.push(event);
        failTestEvents(engine, tx);
        assert.equal(tx.events.length, 0);
        assert.equal(tx.scope.bus.nextDue(), null);
      }),
    );
  });

  it('shouldRefuseToAbortWhatIsNoJob', () => {
    const abort = () => engine.run(options, (tx) => tx.services.abortJob('707000000000000AAA'));
    assert.throws(
      abort,
      (error) => error instanceof ApexException && error.toString() === 'System.StringException: Invalid id',
    );
  });

  it('shouldKeepTheFirst10000DebugLines', () => {
    engine.run(options, (tx) => {
      for (let n = 1; n <= 10_001; n++) tx.debug('DEBUG', String(n), n);
      assert.equal(tx.debugLines.length, 10_000);
      assert.equal(tx.debugLines.at(-1)?.text, '10000');
    });
  });

  describe('with injected faults', () => {
    afterEach(() => engine.faults.apply({ clear: true }));
    const query = (text: string) =>
      engine.run(options, (tx) => {
        const prepared = tx.data.prepare(text);
        assert.ok('binds' in prepared);
        return tx.data.query(prepared, [], { mode: 'system', sharing: false }).length;
      });

    it('shouldLockOnlyForUpdateAndWhereOneOfTheRowsIsLocked', () => {
      const ids = ['l1', 'l2'].map((name) =>
        engine.run(options, (tx) => {
          const object = engine.records.schema.object('Account');
          assert.ok(object);
          const record = new SObjectValue(object, { Name: name });
          tx.data.dml('insert', [record], { allOrNone: true, access: { mode: 'system', sharing: false } });
          return String(record.id);
        }),
      );
      engine.faults.apply({ rowLocks: [{ id: String(ids[0]), ms: 60_000 }] });
      assert.equal(query("SELECT Id FROM Account WHERE Name IN ('l1', 'l2')"), 2, 'reading needs no lock');
      assert.throws(
        () => query("SELECT Id FROM Account WHERE Name IN ('l1', 'l2') FOR UPDATE"),
        /Record Currently Unavailable/,
      );
      assert.equal(query("SELECT Id FROM Account WHERE Name = 'l2' FOR UPDATE"), 1);
    });

    const insert = (names: readonly string[], allOrNone: boolean) =>
      engine.run(options, (tx) => {
        const object = engine.records.schema.object('Account');
        assert.ok(object);
        const records = names.map((name) => new SObjectValue(object, { Name: name }));
        return tx.data.dml('insert', records, { allOrNone, access: { mode: 'system', sharing: false } });
      });
    const fault = { object: 'Account', operation: 'insert' as const, status: 'UNABLE_TO_LOCK_ROW', message: 'busy' };

    it('shouldFailAllRowsOrOnlyTheirs', () => {
      engine.faults.apply({ dml: [{ ...fault, times: 1 }] });
      assert.throws(
        () => insert(['f1', 'f2'], true),
        (error) =>
          error instanceof ApexException &&
          error.toString() ===
            'System.DmlException: Insert failed. First exception on row 0; first error: UNABLE_TO_LOCK_ROW, busy: []' &&
          error.dml.length === 1,
      );
      assert.equal(accounts('f1') + accounts('f2'), 0);
      engine.faults.apply({ clear: true, dml: [{ ...fault, times: 1 }] });
      const outcomes = insert(['f1', 'f2'], false);
      assert.deepEqual(
        outcomes.map(({ success, errors }) => [success, errors.map(({ message }) => message).join()]),
        [
          [false, 'busy'],
          [true, ''],
        ],
      );
      assert.deepEqual([accounts('f1'), accounts('f2')], [0, 1]);
      engine.faults.apply({ clear: true, dml: [{ ...fault, times: 2 }] });
      assert.deepEqual(
        insert(['f3', 'f4'], false).map(({ success }) => success),
        [false, false],
      );
    });
  });
});

describe('callouts of a transaction', () => {
  it('shouldShare120SecondsOfAnswers', async () => {
    const response = { ok: true, status: 200, reason: 'OK', headers: [], body: new Uint8Array() } as const;
    const timeouts: number[] = [];
    let ms = 0;
    const { engine } = await assembleEngine(settings, {
      callout: ({ timeoutMs }) => {
        timeouts.push(timeoutMs);
        return { response, ms };
      },
      report: (line) => assert.fail(line),
    });
    const request = { method: 'GET', url: 'http://a.example', headers: [], body: null, timeoutMs: 10_000, oauth: null };
    engine.run({ kind: 'api', name: 'test', user: engine.records.administrator }, (tx) => {
      ms = 119_999;
      assert.equal(engine.callout(request), response);
      ms = 1;
      assert.equal(engine.callout(request), response);
      assert.deepEqual(timeouts, [10_000, 1]);
      assert.equal(tx.calloutMs, 120_000);
      assert.deepEqual(engine.callout(request), {
        ok: false,
        kind: 'timeout',
        message: 'Exceeded maximum time allotted for callout (120000 ms)',
      });
      assert.equal(timeouts.length, 2, 'nothing was sent');
    });
  });
});
