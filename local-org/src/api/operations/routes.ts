import { methodNotAllowed, notFound } from '../restError.ts';
import { createRows, deleteRows, readRows, updateRows, upsertRows } from './collections.ts';
import {
  changeIngestJob,
  createIngestJob,
  deleteIngestJob,
  failedResults,
  listIngestJobs,
  readIngestJob,
  successfulResults,
  unprocessedRows,
  uploadRows,
} from './bulk/ingest.ts';
import {
  abortQueryJob,
  createQueryJob,
  deleteQueryJob,
  listQueryJobs,
  queryResults,
  readQueryJob,
} from './bulk/queryJob.ts';
import { composite } from './composite.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { objectOf } from './context.ts';
import { describeBasic, describeGlobal, describeObject } from './describe.ts';
import { readDeleted, readUpdated } from './replication.ts';
import { deleteRelated, readRelated, updateRelated } from './related.ts';
import { limits } from './limits.ts';
import { query, queryMore } from './query.ts';
import { searchByAddress, searchByBody, searchSosl } from './search.ts';
import { toolingQuery } from './tooling.ts';
import { createTree } from './tree.ts';
import {
  createRow,
  deleteRow,
  deleteRowByKey,
  isKeyField,
  readRowById,
  readRowByKey,
  updateRow,
  upsertRow,
} from './row.ts';

type Operation = (context: RestContext, request: RestRequest, ...parts: string[]) => RestResult;

interface Route {
  /** Each group is one argument of the operations. */
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Operation>>;
}

/** One part of a path. */
const P = '([^/]+)';

const ROUTES: readonly Route[] = [
  route('/query', { GET: (context, request) => query(context, request, false) }),
  route('/queryAll', { GET: (context, request) => query(context, request, true) }),
  route(`/query(?:All)?/${P}`, { GET: queryMore }),
  route('/search', { GET: searchSosl }),
  route('/parameterizedSearch', { GET: searchByAddress, POST: searchByBody }),
  route('/tooling/query', { GET: toolingQuery }),
  route('/limits', { GET: limits }),
  route('/sobjects', { GET: describeGlobal }),
  route(`/sobjects/${P}/describe`, { GET: describeObject }),
  route(`/sobjects/${P}`, { GET: describeBasic, POST: createRow }),
  route(`/sobjects/${P}/updated`, { GET: readUpdated }),
  route(`/sobjects/${P}/deleted`, { GET: readDeleted }),
  route(`/sobjects/${P}/${P}`, { GET: readRowById, PATCH: updateRow, DELETE: deleteRow, POST: createByKeyOfBody }),
  route(`/sobjects/${P}/${P}/(.+)`, {
    GET: keyedOr(readRowByKey, readRelated),
    PATCH: keyedOr(upsertRow, updateRelated),
    DELETE: keyedOr(deleteRowByKey, deleteRelated),
  }),
  route('/composite', { POST: (context, request) => composite(context, request, perform) }),
  route(`/composite/tree/${P}`, { POST: createTree }),
  route('/composite/sobjects', { POST: createRows, PATCH: updateRows, DELETE: deleteRows }),
  route(`/composite/sobjects/${P}`, { GET: readRows, POST: readRows }),
  route(`/composite/sobjects/${P}/${P}`, { PATCH: upsertRows }),
  route('/jobs/ingest', { GET: listIngestJobs, POST: createIngestJob }),
  route(`/jobs/ingest/${P}`, { GET: readIngestJob, PATCH: changeIngestJob, DELETE: deleteIngestJob }),
  route(`/jobs/ingest/${P}/batches`, { PUT: uploadRows }),
  route(`/jobs/ingest/${P}/successfulResults`, { GET: successfulResults }),
  route(`/jobs/ingest/${P}/failedResults`, { GET: failedResults }),
  route(`/jobs/ingest/${P}/unprocessedrecords`, { GET: unprocessedRows }),
  route('/jobs/query', { GET: listQueryJobs, POST: createQueryJob }),
  route(`/jobs/query/${P}`, { GET: readQueryJob, PATCH: abortQueryJob, DELETE: deleteQueryJob }),
  route(`/jobs/query/${P}/results`, { GET: queryResults }),
];

function route(path: string, methods: Readonly<Record<string, Operation>>): Route {
  return { path: new RegExp(`^${path}/?$`), methods };
}

/** Answers a request of the REST API within the transaction of `context`. @throws RestError */
export function perform(context: RestContext, request: RestRequest): RestResult {
  for (const { path, methods } of ROUTES) {
    const match = path.exec(request.path);
    if (!match) continue;
    const operation = methods[request.method];
    if (!operation) throw methodNotAllowed(request.method, Object.keys(methods));
    return operation(context, request, ...match.slice(1).map((part) => decodeURIComponent(part)));
  }
  throw notFound();
}

/** `/sobjects/Account/Code__c/x` names a record by external id, `/sobjects/Account/001…/Owner` a related one. */
function keyedOr(byKey: Operation, related: Operation): Operation {
  return (context, request, object = '', name = '', value = '') =>
    (isKeyField(objectOf(context, object), name) ? byKey : related)(context, request, object, name, value);
}

function createByKeyOfBody(_context: RestContext, request: RestRequest): RestResult {
  throw methodNotAllowed(request.method, ['GET', 'PATCH', 'DELETE', 'HEAD']);
}
