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

/** What the engine offers to platform classes besides data. Everything asynchronous starts only after commit. */
export interface Services {
  /** Milliseconds since 1970 by the org's clock (virtual in tests). */
  now(): number;
  /** Blocks the Apex stack until the answer is there; other requests are served nested meanwhile. */
  callout(request: OutboundRequest): OutboundResponse;
  /** Queues an object that implements Queueable; returns the AsyncApexJob id. */
  enqueueQueueable(job: object, options: { delayMinutes: number; signature: string | null }): string;
  /** `System.attachFinalizer` of the running queueable. */
  attachFinalizer(finalizer: object): void;
  /** Publishes event records; those of `publish after commit` wait for it. */
  publish(event: object): void;
  user(id: string): RunningUser | null;
  /** The endpoint and headers of `callout:Name`, or why the running user may not use it. */
  namedCredential(name: string): { url: string; headers: readonly (readonly [string, string])[] } | { problem: string };
}
