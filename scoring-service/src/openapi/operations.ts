import { z } from 'zod';
import { decisionAnswerSchema } from '../audit/decisionEndpoint.ts';
import { evaluationAnswerSchema, evaluationQuerySchema } from '../audit/evaluationEndpoint.ts';
import { outcomesAnswerSchema, outcomesRequestSchema } from '../audit/outcomeEndpoint.ts';
import { replayAnswerSchema } from '../audit/replayEndpoint.ts';
import { modelsAnswerSchema, promotionAnswerSchema, promotionRequestSchema } from '../operations/modelEndpoints.ts';
import { routeAnswerSchema, routeRequestSchema, servedModelSchema } from '../routing/routeSchema.ts';
import { scoreAnswerSchema, scoreRequestSchema } from '../scoring/scoreEndpoint.ts';

/** One method of one path. `errors` are all the statuses beside 200 that it answers with, but for a 500. */
export interface Operation {
  readonly id: string;
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly summary: string;
  readonly scope?: 'route' | 'score' | 'outcomes' | 'audit' | 'operate';
  readonly query?: z.ZodObject;
  /** JSON, but for the token endpoint, which takes a form. */
  readonly request?: z.ZodType;
  /** JSON where there is one; else text. */
  readonly answer?: z.ZodType;
  readonly errors: readonly number[];
}

export const SCOPES = {
  route: 'POST /v1/route',
  score: 'POST /v1/score',
  outcomes: 'POST /v1/outcomes',
  audit: 'Decisions, replay and evaluations',
  operate: 'Models and their promotion',
} as const;

export const TOKEN_PATH = '/oauth/token';

const tokenRequestSchema = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional().describe('Here or in a Basic header, as is the secret.'),
  client_secret: z.string().optional(),
  scope: z.string().optional().describe('Separated by blanks; all of the client where absent.'),
});

const tokenAnswerSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  scope: z.string(),
});

const keysAnswerSchema = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

const readyAnswerSchema = z.strictObject({ status: z.literal('ready'), model: servedModelSchema });

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'token',
    path: TOKEN_PATH,
    method: 'post',
    summary: 'Client credentials for an access token of ten minutes',
    request: tokenRequestSchema,
    answer: tokenAnswerSchema,
    errors: [400, 401, 408, 413, 415, 429, 503],
  },
  {
    id: 'route',
    path: '/v1/route',
    method: 'post',
    summary: 'Ranks representatives for up to 200 leads and proposes one for each',
    scope: 'route',
    request: routeRequestSchema,
    answer: routeAnswerSchema,
    errors: [400, 401, 403, 408, 409, 413, 415, 422, 429, 503],
  },
  {
    id: 'score',
    path: '/v1/score',
    method: 'post',
    summary: 'Scores one lead without representatives',
    scope: 'score',
    request: scoreRequestSchema,
    answer: scoreAnswerSchema,
    errors: [400, 401, 403, 408, 413, 415, 429, 503],
  },
  {
    id: 'outcomes',
    path: '/v1/outcomes',
    method: 'post',
    summary: 'What became of decisions',
    scope: 'outcomes',
    request: outcomesRequestSchema,
    answer: outcomesAnswerSchema,
    errors: [400, 401, 403, 408, 413, 415, 429, 503],
  },
  {
    id: 'decision',
    path: '/v1/decisions/{trace_id}',
    method: 'get',
    summary: 'The latest decision of a trace, with all that it was made from',
    scope: 'audit',
    answer: decisionAnswerSchema,
    errors: [400, 401, 403, 404, 429, 503],
  },
  {
    id: 'replay',
    path: '/v1/decisions/{trace_id}/replay',
    method: 'post',
    summary: 'Decides the stored request again with the stored model and compares',
    scope: 'audit',
    answer: replayAnswerSchema,
    errors: [400, 401, 403, 404, 409, 429, 503],
  },
  {
    id: 'evaluations',
    path: '/v1/evaluations',
    method: 'get',
    summary: 'Win rates of the arms, shadow comparison and off-policy estimates',
    scope: 'audit',
    query: evaluationQuerySchema,
    answer: evaluationAnswerSchema,
    errors: [400, 401, 403, 429, 503],
  },
  {
    id: 'models',
    path: '/v1/models',
    method: 'get',
    summary: 'The models of the folder and which serves',
    scope: 'operate',
    answer: modelsAnswerSchema,
    errors: [400, 401, 403, 429, 503],
  },
  {
    id: 'promote',
    path: '/v1/models/{version}/promote',
    method: 'post',
    summary: 'Puts a model to service if it passes the gates; 409 names those that it does not pass',
    scope: 'operate',
    request: promotionRequestSchema,
    answer: promotionAnswerSchema,
    errors: [400, 401, 403, 404, 408, 409, 413, 415, 429, 503],
  },
  {
    id: 'keys',
    path: '/.well-known/jwks.json',
    method: 'get',
    summary: 'Public keys of our tokens',
    answer: keysAnswerSchema,
    errors: [],
  },
  {
    id: 'description',
    path: '/openapi.json',
    method: 'get',
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string() }),
    errors: [],
  },
  {
    id: 'health',
    path: '/healthz',
    method: 'get',
    summary: 'Whether the process is alive',
    answer: z.strictObject({ status: z.literal('ok') }),
    errors: [],
  },
  {
    id: 'ready',
    path: '/readyz',
    method: 'get',
    summary: 'Whether a model is loaded and the store is writable',
    answer: readyAnswerSchema,
    errors: [503],
  },
  { id: 'metrics', path: '/metrics', method: 'get', summary: 'Metrics for Prometheus', errors: [] },
];
