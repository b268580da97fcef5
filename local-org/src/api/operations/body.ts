import type { z } from 'zod';
import { badJson, issueText } from '../restError.ts';

/** A request body that is a JSON object. @throws RestError 400 */
export function bodyObject(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw badJson('The HTTP entity body is required, but this request has no entity body.');
}

/** A request body of a known form. @throws RestError 400 naming the first place that does not fit */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badJson(issue ? issueText(issue) : 'not readable');
}
