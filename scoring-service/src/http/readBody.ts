import { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';

export const MOST_PROBLEMS = 100;

/** A body as its schema says. @throws InvalidRequestError that names every bad field (up to a hundred). */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(parsed.error.issues.flatMap(fieldProblems).slice(0, MOST_PROBLEMS));
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    // A body may have hundreds of thousands.
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({
      path: pathText([...issue.path, key]),
      detail: 'is not a field of the contract',
    }));
  }
  return [{ path: pathText(issue.path), detail: issue.message }];
}

/** `leads[3].company.employee_count`; the body itself is the empty path. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
