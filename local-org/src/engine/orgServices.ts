import type { FeatureParameter } from '../schema/featureParameters.ts';
import { executeBatch } from '../async/batch.ts';
import { enqueueFuture } from '../async/future.ts';
import { publish } from '../async/publish.ts';
import { attachFinalizer, enqueueQueueable } from '../async/queueable.ts';
import { setPaused } from '../async/pauseSchedule.ts';
import type { ScheduleKey } from '../async/pauseSchedule.ts';
import { schedule } from '../async/schedule.ts';
import { scheduleBatch } from '../async/scheduleBatch.ts';
import type { BatchSchedule } from '../async/scheduleBatch.ts';
import { raise } from '../values/exception.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { Engine } from './engine.ts';
import type { EngineTransaction } from './engineTransaction.ts';
import type { ListViewFilter, ListViewOption } from './records.ts';
import type {
  EventDelivery,
  FutureCall,
  NamedEndpoint,
  OutboundRequest,
  OutboundResponse,
  PublishOutcome,
  QueueableChain,
  QueueableOptions,
  Services,
} from './services.ts';
import type { RunningUser } from './transaction.ts';
import {
  deliverTestEvents,
  enableChangeCapture,
  enterRunAs,
  exitRunAs,
  failTestEvents,
  startTest,
  stopTest,
} from './testControl.ts';
import type { RunAsBlock } from './testControl.ts';

/** The services of one engine; they act for the transaction that is running. */
export class OrgServices implements Services {
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  private get tx(): EngineTransaction {
    return this.engine.transaction;
  }

  now(): number {
    return this.engine.clock.now();
  }

  get organizationId(): string {
    return this.engine.records.organizationId;
  }

  get organizationName(): string {
    return this.engine.records.organizationName;
  }

  userRecord(): Readonly<Record<string, unknown>> {
    return this.engine.records.readSystem('User', this.tx.user.id) ?? {};
  }

  get requestId(): string {
    return this.tx.requestId;
  }

  get calloutRefusal(): string | null {
    return this.tx.calloutsRefused;
  }

  callout(request: OutboundRequest): OutboundResponse {
    return this.engine.callout(request);
  }

  namedCredential(name: string): NamedEndpoint | { readonly problem: string } {
    return this.engine.credentials.resolve(name, this.engine.records.grantsOf(this.tx.user.id));
  }

  allowsUrl(url: string): boolean {
    return this.engine.credentials.allowsUrl(url);
  }

  enqueueQueueable(job: object, options: QueueableOptions): string {
    return enqueueQueueable(this.engine, this.tx, job, options);
  }

  get queueableChain(): QueueableChain | null {
    return this.tx.kind === 'queueable' ? this.tx.chain : null;
  }

  attachFinalizer(finalizer: object): void {
    attachFinalizer(this.tx, finalizer);
  }

  enqueueFuture(call: FutureCall): void {
    enqueueFuture(this.engine, this.tx, call);
  }

  executeBatch(batch: object, scopeSize: number | null): string {
    return executeBatch(this.engine, this.tx, batch, scopeSize);
  }

  schedule(name: string, cron: string, job: object): string {
    return schedule(this.engine, this.tx, name, cron, job);
  }

  scheduleBatch(batch: object, plan: BatchSchedule): string {
    return scheduleBatch(this.engine, this.tx, batch, plan);
  }

  setPaused(job: ScheduleKey, paused: boolean): void {
    setPaused(this.engine, job, paused);
  }

  abortJob(id: string): void {
    if (!this.engine.abort(id, this.tx)) raise('System.StringException', 'Invalid id');
  }

  publish(events: readonly SObjectValue[], callback: object | null): PublishOutcome[] {
    return publish(this.engine, this.tx, events, callback);
  }

  get eventDelivery(): EventDelivery | null {
    return this.tx.eventDelivery;
  }

  user(id: string): RunningUser | null {
    return this.engine.records.user(id);
  }

  hasCustomPermission(name: string): boolean {
    return this.engine.records.hasCustomPermission(this.tx.user.id, name);
  }

  hasFlow(name: string): boolean {
    return this.engine.flows.has(name.toLowerCase());
  }

  featureParameter(name: string): FeatureParameter | null {
    return this.engine.featureParameters.get(name.toLowerCase()) ?? null;
  }

  listViewsOf(object: string): readonly ListViewOption[] {
    return this.engine.records.listViewsOf(object);
  }

  listView(id: string): ListViewFilter | null {
    return this.engine.records.listView(id, this.tx.user.id);
  }

  writeSystem(object: string, id: string, fields: Readonly<Record<string, unknown>>): void {
    this.engine.records.updateSystem(object, id, fields);
  }

  startTest(): void {
    startTest(this.tx);
  }

  stopTest(): void {
    stopTest(this.engine, this.tx);
  }

  deliverTestEvents(): void {
    deliverTestEvents(this.engine, this.tx);
  }

  enableChangeCapture(): void {
    enableChangeCapture(this.engine, this.tx);
  }

  failTestEvents(): void {
    failTestEvents(this.engine, this.tx);
  }

  enterRunAs(userId: string): RunAsBlock {
    return enterRunAs(this.engine, this.tx, userId);
  }

  exitRunAs(block: RunAsBlock): void {
    exitRunAs(this.engine, this.tx, block);
  }
}
