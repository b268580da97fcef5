import { z } from 'zod';
import { outcomesAnswerSchema, outcomesRequestSchema } from './audit/outcomeEndpoint.ts';
import { verdictSchema } from './audit/decisionEndpoints.ts';
import { promotionRequestSchema } from './operations/modelEndpoints.ts';
import { routeAnswerSchema, routeRequestSchema } from './routing/routeSchema.ts';
import { scoreAnswerSchema, scoreRequestSchema } from './scoring/scoreEndpoint.ts';

const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), detail: z.string() })).optional(),
});

const decisionSchema = z.looseObject({
  trace_id: z.string(),
  request_id: z.string(),
  kind: z.enum(['route', 'score']),
  decided_at: z.string(),
  model: z.strictObject({ version: z.string(), sha256: z.string() }),
  stamp: z.string(),
  input: z.looseObject({}),
  seed: z.string().nullable(),
  ranking: z.array(
    z.strictObject({
      rep_ref: z.string().nullable(),
      raw: z.number(),
      win_probability: z.number(),
      propensity: z.number(),
    }),
  ),
  result: z.looseObject({}),
  outcomes: z.array(z.looseObject({ outcome_id: z.string(), kind: z.string(), occurred_at: z.string() })),
});

const replaySchema = z.looseObject({
  trace_id: z.string(),
  request_id: z.string(),
  verdict: verdictSchema,
  largest_difference: z.number().nullable(),
  model_sha256: z.string(),
  stamp: z.strictObject({ stored: z.string(), now: z.string() }),
});

const tokenSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  scope: z.string(),
});

const anything = z.looseObject({});

interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly summary: string;
  readonly scope?: string;
  readonly request?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly mediaType?: string;
  readonly statuses: readonly number[];
}

const OPERATIONS: readonly Operation[] = [
  {
    path: '/oauth/token',
    method: 'post',
    summary: 'Client credentials for an access token of ten minutes',
    answer: tokenSchema,
    statuses: [400, 401, 413, 429],
  },
  {
    path: '/v1/route',
    method: 'post',
    summary: 'Ranks representatives for up to 200 leads and proposes one for each',
    scope: 'route',
    request: routeRequestSchema,
    answer: routeAnswerSchema,
    statuses: [400, 401, 403, 409, 413, 415, 422, 429, 503],
  },
  {
    path: '/v1/score',
    method: 'post',
    summary: 'Scores one lead without representatives',
    scope: 'score',
    request: scoreRequestSchema,
    answer: scoreAnswerSchema,
    statuses: [400, 401, 403, 413, 415, 429, 503],
  },
  {
    path: '/v1/outcomes',
    method: 'post',
    summary: 'What became of decisions',
    scope: 'outcomes',
    request: outcomesRequestSchema,
    answer: outcomesAnswerSchema,
    statuses: [400, 401, 403, 413, 415, 429, 503],
  },
  {
    path: '/v1/decisions/{trace_id}',
    method: 'get',
    summary: 'The stored decision of a trace',
    scope: 'audit',
    answer: decisionSchema,
    statuses: [401, 403, 404, 429, 503],
  },
  {
    path: '/v1/decisions/{trace_id}/replay',
    method: 'post',
    summary: 'Decides it again and compares',
    scope: 'audit',
    answer: replaySchema,
    statuses: [401, 403, 404, 409, 429, 503],
  },
  {
    path: '/v1/evaluations',
    method: 'get',
    summary: 'Shadow comparison and off-policy estimates',
    scope: 'audit',
    answer: anything,
    statuses: [400, 401, 403, 429, 503],
  },
  {
    path: '/v1/models',
    method: 'get',
    summary: 'The registry of models',
    scope: 'operate',
    answer: anything,
    statuses: [401, 403, 429, 503],
  },
  {
    path: '/v1/models/{version}/promote',
    method: 'post',
    summary: 'Puts a model to service if it passes the gates',
    scope: 'operate',
    request: promotionRequestSchema,
    answer: anything,
    statuses: [400, 401, 403, 404, 409, 415, 429, 503],
  },
  {
    path: '/.well-known/jwks.json',
    method: 'get',
    summary: 'Public keys of our tokens',
    answer: anything,
    statuses: [],
  },
  { path: '/openapi.json', method: 'get', summary: 'This document', answer: anything, statuses: [] },
  { path: '/healthz', method: 'get', summary: 'Whether the process is alive', answer: anything, statuses: [] },
  {
    path: '/readyz',
    method: 'get',
    summary: 'Whether a model is loaded and the store is writable',
    answer: anything,
    statuses: [503],
  },
  { path: '/metrics', method: 'get', summary: 'Metrics for Prometheus', mediaType: 'text/plain', statuses: [] },
];

/** The OpenAPI 3.1 description of the service, from the schemas that it parses with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const path = (paths[operation.path] ??= {});
    path[operation.method] = operationObject(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lead routing: scoring service', version: '1' },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: '/oauth/token',
              scopes: {
                route: 'POST /v1/route',
                score: 'POST /v1/score',
                outcomes: 'POST /v1/outcomes',
                audit: 'decisions, replay, evaluations',
                operate: 'models',
              },
            },
          },
        },
      },
    },
  };
}

function operationObject({ path, summary, scope, request, answer, mediaType, statuses }: Operation): unknown {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const form = {
    'application/x-www-form-urlencoded': {
      schema: {
        type: 'object',
        required: ['grant_type'],
        properties: Object.fromEntries(
          ['grant_type', 'client_id', 'client_secret', 'scope'].map((name) => [name, { type: 'string' }]),
        ),
      },
    },
  };
  const body = request ? { 'application/json': { schema: jsonSchema(request, 'input') } } : undefined;
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (path === '/v1/route') {
    const schema = { type: 'integer', minimum: 1 };
    parameters.push({ name: 'X-Deadline-Ms', in: 'header', required: false, schema } as never);
  }
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(scope ? { security: [{ oauth: [scope] }] } : {}),
    ...(body || path === '/oauth/token' ? { requestBody: { required: true, content: body ?? form } } : {}),
    responses: {
      200: {
        description: 'Done',
        content: answer
          ? { 'application/json': { schema: jsonSchema(answer, 'output') } }
          : { [mediaType ?? 'text/plain']: { schema: { type: 'string' } } },
      },
      ...Object.fromEntries(statuses.map((status) => [status, { description: 'Problem', content: problem }])),
    },
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
