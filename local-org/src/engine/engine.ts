import type { FeatureParameter } from '../schema/featureParameters.ts';
import { changeEvents } from '../async/changeCapture.ts';
import { deliver } from '../async/delivery.ts';
import type { PublishedEvent } from '../async/eventBus.ts';
import { PAUSED } from '../async/jobQueue.ts';
import { AsyncScope } from '../async/scope.ts';
import type { SubscriberConfig } from '../async/subscriberConfig.ts';
import { ApexException, apexFrames, UnsupportedError } from '../values/exception.ts';
import { Clock } from './clock.ts';
import type { Credentials } from './credentials/resolve.ts';
import { cpuNow } from './cpuClock.ts';
import { current } from './current.ts';
import type { DataLayer } from './data.ts';
import { EngineTransaction } from './engineTransaction.ts';
import type { TransactionOptions } from './engineTransaction.ts';
import { Faults } from './faults.ts';
import { guardedData } from './guardedData.ts';
import { IntendedRollback } from './intendedRollback.ts';
import { OrgServices } from './orgServices.ts';
import type { Program } from './program.ts';
import type { OrgRecords, RecordChange } from './records.ts';
import { FUEL, restoreRegisters, saveRegisters } from './registers.ts';
import type { OutboundRequest, OutboundResponse } from './services.ts';
import { RunningTest } from './testControl.ts';
import type { RunningUser } from './transaction.ts';
import { TransactionLog } from './transactionLog.ts';

export interface EngineParts {
  readonly program: Program;
  readonly records: OrgRecords;
  readonly credentials: Credentials;
  /** By event object in lower case. */
  readonly subscribers: ReadonlyMap<string, SubscriberConfig>;
  /** Change events that are selected for Change Data Capture, in lower case; none where not given. */
  readonly captured?: ReadonlySet<string>;
  /** Names of the project's flows in lower case; none where not given. */
  readonly flows?: ReadonlySet<string>;
  /** By name in lower case; none where not given. */
  readonly featureParameters?: ReadonlyMap<string, FeatureParameter>;
  /** Sends a callout and blocks until its answer is there; null where Apex may not call out (tests). */
  readonly callout: ((request: OutboundRequest) => { readonly response: OutboundResponse; readonly ms: number }) | null;
  /** Gets faults of local-org and other things that nobody waits for. */
  readonly report: (line: string) => void;
}

/** Of all callouts of a transaction. Source: Apex Developer Guide, Callout Limits and Limitations. */
const MOST_CALLOUT_MS = 120_000;

/** Thrown where local-org itself failed: what was running has been rolled back, and no Apex saw it. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
}

/** Runs transactions one at a time, and their asynchronous work after them. */
export class Engine {
  readonly program: Program;
  readonly records: OrgRecords;
  readonly credentials: Credentials;
  readonly subscribers: ReadonlyMap<string, SubscriberConfig>;
  readonly flows: ReadonlySet<string>;
  readonly featureParameters: ReadonlyMap<string, FeatureParameter>;
  readonly captured: ReadonlySet<string>;
  readonly report: (line: string) => void;
  readonly clock = new Clock();
  readonly log = new TransactionLog();
  readonly faults: Faults;
  readonly services = new OrgServices(this);
  /** Where committed transactions leave their work; a test method has its own. */
  scope = this.newScope(null);
  private readonly data: DataLayer;
  private readonly send: EngineParts['callout'];
  private readonly missingUsers = new Set<string>();
  /** Transactions on the stack, the running one last. */
  private readonly stack: EngineTransaction[] = [];

  constructor(parts: EngineParts) {
    this.program = parts.program;
    this.records = parts.records;
    this.credentials = parts.credentials;
    this.subscribers = parts.subscribers;
    this.flows = parts.flows ?? new Set();
    this.featureParameters = parts.featureParameters ?? new Map();
    this.captured = parts.captured ?? new Set();
    this.report = parts.report;
    this.send = parts.callout;
    this.faults = new Faults(this.clock);
    this.data = guardedData(this.records.data, this);
    current.universe = this.program.universe;
  }

  /** The running transaction. */
  get transaction(): EngineTransaction {
    const tx = this.stack.at(-1);
    if (!tx) throw new Error('no transaction is running');
    return tx;
  }

  /** Transactions that have begun and not ended. */
  get depth(): number {
    return this.stack.length;
  }

  /**
   * Runs a transaction: what it wrote is committed when `body` returns, and rolled back when it throws, and its jobs and
   * events are released after the commit. In a test it is part of the test's transaction, and nothing is permanent.
   *
   * @throws ApexException that `body` did not catch; EngineFault for every other error; UnsupportedError as it is.
   */
  run<T>(options: TransactionOptions, body: (tx: EngineTransaction) => T): T {
    const outer = this.stack.at(-1) ?? null;
    const inTest = this.scope.test !== null && outer !== null;
    const tx = new EngineTransaction(options, this.data, this.services, this.scope, inTest ? outer : null);
    const saved = saveRegisters();
    const started = performance.now();
    const cpuBefore = cpuNow();
    const startedAt = new Date(this.clock.now()).toISOString();
    const mark = inTest ? this.records.mark() : null;
    let failure: unknown = null;
    this.stack.push(tx);
    this.enter(tx);
    try {
      if (!mark) this.records.begin(tx);
      const result = body(tx);
      if (!mark) {
        // Mostly nothing is captured, and to go through all changes would slow down every commit.
        if (this.captured.size > 0) this.capture(tx, this.records.changesOf(tx), this.isCaptured);
        this.records.writeHistory(tx);
        this.records.commit(tx);
      }
      this.release(tx);
      return result;
    } catch (error) {
      failure = this.translate(error, tx);
      if (mark) this.records.undoTo(mark);
      else this.records.rollback(tx);
      throw failure;
    } finally {
      this.stack.pop();
      restoreRegisters(saved);
      const ms = performance.now() - started;
      // Nested work is none of the outer transaction's CPU time.
      if (outer) outer.cpuStart += cpuNow() - cpuBefore;
      this.log.add({
        id: tx.id,
        kind: tx.kind,
        name: tx.name,
        user: tx.user.username,
        jobId: tx.jobId,
        startedAt,
        ms: Math.round(ms * 10) / 10,
        calloutMs: Math.round(tx.calloutMs * 10) / 10,
        waitedMs: Math.round(tx.waitedMs * 10) / 10,
        limits: tx.used,
        error: failure === null ? null : failure instanceof Error ? failure.message : String(failure),
        stack: failure instanceof ApexException ? failure.stackText : null,
      });
    }
  }

  private newScope(test: RunningTest | null): AsyncScope {
    const scope = new AsyncScope(test);
    scope.jobs.isPaused = ({ id }) => this.records.readSystem('CronTrigger', id)?.['State'] === PAUSED;
    return scope;
  }

  private enter(tx: EngineTransaction): void {
    current.tx = tx;
    current.universe = this.program.universe;
    current.fuel = FUEL;
    current.depth = 0;
    current.sharing = false;
    current.dead = false;
  }

  /** Hands the jobs and events of a transaction over to whoever runs them. */
  release(tx: EngineTransaction): void {
    for (const job of tx.jobs.splice(0)) {
      // Its record is gone where the transaction went back to a savepoint that it set before.
      if (this.records.exists(job.id)) tx.scope.jobs.add(job);
    }
    const { test } = tx.scope;
    if (test instanceof RunningTest && test.captureFrom !== null) {
      const changes = this.records.changesSince(test.captureFrom);
      test.captureFrom = this.records.mark();
      this.capture(tx, changes, this.hasSubscribers);
    }
    tx.scope.bus.add(tx.events.splice(0), this.hasSubscribers);
  }

  /** Adds the change events of what was written to the events of a transaction. */
  private capture(tx: EngineTransaction, changes: readonly RecordChange[], wanted: (event: string) => boolean): void {
    const now = this.clock.now();
    tx.events.push(...changeEvents(changes, { schema: this.records.schema, userId: tx.user.id, now, wanted }));
  }

  private readonly isCaptured = (event: string): boolean => this.captured.has(event.toLowerCase());

  /** Sends events that do not wait for a commit on their way. */
  broadcast(events: readonly PublishedEvent[]): void {
    this.scope.bus.add(events, this.hasSubscribers);
  }

  private readonly hasSubscribers = (object: string): boolean => this.program.triggers.has(object, 'after insert');

  /** What ended a transaction, as its caller sees it. Faults of local-org are reported with the line of Apex. */
  private translate(error: unknown, tx: EngineTransaction): unknown {
    if (error instanceof ApexException || error instanceof UnsupportedError || error instanceof EngineFault)
      return error;
    if (error instanceof IntendedRollback) return error;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const [frame] = apexFrames(text);
    const where = frame ? ` at ${frame.place}: line ${frame.line}` : '';
    const message = error instanceof Error ? error.message : String(error);
    this.report(`fault of local-org in ${tx.kind} ${tx.name}${where}: ${text}`);
    return new EngineFault(`fault of local-org${where}: ${message}`, { cause: error });
  }

  /** Runs one transaction of work that waits; false where none is due. */
  runNext(): boolean {
    const now = this.clock.now();
    const { callbacks } = this.scope.bus;
    if (callbacks.waiting) {
      this.unattended(() => callbacks.tell(this, 'onSuccess'));
      return true;
    }
    const subscription = this.scope.bus.next(now);
    if (subscription) {
      this.unattended(() => deliver(this, subscription));
      return true;
    }
    const { jobs } = this.scope;
    const job = jobs.take(now);
    if (!job) return false;
    try {
      this.unattended(() => job.run());
    } finally {
      jobs.finished(job);
    }
    return true;
  }

  /** What a job throws stands in its records and in the log; nobody waits for it. */
  private unattended(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof ApexException || error instanceof EngineFault) return;
      this.report(error instanceof Error ? error.message : String(error));
    }
  }

  /** When the next work is due, by the org's clock; null for never. */
  nextDue(): number | null {
    const dues = [this.scope.bus.nextDue(), this.scope.jobs.nextDue()].filter((due) => due !== null);
    return dues.length === 0 ? null : Math.min(...dues);
  }

  /** True where nothing runs or waits but scheduled Apex. */
  get idle(): boolean {
    const { jobs, bus } = this.scope;
    return this.stack.length === 0 && bus.nextDue() === null && jobs.pending().every((job) => job.kind === 'scheduled');
  }

  callout(request: OutboundRequest): OutboundResponse {
    if (!this.send) throw new Error('callouts are not possible here');
    const { transaction } = this;
    const left = MOST_CALLOUT_MS - transaction.calloutMs;
    if (left <= 0) {
      return {
        ok: false,
        kind: 'timeout',
        message: `Exceeded maximum time allotted for callout (${MOST_CALLOUT_MS} ms)`,
      };
    }
    const { cpuStart } = transaction;
    const started = performance.now();
    const cpuBefore = cpuNow();
    try {
      const { response, ms } = this.send({ ...request, timeoutMs: Math.min(request.timeoutMs, left) });
      transaction.calloutMs += ms;
      return response;
    } finally {
      transaction.waitedMs += performance.now() - started;
      transaction.cpuStart = cpuStart + cpuNow() - cpuBefore;
    }
  }

  /** Writes records of the platform's own outside every transaction. */
  systemWrite(write: () => void): void {
    write();
    this.records.commitSystem();
  }

  subscriberUser(username: string | null): RunningUser {
    if (username === null) return this.records.automatedProcess;
    const user = this.records.userByUsername(username);
    if (user) return user;
    if (!this.missingUsers.has(username)) {
      this.missingUsers.add(username);
      this.report(`There is no active user ${username} for a platform-event trigger: it runs as Automated Process.`);
    }
    return this.records.automatedProcess;
  }

  /** Takes a job that waits out of the queue; false where there is none with this id. */
  abort(id: string, tx: EngineTransaction): boolean {
    const record = [...tx.jobs, ...tx.scope.jobs.pending()].find((job) => job.id === id)?.record;
    tx.jobs.splice(0, Infinity, ...tx.jobs.filter((job) => job.id !== id));
    tx.scope.jobs.remove(id);
    const trigger = this.records.readSystem('CronTrigger', id);
    if (trigger) {
      // Nothing is left of an aborted schedule: the tests of async-lib; the reference does not say it.
      this.records.deleteSystem('CronTrigger', id);
      this.records.deleteSystem('CronJobDetail', String(trigger['CronJobDetailId']));
      if (record !== undefined) this.records.updateSystem('AsyncApexJob', record, { Status: 'Aborted' });
      return true;
    }
    if (!this.records.readSystem('AsyncApexJob', id)) return false;
    this.records.updateSystem('AsyncApexJob', id, { Status: 'Aborted' });
    return true;
  }

  /** Runs a test method: its jobs and events stay with it, and everything is undone at its end. */
  inTest<T>(seeAllData: boolean, body: (test: RunningTest) => T): T {
    const outer = this.scope;
    const test = new RunningTest(seeAllData);
    this.scope = this.newScope(test);
    try {
      return body(test);
    } finally {
      this.scope = outer;
    }
  }
}
