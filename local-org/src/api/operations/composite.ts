import { z } from 'zod';
import { RestError } from '../restError.ts';
import { parsed } from './body.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { RollBack } from './rollBack.ts';

/** Source: REST API Developer Guide, Composite and Batch. */
const MOST_SUBREQUESTS = 25;

const subrequest = z.object({
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  url: z.string(),
  referenceId: z.string().regex(/^[A-Za-z]\w*$/),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  compositeRequest: z.array(subrequest).min(1).max(MOST_SUBREQUESTS),
});
const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z
    .array(z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() }))
    .min(1)
    .max(MOST_SUBREQUESTS),
});

/** Answers one request, within the transaction of `context`. */
export type Perform = (context: RestContext, request: RestRequest) => RestResult;

interface SubAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** `POST /composite`: later requests may refer to earlier answers as `@{ref.id}`. */
export function composite(context: RestContext, request: RestRequest, perform: Perform): RestResult {
  const { allOrNone, compositeRequest } = parsed(compositeBody, request.body);
  const ids = compositeRequest.map(({ referenceId }) => referenceId);
  const doubled = ids.find((id, index) => ids.indexOf(id) < index);
  // unverified but that they are refused: code and text are those of a tree's.
  if (doubled !== undefined)
    throw new RestError(400, 'INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${doubled}`);
  const answers: SubAnswer[] = [];
  const bodies: Record<string, unknown> = {};
  let failed = false;
  for (const { method, url, referenceId, body, httpHeaders } of compositeRequest) {
    if (failed && allOrNone) {
      answers.push(halted(referenceId));
      continue;
    }
    let result: RestResult;
    const point = context.tx.data.savepoint();
    try {
      const sub = subrequestOf(
        request,
        method,
        fill(url, bodies, true) as string,
        fill(body, bodies, false),
        httpHeaders,
      );
      result = perform(context, sub);
    } catch (error) {
      if (!(error instanceof RestError) && !(error instanceof RollBack)) throw error;
      context.tx.data.rollback(point);
      result = error instanceof RollBack ? error.result : { status: error.status, body: error.faults };
    }
    failed ||= result.status >= 400;
    bodies[referenceId] = result.body;
    answers.push({ body: result.body ?? null, httpHeaders: {}, httpStatusCode: result.status, referenceId });
  }
  if (failed && allOrNone) {
    const shown = answers.map((answer) => (answer.httpStatusCode >= 400 ? answer : halted(answer.referenceId)));
    throw new RollBack({ status: 200, body: { compositeResponse: shown } });
  }
  return { status: 200, body: { compositeResponse: answers } };
}

/** `POST /composite/batch`: each request is saved on its own. */
export function batch(request: RestRequest, perform: (request: RestRequest) => RestResult): RestResult {
  const { haltOnError, batchRequests } = parsed(batchBody, request.body);
  let hasErrors = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    if (hasErrors && haltOnError) {
      const message = 'Batch processing halted per request';
      return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message }] };
    }
    const { status, body } = perform(subrequestOf(request, method, url, richInput, {}));
    hasErrors ||= status >= 400;
    return { statusCode: status, result: body ?? null };
  });
  return { status: 200, body: { hasErrors, results } };
}

function subrequestOf(
  request: RestRequest,
  method: string,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> | undefined,
): RestRequest {
  const address = new URL(url, 'http://org');
  const path = decodeURI(address.pathname).replace(/^(\/services\/data)?\/v\d+\.\d+/, '');
  const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...request,
    method,
    path,
    query: Object.fromEntries(address.searchParams),
    headers: { ...request.headers, ...Object.fromEntries(lower) },
    body,
  };
}

function halted(referenceId: string): SubAnswer {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId,
  };
}

/** Replaces `@{ref.path[0].name}` by what earlier requests answered. @throws RestError where there is no such thing. */
function fill(value: unknown, bodies: Readonly<Record<string, unknown>>, inUrl: boolean): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([^}]+)\}$/.exec(value);
    if (whole?.[1] && !inUrl) return lookUp(whole[1], bodies);
    return value.replace(/@\{([^}]+)\}/g, (_match, path: string) => {
      const found = String(lookUp(path, bodies));
      return inUrl ? encodeURIComponent(found) : found;
    });
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, bodies, inUrl));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, bodies, inUrl)]));
}

function lookUp(path: string, bodies: Readonly<Record<string, unknown>>): unknown {
  let at: unknown = bodies;
  for (const part of path.replace(/\[(\d+)\]/g, '.$1').split('.')) {
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, part)
        ? (at as Record<string, unknown>)[part]
        : undefined;
  }
  if (at === undefined) {
    throw new RestError(
      400,
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${path} found in the answers`,
    );
  }
  return at;
}
