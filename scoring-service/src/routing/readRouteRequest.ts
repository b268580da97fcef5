import type { z } from 'zod';
import { InvalidRequestError, SenselessRequestError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';
import { routeRequestSchema } from './routeSchema.ts';
import type { RouteRequest } from './routeSchema.ts';

const MOST_PROBLEMS = 100;

/**
 * A body as a route request.
 * @throws InvalidRequestError that names every bad field if it is not of the shape of one.
 * @throws SenselessRequestError if it contradicts itself: unknown or repeated references, documents with a batch.
 */
export function readRouteRequest(body: unknown): RouteRequest {
  const parsed = routeRequestSchema.safeParse(body);
  if (!parsed.success)
    throw new InvalidRequestError(parsed.error.issues.flatMap(fieldProblems).slice(0, MOST_PROBLEMS));
  const contradictions = contradictionsIn(parsed.data).slice(0, MOST_PROBLEMS);
  if (contradictions.length > 0) throw new SenselessRequestError(contradictions);
  return parsed.data;
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
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

function contradictionsIn(request: RouteRequest): FieldProblem[] {
  const references = request.representatives.map((each) => each.rep_ref);
  const known = new Set(references);
  return [
    ...repeated(references, (index) => `representatives[${index}].rep_ref`),
    ...repeated(
      request.leads.map((lead) => lead.lead_ref),
      (index) => `leads[${index}].lead_ref`,
    ),
    ...request.leads.flatMap((lead, index) => [
      ...lead.candidates.flatMap((candidate, place) =>
        known.has(candidate)
          ? []
          : [{ path: `leads[${index}].candidates[${place}]`, detail: 'names none of the representatives' }],
      ),
      ...repeated(lead.candidates, (place) => `leads[${index}].candidates[${place}]`),
      ...(lead.documents?.length
        ? [
            {
              path: `leads[${index}].documents`,
              detail: 'documents are not read yet; send their text in form_data.text',
            },
          ]
        : []),
    ]),
  ];
}

function repeated(references: readonly string[], path: (index: number) => string): FieldProblem[] {
  const seen = new Set<string>();
  return references.flatMap((reference, index) => {
    if (seen.has(reference)) return [{ path: path(index), detail: 'is named twice' }];
    seen.add(reference);
    return [];
  });
}
