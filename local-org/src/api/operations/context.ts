import type { Engine } from '../../engine/engine.ts';
import type { EngineTransaction } from '../../engine/engineTransaction.ts';
import type { Access, DmlOptions } from '../../engine/data.ts';
import type { RunningUser } from '../../engine/transaction.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { notFound } from '../restError.ts';
import type { BulkJobs } from './bulk/bulkJobs.ts';
import type { Locators } from './locators.ts';

/** One authenticated request, as the operations of the REST API see it. */
export interface RestRequest {
  readonly method: string;
  /** After `/services/data/vXX.X`. */
  readonly path: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly user: RunningUser;
}

/** What an operation answers; `body` is plain data, undefined for none. */
export interface RestResult {
  readonly status: number;
  readonly body?: unknown;
  /** In place of `body`: sent as it is, with the content-type in `headers`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What operations work with: one transaction of the API. */
export interface RestContext {
  readonly engine: Engine;
  readonly tx: EngineTransaction;
  readonly locators: Locators;
  readonly bulk: BulkJobs;
}

/** The API acts with the rights and sharing of the user who calls it. */
export const AS_USER: Access = { mode: 'user', sharing: true };

/** The object of a name in any case. @throws RestError 404 where the org has none or the user may not see it. */
export function objectOf({ engine }: RestContext, name: string): ObjectDescriptor {
  const object = engine.records.schema.object(name);
  if (!object || !object.queryable) throw notFound();
  return object;
}

export function baseUrl(request: RestRequest): string {
  return `/services/data/v${request.version}`;
}

/** What the `Sforce-*` headers say of how records are saved. Source: REST API Developer Guide, Headers. */
export function saveOptions(request: RestRequest): Pick<DmlOptions, 'assignmentRule' | 'duplicateAllowSave'> {
  const rule = request.headers['sforce-auto-assign'];
  const duplicates = request.headers['sforce-duplicate-rule-header'] ?? '';
  const upper = rule?.toUpperCase();
  return {
    // The REST API applies the active assignment rule unless it is told not to.
    assignmentRule: upper === undefined || upper === 'TRUE' ? 'default' : upper === 'FALSE' ? null : (rule ?? null),
    duplicateAllowSave: /allowSave\s*=\s*true/i.test(duplicates),
  };
}
