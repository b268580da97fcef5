import type { Engine } from '../../engine/engine.ts';
import type { DebugLine } from '../../engine/engineTransaction.ts';
import type {
  AnonymousAnswer,
  EngineCall,
  EngineRequest,
  JobsAnswer,
  LoginAnswer,
  RestAnswer,
} from '../../engine/protocol.ts';
import { ApexException, UnsupportedError } from '../../values/exception.ts';
import { methodNotAllowed, RestError } from '../restError.ts';
import { callApexRest, uncaught } from './apexRest/call.ts';
import type { ApexRestParts } from './apexRest/call.ts';
import { executeAnonymous } from './anonymous.ts';
import { BulkJobs } from './bulk/bulkJobs.ts';
import { batch } from './composite.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { Locators } from './locators.ts';
import { RollBack } from './rollBack.ts';
import { perform } from './routes.ts';
import { userInfo } from './userInfo.ts';

/** What lives as long as the org. */
type Shared = Omit<RestContext, 'tx'>;

/** Answers what the front asks, in the engine's thread. */
export function requestHandler(engine: Engine, apexRest: ApexRestParts): (request: EngineRequest) => unknown {
  const shared: Shared = { engine, locators: new Locators(), bulk: new BulkJobs() };
  return ({ call }) => {
    switch (call.kind) {
      case 'rest':
        return rest(shared, call);
      case 'apexRest':
        return callOrError(engine, apexRest, call);
      case 'anonymous':
        return printed(engine, call.source);
      case 'login':
        return login(engine, call.username);
      case 'userInfo':
        return userInfo(engine, call.userId);
      case 'faults':
        engine.faults.apply(call.body);
        return null;
      case 'jobs':
        return jobs(engine, call.filter);
      case 'idle':
        return null;
    }
  };
}

function printed(engine: Engine, source: string): AnonymousAnswer {
  let debug: readonly DebugLine[] = [];
  const result = executeAnonymous(engine, engine.records.administrator, source, (lines) => (debug = lines));
  return { result, debug };
}

function login(engine: Engine, username: string): LoginAnswer {
  const user = engine.records.userByUsername(username);
  return user ? { userId: user.id, organizationId: engine.records.organizationId } : null;
}

function rest(shared: Shared, call: EngineCall & { kind: 'rest' }): RestAnswer {
  const { engine } = shared;
  const user = engine.records.user(call.userId);
  if (!user) {
    return answer({ status: 401, body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] });
  }
  const request: RestRequest = { ...call, user };
  const path = request.path.replace(/\/$/, '');
  if (path === '/composite/batch' && request.method === 'POST') {
    return answer(refused(() => batch(request, (sub) => inTransaction(shared, sub))));
  }
  // Anonymous Apex has a transaction of its own kind.
  if (path === '/tooling/executeAnonymous') return answer(refused(() => anonymous(engine, request)));
  return answer(inTransaction(shared, request));
}

function callOrError(engine: Engine, parts: ApexRestParts, call: EngineCall & { kind: 'apexRest' }): RestAnswer {
  try {
    return callApexRest(engine, parts, call);
  } catch (error) {
    return answer(errorResult(error instanceof ApexException ? uncaught(error) : error));
  }
}

function anonymous(engine: Engine, request: RestRequest): RestResult {
  if (request.method !== 'GET') throw methodNotAllowed(request.method, ['GET']);
  const source = request.query['anonymousBody'];
  if (source === undefined) throw new RestError(400, 'MISSING_ARGUMENT', 'The anonymousBody parameter is required');
  return { status: 200, body: executeAnonymous(engine, request.user, source) };
}

/** One request, one transaction: an error answer rolls it back. */
function inTransaction(shared: Shared, request: RestRequest): RestResult {
  const name = `${request.method} ${request.path}`;
  return refused(() =>
    shared.engine.run({ kind: 'api', name, user: request.user }, (tx) => perform({ ...shared, tx }, request)),
  );
}

function refused(work: () => RestResult): RestResult {
  try {
    return work();
  } catch (error) {
    return errorResult(error);
  }
}

/** Any error as an answer in Salesforce's form. */
function errorResult(error: unknown): RestResult {
  if (error instanceof RollBack) return error.result;
  if (error instanceof RestError) return { status: error.status, body: error.faults };
  if (error instanceof ApexException) return apexError(error);
  const message = error instanceof Error ? error.message : String(error);
  const errorCode = error instanceof UnsupportedError ? 'LOCAL_ORG_UNSUPPORTED' : 'UNKNOWN_EXCEPTION';
  return { status: error instanceof UnsupportedError ? 501 : 500, body: [{ message, errorCode }] };
}

function apexError(error: ApexException): RestResult {
  const [row] = error.dml;
  if (error.qualifiedName === 'System.DmlException' && row) {
    const faults = error.dml.map(({ status, message, fields }) => ({ message, errorCode: status, fields }));
    return { status: 400, body: faults };
  }
  if (error.qualifiedName === 'System.QueryException') {
    const { text } = error;
    const errorCode = /^sObject type/.test(text)
      ? 'INVALID_TYPE'
      : /No such column/.test(text)
        ? 'INVALID_FIELD'
        : 'MALFORMED_QUERY';
    return { status: 400, body: [{ message: text, errorCode }] };
  }
  if (error.qualifiedName === 'System.NoAccessException') {
    return { status: 403, body: [{ message: error.text, errorCode: 'INSUFFICIENT_ACCESS' }] };
  }
  return { status: 500, body: [{ message: error.toString(), errorCode: 'APEX_ERROR' }] };
}

function answer({ status, body, text, headers }: RestResult): RestAnswer {
  return { status, body: text ?? (body === undefined ? null : JSON.stringify(body)), ...(headers ? { headers } : {}) };
}

function jobs(engine: Engine, filter: { kind?: string; name?: string; afterId?: number }): JobsAnswer {
  const { scope, log } = engine;
  return {
    idle: engine.idle,
    jobs: scope.jobs.pending().map(({ id, kind, className, user, notBefore }) => ({
      id,
      kind,
      className,
      user: user.username,
      notBefore: notBefore === 0 ? null : new Date(notBefore).toISOString(),
    })),
    events: scope.bus.pending(),
    transactions: log.list(filter),
  };
}
