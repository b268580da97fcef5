import { z } from 'zod';
import { OPERATIONS, SCOPES, TOKEN_PATH } from './operations.ts';
import type { Operation } from './operations.ts';

const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  request_id: z.string(),
  errors: z
    .array(z.strictObject({ path: z.string(), detail: z.string() }))
    .optional()
    .describe('Of 400 and 422: every bad field.'),
});

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Not of the shape of the contract; every bad field is named',
  401: 'No or no valid access token, or wrong client credentials',
  403: 'The access token has another scope',
  404: 'There is no such thing',
  408: 'The body did not come within the deadline',
  409: 'Not possible as things are',
  413: 'Too large',
  415: 'Media type or encoding not supported',
  422: 'Valid JSON that makes no sense',
  429: 'Too many requests of this client',
  503: 'Can not be answered now, or not within the deadline',
};

/** Statuses that say when to try again. */
const WITH_RETRY_AFTER = [429, 503];

/** The OpenAPI 3.1 description of the service, from the schemas that it parses with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = operationObject(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lead routing: scoring service', version: '1' },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      headers: {
        RetryAfter: { description: 'Seconds after which to try again.', schema: { type: 'integer', minimum: 1 } },
      },
      securitySchemes: {
        oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: TOKEN_PATH, scopes: SCOPES } } },
      },
    },
  };
}

function operationObject(operation: Operation): unknown {
  const { id, summary, scope, answer, errors } = operation;
  const parameters = parametersOf(operation);
  const body = bodyOf(operation);
  const content = answer
    ? { 'application/json': { schema: jsonSchema(answer, 'output') } }
    : { 'text/plain': { schema: { type: 'string' } } };
  return {
    operationId: id,
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(scope ? { security: [{ oauth: [scope] }] } : {}),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      200: { description: 'Done', content },
      ...Object.fromEntries(errors.map((status) => [status, problemResponse(status)])),
    },
  };
}

function parametersOf({ path, query }: Operation): unknown[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: jsonSchema(schema as z.ZodType, 'output'),
  }));
  const hasDeadline = path === TOKEN_PATH || path.startsWith('/v1/');
  const deadline = {
    name: 'X-Deadline-Ms',
    in: 'header',
    required: false,
    description: 'Milliseconds within which the request is answered or refused; 5000 where absent.',
    schema: { type: 'integer', minimum: 1 },
  };
  return [...inPath, ...inQuery, ...(hasDeadline ? [deadline] : [])];
}

function bodyOf({ path, request }: Operation): Record<string, unknown> | null {
  if (request === undefined) return null;
  const mediaType = path === TOKEN_PATH ? 'application/x-www-form-urlencoded' : 'application/json';
  return { [mediaType]: { schema: jsonSchema(request, 'input') } };
}

function problemResponse(status: number): unknown {
  return {
    description: DESCRIPTIONS[status] ?? 'Refused',
    ...(WITH_RETRY_AFTER.includes(status)
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
