import { aLead, aRepresentative, aRequest } from '../test/support/requests.ts';
import type { GoodBodies } from './hostileRequests.ts';

/** The examples of the contract. */
export function goodBodies(): GoodBodies {
  const route = aRequest({
    request_id: 'good',
    leads: [aLead({ candidates: ['r1', 'r2'] })],
    representatives: [aRepresentative(), aRepresentative({ rep_ref: 'r2', open_leads: 3 })],
  });
  return {
    route: { ...route },
    score: {
      lead_id: '00Q5e00000A1b2c3D',
      source: 'website_form',
      company: { name: 'Acme Corp', industry: 'Technology', employee_count: 250 },
      activity: { page_views: 15, content_downloads: ['whitepaper.pdf'], days_since_first_visit: 3 },
      form_data: { job_title: 'Director of IT', pain_point: 'system integration' },
    },
    outcomes: {
      outcomes: [
        { outcome_id: 'o-1', trace_id: 'trace-1', kind: 'won', rep_ref: 'r1', occurred_at: '2026-11-22T10:00:00Z' },
      ],
    },
  };
}
