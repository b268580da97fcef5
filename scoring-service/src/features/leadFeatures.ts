import { amount, counted, countOf, indicator, known, logCount, percent, plain } from './feature.ts';
import type { Feature } from './feature.ts';
import { JOB_FUNCTIONS } from './jobFunction.ts';
import type { ReadLead } from './readLead.ts';
import { REGIONS, regionOf } from './region.ts';
import type { Region } from './region.ts';
import { SENIORITY_NAMES } from './seniority.ts';
import { countryName, languageOfCountry } from '../text/leadLanguage.ts';

/** A lead as the features see it. */
export interface LeadSubject {
  readonly lead: ReadLead;
  /** The detected language, else that of the country; null where neither is known. */
  readonly language: string | null;
  readonly region: Region | null;
  readonly keys: { industry: string; product: string; source: string; employees: number };
}

/** The product that a lead asks for, else the one that its texts speak of; null where it names one that nobody knows. */
export function productOf(lead: ReadLead): string | null {
  return lead.states_product ? lead.product_interest : (lead.need?.product_line ?? null);
}

/** Derives from a lead what several features need. */
export function leadSubject(lead: ReadLead): LeadSubject {
  return {
    lead,
    language: lead.language?.code ?? languageOfCountry(lead.company.country ?? ''),
    region: regionOf(lead.company.country),
    keys: {
      industry: plain(lead.company.industry),
      product: plain(productOf(lead)),
      source: plain(lead.source),
      employees: known(lead.company.employee_count),
    },
  };
}

const REFERRAL = /referral|partner|recommend|empfehl/;
const PURCHASED = /purchas|list|cold|data[_ ]?provider/;
const INBOUND = /^web|form|demo|trial|contact|inquiry|chat|inbound/;

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
    value: ({ lead }) => known(lead.activity.intent_score),
    words: ({ lead }) => `Intent score ${Math.round(known(lead.activity.intent_score))} of 100`,
    typical: (reference) => String(Math.round(reference)),
  },
  {
    name: 'page_views',
    unit: 'ln(1 + views)',
    source: 'activity.page_views',
    meaning: 'pages of the website that the person has seen',
    value: ({ lead }) => logCount(lead.activity.page_views),
    words: ({ lead }) => `${counted(known(lead.activity.page_views), 'page view')}`,
    typical: countOf,
  },
  {
    name: 'content_downloads',
    unit: 'ln(1 + downloads)',
    source: 'activity.content_downloads, a number or the length of the list',
    meaning: 'papers and brochures downloaded',
    value: ({ lead }) => logCount(lead.activity.content_downloads),
    words: ({ lead }) => `${counted(known(lead.activity.content_downloads), 'content download')}`,
    typical: countOf,
  },
  {
    name: 'email_opens',
    unit: 'ln(1 + opens)',
    source: 'activity.email_opens',
    meaning: 'marketing e-mails opened',
    value: ({ lead }) => logCount(lead.activity.email_opens),
    words: ({ lead }) => `${counted(known(lead.activity.email_opens), 'e-mail')} opened`,
    typical: countOf,
  },
  {
    name: 'days_since_first_visit',
    unit: 'ln(1 + days)',
    source: 'activity.days_since_first_visit',
    meaning: 'how long ago the interest began',
    value: ({ lead }) => logCount(lead.activity.days_since_first_visit),
    words: ({ lead }) => `First visit ${counted(known(lead.activity.days_since_first_visit), 'day')} ago`,
    typical: countOf,
  },
  {
    name: 'seniority',
    unit: 'rank, 0 in training – 5 executive',
    source: 'form_data.job_title, by keywords',
    meaning: 'how far up the person decides',
    value: ({ lead }) => known(lead.seniority),
    words: ({ lead }) => `Job title of rank "${SENIORITY_NAMES[known(lead.seniority)] ?? ''}"`,
    typical: (reference) => `"${SENIORITY_NAMES[Math.round(reference)] ?? ''}"`,
  },
  {
    name: 'employees',
    unit: 'log10(employees)',
    source: 'company.employee_count',
    meaning: 'size of the company by people',
    value: ({ lead }) => log10(lead.company.employee_count),
    words: ({ lead }) => `${counted(known(lead.company.employee_count), 'employee')}`,
    typical: (reference) => amount(10 ** reference),
  },
  {
    name: 'annual_revenue',
    unit: 'log10(corporate currency)',
    source: 'company.annual_revenue',
    meaning: 'size of the company by revenue',
    value: ({ lead }) => log10(lead.company.annual_revenue),
    words: ({ lead }) => `Annual revenue of ${amount(known(lead.company.annual_revenue))}`,
    typical: (reference) => amount(10 ** reference),
  },
  {
    name: 'stated_need',
    unit: '1 stated; missing where not',
    source: 'form_data.pain_point',
    meaning: 'the person says what the trouble is',
    value: ({ lead }) => (lead.states_need ? 1 : Number.NaN),
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
  {
    name: 'technical_complexity',
    unit: 'share, 0–1',
    source: 'form_data.pain_point, product_interest, text and documents, by the dictionary',
    meaning: 'how technical the need is',
    value: ({ lead }) => known(lead.complexity),
    words: ({ lead }) => `Technical complexity of ${percent(known(lead.complexity))}`,
    typical: percent,
  },
  ...REGIONS.map((region): Feature<LeadSubject> => ({
    name: `region_${region}`,
    unit: '1 yes, 0 no',
    source: 'company.country',
    meaning: `is in the region ${region}`,
    value: (subject) => indicator(subject.region === null ? null : subject.region === region),
    words: (subject) => `From ${countryName(subject.lead.company.country ?? '')}`,
  })),
  ...JOB_FUNCTIONS.map((each): Feature<LeadSubject> => ({
    name: `function_${each}`,
    unit: '1 yes, 0 no',
    source: 'form_data.job_title, by keywords',
    meaning: `works in ${each}`,
    value: ({ lead }) => indicator(lead.job_function === null ? null : lead.job_function === each),
    words: ({ lead }) => `Works in ${lead.job_function ?? ''}`,
  })),
];
