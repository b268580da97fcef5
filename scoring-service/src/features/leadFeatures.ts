import { amount, counted, countOf, indicator, known, logCount, plain } from './feature.ts';
import type { Feature } from './feature.ts';
import { SENIORITY_NAMES, seniorityOf } from './seniority.ts';
import { detectLanguage, languageOfCountry } from '../text/leadLanguage.ts';
import type { DetectedLanguage } from '../text/leadLanguage.ts';
import type { RouteLead } from '../routing/routeSchema.ts';

/** A lead with what is read from it once, however many candidates it has. */
export interface LeadSubject {
  readonly lead: RouteLead;
  /** As read from the text; null where the text does not tell. */
  readonly detected: DetectedLanguage | null;
  /** The detected language, else that of the country; null where neither is known. */
  readonly language: string | null;
  /** Phrases of one to three words in what the lead says of its need, in lower case; empty where it says nothing. */
  readonly needPhrases: ReadonlySet<string>;
  readonly keys: { industry: string; product: string; source: string; employees: number };
}

/** Reads from a lead what several features need. */
export function leadSubject(lead: RouteLead): LeadSubject {
  const form = lead.form_data;
  const need = [form?.product_interest, form?.pain_point, form?.text].filter((part) => part?.trim()).join('\n');
  const detected = detectLanguage(need);
  return {
    lead,
    detected,
    language: detected?.code ?? languageOfCountry(lead.company?.country ?? ''),
    needPhrases: phrases(need),
    keys: {
      industry: plain(lead.company?.industry),
      product: plain(form?.product_interest),
      source: plain(lead.source),
      employees: known(lead.company?.employee_count),
    },
  };
}

/** Words are looked up, not searched for: `sap` is not in "disappear", and long texts cost their length once. */
function phrases(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const found = new Set<string>();
  words.forEach((word, index) => {
    const next = words[index + 1];
    const third = words[index + 2];
    found.add(word);
    if (next !== undefined) found.add(`${word} ${next}`);
    if (next !== undefined && third !== undefined) found.add(`${word} ${next} ${third}`);
  });
  return found;
}

/** The words of a text in lower case, without punctuation. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}+#.]*(?<!\.)/gu) ?? [];
}

const REFERRAL = /referral|partner|recommend|empfehl/;
const PURCHASED = /purchas|list|cold|data[_ ]?provider/;
const INBOUND = /^web|form|demo|trial|contact|inquiry|chat|inbound/;

function downloads(lead: RouteLead): number | null | undefined {
  const value = lead.activity?.content_downloads;
  return Array.isArray(value) ? value.length : value;
}

function sourceIs({ keys }: LeadSubject, kind: RegExp): number {
  return indicator(keys.source === '' ? null : kind.test(keys.source));
}

function log10(value: number | null | undefined): number {
  return Math.log10(Math.max(known(value), 1));
}

const sourceWords = ({ lead }: LeadSubject): string => `Came by ${lead.source?.trim().replaceAll('_', ' ') ?? ''}`;

/** The features of a lead alone, in the order of the table in docs/scoring-service.md. */
export const LEAD_FEATURES: readonly Feature<LeadSubject>[] = [
  {
    name: 'intent_score',
    unit: 'points, 0–100',
    source: 'activity.intent_score',
    meaning: 'buying intent as rated by marketing automation',
    value: ({ lead }) => known(lead.activity?.intent_score),
    words: ({ lead }) => `Intent score ${Math.round(known(lead.activity?.intent_score))} of 100`,
    typical: (reference) => String(Math.round(reference)),
  },
  {
    name: 'page_views',
    unit: 'ln(1 + views)',
    source: 'activity.page_views',
    meaning: 'pages of the website that the person has seen',
    value: ({ lead }) => logCount(lead.activity?.page_views),
    words: ({ lead }) => `${counted(known(lead.activity?.page_views), 'page view')}`,
    typical: countOf,
  },
  {
    name: 'content_downloads',
    unit: 'ln(1 + downloads)',
    source: 'activity.content_downloads, a number or the length of the list',
    meaning: 'papers and brochures downloaded',
    value: ({ lead }) => logCount(downloads(lead)),
    words: ({ lead }) => `${counted(known(downloads(lead)), 'content download')}`,
    typical: countOf,
  },
  {
    name: 'email_opens',
    unit: 'ln(1 + opens)',
    source: 'activity.email_opens',
    meaning: 'marketing e-mails opened',
    value: ({ lead }) => logCount(lead.activity?.email_opens),
    words: ({ lead }) => `${counted(known(lead.activity?.email_opens), 'e-mail')} opened`,
    typical: countOf,
  },
  {
    name: 'days_since_first_visit',
    unit: 'ln(1 + days)',
    source: 'activity.days_since_first_visit',
    meaning: 'how long ago the interest began',
    value: ({ lead }) => logCount(lead.activity?.days_since_first_visit),
    words: ({ lead }) => `First visit ${counted(known(lead.activity?.days_since_first_visit), 'day')} ago`,
    typical: countOf,
  },
  {
    name: 'seniority',
    unit: 'rank, 0 in training – 5 executive',
    source: 'form_data.job_title, by keywords',
    meaning: 'how far up the person decides',
    value: ({ lead }) => seniorityOf(lead.form_data?.job_title),
    words: ({ lead }) => `Job title of rank "${SENIORITY_NAMES[seniorityOf(lead.form_data?.job_title)] ?? ''}"`,
    typical: (reference) => `"${SENIORITY_NAMES[Math.round(reference)] ?? ''}"`,
  },
  {
    name: 'employees',
    unit: 'log10(employees)',
    source: 'company.employee_count',
    meaning: 'size of the company by people',
    value: ({ lead }) => log10(lead.company?.employee_count),
    words: ({ lead }) => `${counted(known(lead.company?.employee_count), 'employee')}`,
    typical: (reference) => amount(10 ** reference),
  },
  {
    name: 'annual_revenue',
    unit: 'log10(corporate currency)',
    source: 'company.annual_revenue',
    meaning: 'size of the company by revenue',
    value: ({ lead }) => log10(lead.company?.annual_revenue),
    words: ({ lead }) => `Annual revenue of ${amount(known(lead.company?.annual_revenue))}`,
    typical: (reference) => amount(10 ** reference),
  },
  {
    name: 'stated_need',
    unit: '1 stated; missing where not',
    source: 'form_data.pain_point',
    meaning: 'the person says what the trouble is',
    value: ({ lead }) => (lead.form_data?.pain_point?.trim() ? 1 : Number.NaN),
    words: () => 'States a need',
  },
  {
    name: 'source_referral',
    unit: '1 yes, 0 no',
    source: 'source',
    meaning: 'came by a referral or partner',
    value: (subject) => sourceIs(subject, REFERRAL),
    words: sourceWords,
  },
  {
    name: 'source_inbound',
    unit: '1 yes, 0 no',
    source: 'source',
    meaning: 'came by itself: web form, demo request, call, chat',
    value: (subject) => sourceIs(subject, INBOUND),
    words: sourceWords,
  },
  {
    name: 'source_purchased',
    unit: '1 yes, 0 no',
    source: 'source',
    meaning: 'is from a bought list',
    value: (subject) => sourceIs(subject, PURCHASED),
    words: sourceWords,
  },
];
