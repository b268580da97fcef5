import { leadReader } from '../features/readLead.ts';
import type { Reading, ReadLead } from '../features/readLead.ts';
import type { RoutePolicy, RouteRepresentative, RouteRequest } from './routeSchema.ts';

/** A request as it is decided and stored: leads as they were read, without any text. Plain JSON. */
export interface PreparedRequest {
  request_id: string;
  as_of: string;
  policy: RoutePolicy;
  leads: ReadLead[];
  representatives: RouteRepresentative[];
}

/** Reads the leads of a request. `documentTexts` are those of the only lead's documents. */
export function prepare(request: RouteRequest, reading: Reading, documentText = ''): PreparedRequest {
  const read = leadReader(reading, request.representatives);
  return {
    request_id: request.request_id,
    as_of: request.as_of,
    policy: request.preview ? { ...request.policy, exploration_share: 0, holdback_share: 0 } : request.policy,
    leads: request.leads.map((lead) => read(lead, documentText)),
    representatives: request.representatives,
  };
}

/** Pairs of a lead and a candidate, by which the work of a request is estimated. */
export function pairsOf(request: Pick<RouteRequest, 'leads'>): number {
  return request.leads.reduce((sum, lead) => sum + lead.candidates.length, 0);
}
