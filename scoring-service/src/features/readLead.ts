import { countryCode, detectLanguage } from '../text/leadLanguage.ts';
import type { DetectedLanguage } from '../text/leadLanguage.ts';
import type { DetectedNeed, NeedDictionary } from '../text/needDictionary.ts';
import { phrasesOf, wordsOf } from '../text/phrases.ts';
import { redact } from '../text/redaction.ts';
import type { RouteLead, RouteRepresentative } from '../routing/routeSchema.ts';
import { plain } from './feature.ts';
import { jobFunctionOf } from './jobFunction.ts';
import type { JobFunction } from './jobFunction.ts';
import { seniorityOf } from './seniority.ts';

/**
 * All that is kept of a lead: facts, and what was read from its texts. The texts themselves, the job title, the postal
 * code and the names of documents are not in it, so that they can't be stored, logged or learnt from.
 */
export interface ReadLead {
  lead_ref: string;
  trace_id: string;
  source: string | null;
  company: {
    industry: string | null;
    employee_count: number | null;
    annual_revenue: number | null;
    /** ISO 3166 code. */
    country: string | null;
    state: string | null;
  };
  activity: {
    page_views: number | null;
    content_downloads: number | null;
    email_opens: number | null;
    days_since_first_visit: number | null;
    intent_score: number | null;
  };
  /** Rank of the job title, as `seniorityOf`; null where it says none. */
  seniority: number | null;
  job_function: JobFunction | null;
  states_need: boolean;
  /** Whether the lead names a product that it asks for; what its texts speak of then does not count as one. */
  states_product: boolean;
  /** That product, where a record or the dictionary knows it; other names may be anything. */
  product_interest: string | null;
  language: DetectedLanguage | null;
  need: DetectedNeed | null;
  /** 0–1; null where nothing is said. */
  complexity: number | null;
  /** Whether the lead says anything of its need. */
  has_need_text: boolean;
  /** The skills of the representatives that its texts name, in lower case. */
  named_skills: string[];
  candidates: string[];
  incumbent: string | null;
}

/** What leads are read with. */
export interface Reading {
  readonly dictionary: NeedDictionary;
  /** ISO 639-1 codes of the languages that the team knows; others are not looked for. */
  readonly languages: readonly string[];
}

/** Names of segments are short; what is longer is free text in the wrong field. */
const LONGEST_NAME = 80;

/** Reads leads for these representatives: of a text only what they, the dictionary or the languages know is kept. */
export function leadReader(
  { dictionary, languages }: Reading,
  representatives: readonly RouteRepresentative[],
): (lead: RouteLead, documentText?: string) => ReadLead {
  const skills = new Set(
    representatives.flatMap((each) => (each.skills ?? []).map(skillKey)).filter((key) => key !== ''),
  );
  const products = new Set(
    representatives.flatMap((each) =>
      (each.record ?? []).filter(({ dimension }) => dimension === 'product').map(({ value }) => plain(value)),
    ),
  );
  return (lead, documentText = '') => {
    const { company, activity, form_data: form } = lead;
    const said = [form?.product_interest, form?.pain_point, form?.text, form?.chat_transcript, documentText].filter(
      (part) => part?.trim(),
    );
    const text = redact(said.join('\n'));
    const phrases = phrasesOf(text);
    const product = form?.product_interest?.trim() ?? '';
    const seniority = seniorityOf(form?.job_title);
    return {
      lead_ref: lead.lead_ref,
      trace_id: lead.trace_id,
      source: nameOf(lead.source),
      company: {
        industry: nameOf(company?.industry),
        employee_count: company?.employee_count ?? null,
        annual_revenue: company?.annual_revenue ?? null,
        country: countryCode(company?.country ?? ''),
        state: nameOf(company?.state),
      },
      activity: {
        page_views: activity?.page_views ?? null,
        content_downloads: Array.isArray(activity?.content_downloads)
          ? activity.content_downloads.length
          : (activity?.content_downloads ?? null),
        email_opens: activity?.email_opens ?? null,
        days_since_first_visit: activity?.days_since_first_visit ?? null,
        intent_score: activity?.intent_score ?? null,
      },
      seniority: Number.isNaN(seniority) ? null : seniority,
      job_function: jobFunctionOf(form?.job_title),
      states_need: Boolean(form?.pain_point?.trim()),
      states_product: product !== '',
      product_interest: products.has(plain(product)) || dictionary.has(product) ? product : null,
      language: detectLanguage(text, languages),
      need: dictionary.need(phrases),
      complexity: dictionary.complexity(phrases),
      has_need_text: phrases.size > 0,
      named_skills: [...skills].filter((skill) => phrases.has(skill)),
      candidates: lead.candidates,
      incumbent: lead.incumbent ?? null,
    };
  };
}

/** A skill as it is looked up: its words in lower case. */
export function skillKey(skill: string): string {
  return wordsOf(skill).join(' ');
}

function nameOf(text: string | null | undefined): string | null {
  const name = redact(text?.trim() ?? '');
  return name === '' || name.length > LONGEST_NAME ? null : name;
}
