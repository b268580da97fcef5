import type { FeatureParameter } from '../schema/featureParameters.ts';
import type { ScheduleKey } from '../async/pauseSchedule.ts';
import type { BatchSchedule } from '../async/scheduleBatch.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { DmlFault } from './data.ts';
import type { ListViewFilter, ListViewOption } from './records.ts';
import type { RunAsBlock } from './testControl.ts';
import type { RunningUser } from './transaction.ts';

/** An HTTP request as it leaves the org, credentials already applied. Times in milliseconds. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  /** Whose access token goes into the Authorization header; fetched and kept by the callout thread. */
  readonly oauth: OAuthClient | null;
}

/** A client of the OAuth 2.0 client-credentials flow. Its secret is never logged. */
export interface OAuthClient {
  /** External credential and principal. */
  readonly name: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authentication: 'basic' | 'body';
  readonly scope: string | null;
}

export type OutboundResponse =
  | {
      readonly ok: true;
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array;
    }
  /** `timeout`: no whole answer in time. `refused`: no connection. */
  | { readonly ok: false; readonly kind: 'timeout' | 'refused' | 'failed'; readonly message: string };

/** What an administrator entered for a named credential, as the running user may use it. */
export interface NamedEndpoint {
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly oauth: OAuthClient | null;
}

/** Options of `System.enqueueJob`. */
export interface QueueableOptions {
  readonly delayMinutes: number;
  readonly signature: string | null;
  /** Of the chain that the job begins; null for the org's default. */
  readonly maximumDepth: number | null;
}

/** The place of a queueable in a chain of jobs that enqueue each other. */
export interface QueueableChain {
  /** 1 for the first. */
  readonly depth: number;
  readonly maximum: number;
  /** Whether the maximum was set when the chain began. */
  readonly isLimited: boolean;
  /** What the job was told to wait. */
  readonly delayMinutes: number;
}

/** A call of a method annotated `@future`. */
export interface FutureCall {
  readonly className: string;
  readonly method: string;
  /** In boxed form. */
  readonly args: readonly unknown[];
  /** `@future(callout=true)` */
  readonly callout: boolean;
}

/** What the engine offers to platform classes besides data. Everything asynchronous starts only after commit. */
export interface Services {
  /** Milliseconds since 1970 by the org's clock. */
  now(): number;
  readonly organizationId: string;
  readonly organizationName: string;
  /** The running user's record by canonical field name; values in boxed form. */
  userRecord(): Readonly<Record<string, unknown>>;
  /** Identifies the running request, as `Request.getRequestId` does. */
  readonly requestId: string;
  /** Text that the running transaction may not call out, or null where it may. */
  readonly calloutRefusal: string | null;
  /** Blocks the Apex stack until the answer is there; other requests are served nested meanwhile. */
  callout(request: OutboundRequest): OutboundResponse;
  /** The endpoint of `callout:Name`, or why the running user may not use it. */
  namedCredential(name: string): NamedEndpoint | { readonly problem: string };
  /** True where a remote site setting covers the address. */
  allowsUrl(url: string): boolean;
  /** Queues an object that implements Queueable; returns the AsyncApexJob id. */
  enqueueQueueable(job: object, options: QueueableOptions): string;
  /** The place of the running queueable in its chain; null elsewhere. */
  readonly queueableChain: QueueableChain | null;
  /** `System.attachFinalizer` of the running queueable. */
  attachFinalizer(finalizer: object): void;
  enqueueFuture(call: FutureCall): void;
  executeBatch(batch: object, scopeSize: number | null): string;
  schedule(name: string, cron: string, job: object): string;
  scheduleBatch(batch: object, schedule: BatchSchedule): string;
  /** Pauses or resumes scheduled Apex. @throws System.AsyncException where there is no such job. */
  setPaused(job: ScheduleKey, paused: boolean): void;
  /** Of a job that waits: it will not run. @throws System.StringException where there is none of this id. */
  abortJob(id: string): void;
  /** Publishes event records; those of `publish after commit` wait for it. One outcome a record. */
  publish(events: readonly SObjectValue[], callback: object | null): PublishOutcome[];
  /** Of a trigger of platform events; null elsewhere. */
  readonly eventDelivery: EventDelivery | null;
  user(id: string): RunningUser | null;
  hasCustomPermission(name: string): boolean;
  /** Whether the project has a flow of this name, in any case. */
  hasFlow(name: string): boolean;
  /** The feature parameter of the project of this name, in any case. */
  featureParameter(name: string): FeatureParameter | null;
  listViewsOf(object: string): readonly ListViewOption[];
  /** What a list view shows to the running user; null where there is none of this id. */
  listView(id: string): ListViewFilter | null;
  /** Writes fields of a record on the platform's own account: no triggers, no checks. */
  writeSystem(object: string, id: string, fields: Readonly<Record<string, unknown>>): void;
  startTest(): void;
  /** Runs what has been enqueued and delivers what has been published since `startTest`. */
  stopTest(): void;
  deliverTestEvents(): void;
  enableChangeCapture(): void;
  /** The publication of what has not been delivered fails. */
  failTestEvents(): void;
  /** `System.runAs`, only in tests: what it returns ends the block in {@link Services.exitRunAs}, in a `finally`. */
  enterRunAs(userId: string): RunAsBlock;
  exitRunAs(block: RunAsBlock): void;
}

/** What became of one event message. */
export interface PublishOutcome {
  readonly uuid: string | null;
  readonly error: DmlFault | null;
}

/** What `EventBus.TriggerContext` shows and sets. */
export interface EventDelivery {
  readonly retries: number;
  readonly lastError: string | null;
  /** ReplayId of the last event that is done. */
  resumeCheckpoint: string | null;
}
