import { seededRandom } from '../../src/assignment/seededRandom.ts';
import type { routeRequestSchema } from '../../src/routing/routeSchema.ts';
import type { z } from 'zod';

export type RequestBody = z.input<typeof routeRequestSchema>;
export type LeadBody = RequestBody['leads'][number];
export type RepresentativeBody = RequestBody['representatives'][number];

/** A lead as in the contract's example. */
export function aLead(changes: Partial<LeadBody> = {}): LeadBody {
  return {
    lead_ref: 'lead-1',
    trace_id: 'trace-1',
    source: 'website_form',
    company: {
      industry: 'Technology',
      employee_count: 250,
      annual_revenue: 40_000_000,
      country: 'DE',
      state: null,
      postal_code: '10115',
    },
    activity: { page_views: 15, content_downloads: 2, email_opens: 3, days_since_first_visit: 3, intent_score: 82 },
    form_data: { job_title: 'Director of IT', pain_point: 'system integration', product_interest: null, text: null },
    candidates: ['r1'],
    incumbent: null,
    ...changes,
  };
}

/** A representative as in the contract's example. */
export function aRepresentative(changes: Partial<RepresentativeBody> = {}): RepresentativeBody {
  return {
    rep_ref: 'r1',
    kind: 'account_executive',
    languages: ['de', 'en'],
    skills: ['integration'],
    open_leads: 12,
    capacity: 30,
    daily_cap: 8,
    assigned_today: 3,
    weight: 1,
    ramp_share: 1,
    open_opportunities: 9,
    activities_today: 7,
    free_minutes_48h: 610,
    next_free_at: '2026-11-22T12:00:00Z',
    time_zone: 'Europe/Berlin',
    tenure_days: 420,
    response: [
      { source: '', median_minutes: 35 },
      { source: 'website_form', median_minutes: 22 },
    ],
    record: [
      { dimension: 'overall', value: '', won: 41, lost: 88, expected_won: 37.2, median_days_to_close: 33 },
      { dimension: 'industry', value: 'Technology', won: 14, lost: 12, expected_won: 10.4, median_days_to_close: 28 },
    ],
    ...changes,
  };
}

/** A request of one lead and one representative. */
export function aRequest(changes: Partial<RequestBody> = {}): RequestBody {
  return {
    request_id: crypto.randomUUID(),
    as_of: '2026-11-22T10:00:00Z',
    policy: { version: '7', tiers: { hot: 80, warm: 50 }, load_penalty: 0.02, top_k: 10 },
    leads: [aLead()],
    representatives: [aRepresentative()],
    ...changes,
  };
}

const INDUSTRIES = ['Technology', 'Finance', 'Retail', 'Healthcare'];
const SOURCES = ['Web', 'Partner Referral', 'Purchased List', 'Phone Inquiry'];

/** A batch of varied leads, all of whose candidates are drawn from varied representatives. The same for the same seed. */
export function aBatch(
  leads: number,
  representatives: number,
  seed: string,
  candidates = representatives,
): RequestBody {
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const reps = Array.from({ length: representatives }, (_each, index) => {
    const won = upTo(40);
    const lost = upTo(60);
    return aRepresentative({
      rep_ref: `rep-${index}`,
      open_leads: upTo(20),
      assigned_today: upTo(3),
      daily_cap: 8 + upTo(4),
      free_minutes_48h: random() < 0.2 ? null : upTo(1500),
      tenure_days: upTo(3000),
      record: [
        { dimension: 'overall', value: '', won: won * 4, lost: lost * 4, expected_won: (won + lost) * 1.6 },
        { dimension: 'industry', value: INDUSTRIES[upTo(3)] ?? '', won, lost, expected_won: (won + lost) * 0.4 },
        { dimension: 'size', value: '50-249', won, lost, expected_won: null },
      ],
    });
  });
  return aRequest({
    request_id: `batch-${seed}`,
    leads: Array.from({ length: leads }, (_each, index) => {
      const offset = upTo(representatives - 1);
      return aLead({
        lead_ref: `lead-${index}`,
        trace_id: `trace-${index}`,
        source: SOURCES[upTo(3)],
        company: { industry: INDUSTRIES[upTo(3)], employee_count: upTo(5000), country: 'US' },
        activity: { page_views: upTo(40), intent_score: random() < 0.3 ? null : upTo(100) },
        form_data: { job_title: ['CEO', 'IT Manager', 'Intern', 'Head of Sales'][upTo(3)], pain_point: null },
        candidates: Array.from({ length: candidates }, (_every, place) => `rep-${(offset + place) % representatives}`),
        incumbent: `rep-${offset}`,
      });
    }),
    representatives: reps,
  });
}
