import { SenselessRequestError } from '../errors.ts';
import type { FieldProblem } from '../errors.ts';
import { MOST_PROBLEMS, readBody } from '../http/readBody.ts';
import { routeRequestSchema } from './routeSchema.ts';
import type { RouteRequest } from './routeSchema.ts';

/**
 * A body as a route request.
 * @throws InvalidRequestError that names every bad field if it is not of the shape of one.
 * @throws SenselessRequestError if it contradicts itself: unknown or repeated references, documents with a batch.
 */
export function readRouteRequest(body: unknown): RouteRequest {
  const request = readBody(routeRequestSchema, body);
  const contradictions = contradictionsIn(request).slice(0, MOST_PROBLEMS);
  if (contradictions.length > 0) throw new SenselessRequestError(contradictions);
  return request;
}

function contradictionsIn(request: RouteRequest): FieldProblem[] {
  const references = request.representatives.map((each) => each.rep_ref);
  const known = new Set(references);
  const problems = [
    ...repeated(references, (index) => `representatives[${index}].rep_ref`),
    ...repeated(
      request.leads.map((lead) => lead.lead_ref),
      (index) => `leads[${index}].lead_ref`,
    ),
  ];
  request.leads.forEach((lead, index) => {
    const candidate = (place: number): string => `leads[${index}].candidates[${place}]`;
    lead.candidates.forEach((each, place) => {
      if (!known.has(each)) problems.push({ path: candidate(place), detail: 'names none of the representatives' });
    });
    problems.push(...repeated(lead.candidates, candidate));
    if (lead.documents?.length && request.leads.length > 1) {
      problems.push({ path: `leads[${index}].documents`, detail: 'documents come only in a request for one lead' });
    }
  });
  return problems;
}

function repeated(references: readonly string[], path: (index: number) => string): FieldProblem[] {
  const seen = new Set<string>();
  const problems: FieldProblem[] = [];
  references.forEach((reference, index) => {
    if (seen.has(reference)) problems.push({ path: path(index), detail: 'is named twice' });
    seen.add(reference);
  });
  return problems;
}
