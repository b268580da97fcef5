import type { AnonymousResult } from '../api/operations/anonymous.ts';
import type { DebugLine } from './engineTransaction.ts';
import type { FaultsBody } from './faults.ts';
import type { CredentialSettings } from './credentials/resolve.ts';
import type { TransactionRecord } from './transactionLog.ts';

/** What the front asks of the engine. Everything here crosses a thread: plain data only. */
export type EngineCall =
  /** One request of the REST API, already authenticated. */
  | {
      readonly kind: 'rest';
      readonly method: string;
      /** After `/services/data/vXX.X`: `/sobjects/Lead`. */
      readonly path: string;
      /** `67.0` */
      readonly version: string;
      readonly query: Readonly<Record<string, string>>;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** Parsed JSON; undefined where the request has none. */
      readonly body: unknown;
      readonly userId: string;
    }
  | ({ readonly kind: 'apexRest' } & ApexRestCall)
  /** Runs a block of Apex as the administrator. */
  | { readonly kind: 'anonymous'; readonly source: string }
  | { readonly kind: 'login'; readonly username: string }
  | { readonly kind: 'userInfo'; readonly userId: string }
  | { readonly kind: 'faults'; readonly body: FaultsBody }
  | { readonly kind: 'jobs'; readonly filter: { kind?: string; name?: string; afterId?: number } }
  /** Answered as soon as no asynchronous work runs or waits. */
  | { readonly kind: 'idle' };

/** One request of `/services/apexrest/*`, already authenticated. */
export interface ApexRestCall {
  readonly method: string;
  /** After `/services/apexrest`: `/Notes/1`. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** As the client spells their names. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
  readonly remoteAddress: string;
  readonly userId: string;
}

export interface EngineRequest {
  readonly id: number;
  readonly call: EngineCall;
}

export type EngineReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** Answer of `rest` and `apexRest`. The body is JSON text where no header says otherwise, or null for none. */
export interface RestAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answer of `anonymous`: what became of the block, and what it printed. */
export interface AnonymousAnswer {
  readonly result: AnonymousResult;
  readonly debug: readonly DebugLine[];
}

/** Answer of `login`: null where there is no active user of this name. */
export type LoginAnswer = { readonly userId: string; readonly organizationId: string } | null;

/** Answer of `jobs`. */
export interface JobsAnswer {
  readonly idle: boolean;
  readonly jobs: readonly {
    readonly id: string;
    readonly kind: string;
    readonly className: string;
    readonly user: string;
    readonly notBefore: string | null;
  }[];
  readonly events: readonly { readonly object: string; readonly events: number; readonly state: string }[];
  /** Finished ones, oldest first. */
  readonly transactions: readonly TransactionRecord[];
}

/** What the engine's thread is started with. */
export interface EngineSettings {
  readonly projectDir: string;
  readonly cacheDir: string | null;
  readonly credentials: CredentialSettings;
  /** Username by the name of a platform-event trigger. */
  readonly subscriberUsers: Readonly<Record<string, string>>;
  /** Permission sets of the project that the administrator is given; all where nothing is said. */
  readonly administratorHas?: 'all' | readonly string[];
}

/** The first message of the engine's thread on its port. Lines to report come as messages of the worker itself. */
export type EngineStarted =
  | { readonly ok: true; readonly organizationId: string; readonly adminUsername: string; readonly ms: number }
  | { readonly ok: false; readonly problems: readonly StartProblem[] };

export interface StartProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly message: string;
}
