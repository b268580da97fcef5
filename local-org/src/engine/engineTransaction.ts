import { randomUUID } from 'node:crypto';
import { cpuNow } from './cpuClock.ts';
import type { AsyncScope } from '../async/scope.ts';
import type { AsyncJob } from '../async/jobQueue.ts';
import type { PublishedEvent } from '../async/eventBus.ts';
import type { DataLayer } from './data.ts';
import { capsFor, cpuCapFor, isAsynchronous, zeroCounters } from './caps.ts';
import type { EventDelivery, QueueableChain, Services } from './services.ts';
import type { LimitCounters, RunningUser, TestState, Transaction, TransactionKind } from './transaction.ts';

export interface DebugLine {
  readonly level: string;
  readonly text: string;
  readonly line: number;
}

/** What a transaction is to run as, and under which name it is logged. */
export interface TransactionOptions {
  readonly kind: TransactionKind;
  readonly name: string;
  readonly user: RunningUser;
  readonly jobId?: string | null;
  /** False where its kind of job has not asked for callouts; with the platform's message. */
  readonly calloutsRefused?: string | null;
  /** Of a queueable: how many jobs of its chain have run, this one included. */
  readonly chain?: JobChain;
}

/** A chain, and how its jobs fared. */
export interface JobChain extends QueueableChain {
  /** Jobs in a row that failed and were enqueued again by their finalizer. */
  readonly failures: number;
}

const MOST_DEBUG_LINES = 10_000;
let lastTransactionId = 0;

/** A transaction with what the engine keeps about it. `outer` is the one that it is part of, in a test. */
export class EngineTransaction implements Transaction {
  readonly id = ++lastTransactionId;
  readonly kind: TransactionKind;
  readonly name: string;
  readonly asynchronous: boolean;
  user: RunningUser;
  used: LimitCounters = zeroCounters();
  caps: LimitCounters;
  cpuCap: number;
  cpuStart = cpuNow();
  readonly statics: Map<object, object>;
  uncommitted: 'none' | 'dml' | 'async' = 'none';
  triggerDepth = 0;
  readonly test: TestState | null;
  readonly lockOwner: object;
  readonly jobId: string | null;
  readonly data: DataLayer;
  readonly services: Services;
  readonly requestId = randomUUID();
  readonly calloutsRefused: string | null;
  readonly chain: JobChain | null;
  /** Where its jobs and events go once it is committed. */
  readonly scope: AsyncScope;
  readonly jobs: AsyncJob[] = [];
  readonly events: PublishedEvent[] = [];
  finalizer: object | null = null;
  /** Milliseconds that services took to answer, of 120,000 that a transaction has. */
  calloutMs = 0;
  /** Milliseconds that it stood still meanwhile: longer where other work was under way when an answer came. */
  waitedMs = 0;
  readonly debugLines: DebugLine[] = [];
  /** Of a trigger of platform events: where to resume, and the number of earlier tries. */
  eventDelivery: EventDelivery | null = null;
  /** Of a publish callback: how many publications by callbacks have led to it; null elsewhere. */
  callbackDepth: number | null = null;

  constructor(
    options: TransactionOptions,
    data: DataLayer,
    services: Services,
    scope: AsyncScope,
    outer: EngineTransaction | null,
  ) {
    this.kind = options.kind;
    this.name = options.name;
    this.user = options.user;
    this.asynchronous = isAsynchronous(options.kind);
    this.caps = capsFor(options.kind);
    this.cpuCap = cpuCapFor(options.kind);
    this.test = scope.test;
    this.jobId = options.jobId ?? null;
    this.calloutsRefused = options.calloutsRefused ?? null;
    this.chain = options.chain ?? null;
    this.lockOwner = outer?.lockOwner ?? this;
    // A test and what it started (jobs, triggers of events) see each other's statics. For triggers of events this rests on suites.
    this.statics = outer?.statics ?? new Map<object, object>();
    this.data = data;
    this.services = services;
    this.scope = scope;
  }

  debug(level: string, text: string, line: number): void {
    if (this.debugLines.length < MOST_DEBUG_LINES) this.debugLines.push({ level, text, line });
  }
}
