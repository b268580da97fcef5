import { counted, countOf, duration, indicator, known, logCount, percent, plain } from './feature.ts';
import type { Feature } from './feature.ts';
import { productOf } from './leadFeatures.ts';
import type { LeadSubject } from './leadFeatures.ts';
import { skillKey } from './readLead.ts';
import { commonHours, offsetHours, timeZoneOf } from './region.ts';
import { shrinkRecord } from './shrunkenRecord.ts';
import type { ShrunkenRecord } from './shrunkenRecord.ts';
import { languageCode, languageName } from '../text/leadLanguage.ts';
import { SIZE_RANGE } from '../routing/routeSchema.ts';
import type { RecordEntry, RouteRepresentative } from '../routing/routeSchema.ts';

type Dimension = RecordEntry['dimension'];

/** A representative with what is read from it once, however many leads there are. */
export interface RepresentativeSubject {
  readonly representative: RouteRepresentative;
  /** Hours from the request's time until the representative is free; NaN where unknown. */
  readonly hoursUntilFree: number;
  readonly languages: ReadonlySet<string>;
  readonly skills: readonly string[];
  readonly responseMinutes: ReadonlyMap<string, number>;
  /** By dimension and value; the value of the overall record is empty. Those of sizes are in `sizes`. */
  readonly records: Readonly<Record<Dimension, ReadonlyMap<string, ShrunkenRecord>>>;
  readonly daysToClose: Readonly<Record<Dimension, ReadonlyMap<string, number>>>;
  /** The request's time, in milliseconds, at which time zones are compared. */
  readonly asOf: number;
  readonly sizes: readonly { from: number; to: number; record: ShrunkenRecord }[];
}

/** A lead and a representative who may get it. */
export interface PairSubject {
  readonly lead: LeadSubject;
  readonly rep: RepresentativeSubject;
}

/** Reads from a representative what several features need. `asOf` is the request's time in milliseconds. */
export function representativeSubject(representative: RouteRepresentative, asOf: number): RepresentativeSubject {
  const nextFree = representative.next_free_at;
  const records = byDimension<ShrunkenRecord>();
  const sizes: { from: number; to: number; record: ShrunkenRecord }[] = [];
  const daysToClose = byDimension<number>();
  for (const entry of representative.record ?? []) {
    const days = entry.median_days_to_close;
    const value = entry.dimension === 'overall' ? '' : plain(entry.value);
    if (typeof days === 'number') daysToClose[entry.dimension].set(value, days);
    const record = shrinkRecord(entry);
    if (record === null) continue;
    if (entry.dimension === 'size') sizes.push({ ...sizeRange(entry.value), record });
    else records[entry.dimension].set(value, record);
  }
  return {
    representative,
    hoursUntilFree: nextFree ? Math.max(0, (Date.parse(nextFree) - asOf) / 3_600_000) : Number.NaN,
    languages: new Set((representative.languages ?? []).map(languageCode)),
    skills: (representative.skills ?? []).map(skillKey).filter((skill) => skill !== ''),
    responseMinutes: new Map(
      (representative.response ?? []).map((entry) => [plain(entry.source), entry.median_minutes]),
    ),
    records,
    daysToClose,
    asOf,
    sizes,
  };
}

function sizeRange(value: string): { from: number; to: number } {
  const [, from, to] = SIZE_RANGE.exec(value) ?? [];
  return { from: Number(from), to: to === undefined ? Number.POSITIVE_INFINITY : Number(to) };
}

function byDimension<Value>(): Record<Dimension, Map<string, Value>> {
  return { overall: new Map(), industry: new Map(), size: new Map(), product: new Map(), source: new Map() };
}

/** Whether the representative speaks the lead's language; null where either is unknown. */
export function speaksLanguage({ lead, rep }: PairSubject): boolean | null {
  if (lead.language === null || rep.languages.size === 0) return null;
  return rep.languages.has(lead.language);
}

function matchingSkill({ lead, rep }: PairSubject): string | undefined {
  return rep.skills.find((skill) => lead.lead.named_skills.includes(skill));
}

function ratio(part: number | null | undefined, whole: number | null | undefined): number {
  return whole ? known(part) / whole : Number.NaN;
}

function responseMinutes({ lead, rep }: PairSubject): number {
  return known(rep.responseMinutes.get(lead.keys.source) ?? rep.responseMinutes.get(''));
}

function recordOf({ lead, rep }: PairSubject, dimension: Dimension): ShrunkenRecord | undefined {
  if (dimension === 'size') {
    return rep.sizes.find(({ from, to }) => lead.keys.employees >= from && lead.keys.employees <= to)?.record;
  }
  if (dimension === 'overall') return rep.records.overall.get('');
  const value = lead.keys[dimension];
  return value === '' ? undefined : rep.records[dimension].get(value);
}

/** Median days to close in the lead's industry, else over all. */
function daysToClose({ lead, rep }: PairSubject): number {
  const { industry } = lead.keys;
  const inIndustry = industry === '' ? undefined : rep.daysToClose.industry.get(industry);
  return known(inIndustry ?? rep.daysToClose.overall.get(''));
}

function hoursInCommon({ lead, rep }: PairSubject): number {
  const zone = timeZoneOf(lead.lead.company.country ?? '');
  const own = rep.representative.time_zone;
  return zone === null || !own ? Number.NaN : commonHours(offsetHours(zone, rep.asOf), offsetHours(own, rep.asOf));
}

function recordCount(dimension: Dimension): Feature<PairSubject> {
  return {
    name: `${dimension}_record_closed`,
    unit: 'ln(1 + closed leads)',
    source: `record, dimension ${dimension}`,
    meaning: `how many closed leads stand behind ${dimension}_record`,
    value: (subject) => known(recordOf(subject, dimension)?.logClosed),
    words: (subject) => `${counted(known(recordOf(subject, dimension)?.closed), 'closed lead')} of this ${dimension}`,
    typical: countOf,
  };
}

function recordFeature(
  dimension: Dimension,
  meaning: string,
  leads: (subject: PairSubject) => string,
): Feature<PairSubject> {
  return {
    name: `${dimension}_record`,
    unit: 'log-odds above the expected win rate, shrunken',
    source: `record, dimension ${dimension}`,
    meaning,
    value: (subject) => known(recordOf(subject, dimension)?.lift),
    words: (subject) => {
      const record = recordOf(subject, dimension);
      if (record === undefined) return '';
      const rate = percent(record.rate);
      const expected = percent(record.expectedRate);
      return `Wins ${rate} of ${leads(subject)} (${record.won} of ${record.closed}), ${expected} expected for such leads`;
    },
  };
}

/** Features that are the same for whatever lead. */
export const REPRESENTATIVE_FEATURES: readonly Feature<Pick<PairSubject, 'rep'>>[] = [
  {
    name: 'load_share',
    unit: 'share of capacity',
    source: 'open_leads / capacity',
    meaning: 'how full the representative is',
    value: ({ rep }) => ratio(rep.representative.open_leads, rep.representative.capacity),
    words: ({ rep: { representative } }) =>
      `${counted(known(representative.open_leads), 'open lead')} of at most ${known(representative.capacity)}`,
    typical: (reference) => `${percent(reference)} full`,
  },
  {
    name: 'daily_load_share',
    unit: 'share of the daily cap',
    source: 'assigned_today / daily_cap',
    meaning: 'how much of today is already given out',
    value: ({ rep }) => ratio(rep.representative.assigned_today, rep.representative.daily_cap),
    words: ({ rep: { representative } }) =>
      `${counted(known(representative.assigned_today), 'lead')} today of at most ${known(representative.daily_cap)}`,
    typical: percent,
  },
  {
    name: 'activities_today',
    unit: 'ln(1 + activities)',
    source: 'activities_today',
    meaning: 'calls, meetings and tasks of today',
    value: ({ rep }) => logCount(rep.representative.activities_today),
    words: ({ rep }) => `Calls and meetings today: ${Math.round(known(rep.representative.activities_today))}`,
    typical: countOf,
  },
  {
    name: 'free_hours_48h',
    unit: 'ln(1 + hours)',
    source: 'free_minutes_48h',
    meaning: 'free working time in the next 48 hours',
    value: ({ rep }) => logCount(known(rep.representative.free_minutes_48h) / 60),
    words: ({ rep }) => `${duration(known(rep.representative.free_minutes_48h))} free within 48 h`,
    typical: (reference) => duration(Math.expm1(reference) * 60),
  },
  {
    name: 'hours_until_free',
    unit: 'ln(1 + hours)',
    source: 'next_free_at − as_of',
    meaning: 'how soon the representative is free',
    value: ({ rep }) => logCount(rep.hoursUntilFree),
    words: ({ rep: { hoursUntilFree: hours } }) =>
      `Free ${hours < 0.25 ? 'now' : `within ${duration(Math.ceil(hours) * 60)}`}`,
    typical: (reference) => `within ${duration(Math.expm1(reference) * 60)}`,
  },
  {
    name: 'open_opportunities',
    unit: 'ln(1 + opportunities)',
    source: 'open_opportunities',
    meaning: 'deals that already need attention',
    value: ({ rep }) => logCount(rep.representative.open_opportunities),
    words: ({ rep }) => `${Math.round(known(rep.representative.open_opportunities))} open opportunities`,
    typical: countOf,
  },
  {
    name: 'tenure',
    unit: 'ln(1 + years)',
    source: 'tenure_days',
    meaning: 'time with the company',
    value: ({ rep }) => logCount(Math.max(0, known(rep.representative.tenure_days) / 365.25)),
    words: ({ rep }) =>
      `${Number((Math.max(0, known(rep.representative.tenure_days)) / 365.25).toFixed(1))} years with the company`,
    typical: countOf,
  },
  {
    name: 'ramp_share',
    unit: 'share of a full load',
    source: 'ramp_share',
    meaning: 'how far someone new has come',
    value: ({ rep }) => known(rep.representative.ramp_share),
    words: ({ rep }) => `Ramped up to ${Math.round(known(rep.representative.ramp_share) * 100)} %`,
    typical: percent,
  },
];

/** The features of a representative and of a pair, in the order of the table in docs/scoring-service.md. */
export const PAIR_FEATURES: readonly Feature<PairSubject>[] = [
  ...REPRESENTATIVE_FEATURES,
  {
    name: 'response_time',
    unit: 'ln(1 + minutes)',
    source: 'response of the lead\'s source, else of source ""',
    meaning: 'median time to the first response',
    value: (subject) => logCount(responseMinutes(subject)),
    words: (subject) => `Responds within ${duration(responseMinutes(subject))} (median)`,
    typical: (reference) => duration(Math.expm1(reference)),
  },
  {
    name: 'language_match',
    unit: '1 yes, 0 no',
    source: "languages; the lead's text, else its country",
    meaning: "speaks the lead's language",
    value: (subject) => indicator(speaksLanguage(subject)),
    words: (subject) =>
      `${speaksLanguage(subject) ? 'Speaks' : 'Does not speak'} ${languageName(subject.lead.language ?? '')}, the lead's language`,
  },
  {
    name: 'skill_match',
    unit: '1 yes, 0 no',
    source: 'skills; product_interest, pain_point, text',
    meaning: 'a skill is named in what the lead needs',
    value: (subject) =>
      indicator(
        !subject.lead.lead.has_need_text || subject.rep.skills.length === 0
          ? null
          : matchingSkill(subject) !== undefined,
      ),
    words: (subject) => {
      const skill = matchingSkill(subject);
      return skill === undefined ? 'No skill is named in what the lead needs' : `Knows ${skill}, which the lead needs`;
    },
  },
  recordFeature('overall', 'record with all leads', () => 'all leads'),
  recordFeature('industry', 'record in this industry', ({ lead }) => `${lead.lead.company.industry ?? ''} leads`),
  recordFeature('size', 'record with companies of this size', () => 'leads of this size'),
  recordFeature('product', 'record with this product', ({ lead }) => `leads for ${productOf(lead.lead) ?? ''}`),
  recordFeature(
    'source',
    'record with leads of this source',
    ({ lead }) => `leads by ${lead.lead.source?.replaceAll('_', ' ') ?? ''}`,
  ),
  ...(['overall', 'industry', 'size', 'product', 'source'] as const).map(recordCount),
  {
    name: 'days_to_close',
    unit: 'ln(1 + days)',
    source: 'record, median_days_to_close of the industry, else overall',
    meaning: 'median time until a lead is closed',
    value: (subject) => logCount(daysToClose(subject)),
    words: (subject) => `Closes within ${counted(Math.round(daysToClose(subject)), 'day')} (median)`,
    typical: countOf,
  },
  {
    name: 'time_zone_overlap',
    unit: 'hours, 0–9',
    source: "time_zone; the first time zone of the lead's country",
    meaning: 'working hours in common with the lead',
    value: hoursInCommon,
    words: (subject) => `${counted(hoursInCommon(subject), 'working hour')} in common with the lead`,
    typical: (reference) => counted(Math.round(reference), 'hour'),
  },
];
