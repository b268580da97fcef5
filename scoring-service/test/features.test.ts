import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureRows, KNOWN_FEATURES, pairColumns, pairRows } from '../src/features/featureVector.ts';
import { leadSubject } from '../src/features/leadFeatures.ts';
import type { LeadSubject } from '../src/features/leadFeatures.ts';
import { leadReader } from '../src/features/readLead.ts';
import { representativeSubject } from '../src/features/pairFeatures.ts';
import type { PairSubject } from '../src/features/pairFeatures.ts';
import { seniorityOf } from '../src/features/seniority.ts';
import { shrinkRecord } from '../src/features/shrunkenRecord.ts';
import { leadSchema, representativeSchema } from '../src/routing/routeSchema.ts';
import {
  countryCode,
  detectLanguage,
  KNOWN_LANGUAGES,
  languageCode,
  languageOfCountry,
} from '../src/text/leadLanguage.ts';
import { NeedDictionary } from '../src/text/needDictionary.ts';
import { aLead, aRepresentative } from './support/requests.ts';
import type { LeadBody, RepresentativeBody } from './support/requests.ts';

const reading = {
  dictionary: new NeedDictionary({ product_lines: { Hub: ['integration'] }, complexity: ['api', 'sso'] }),
  languages: KNOWN_LANGUAGES,
};

function readSubject(lead: LeadBody, reps: readonly Partial<RepresentativeBody>[] = []): LeadSubject {
  const representatives = reps.map((rep) => representativeSchema.parse(aRepresentative(rep)));
  return leadSubject(leadReader(reading, representatives)(leadSchema.parse(lead)));
}

function aPair(lead: Partial<LeadBody> = {}, rep: Partial<RepresentativeBody> = {}): PairSubject {
  return {
    lead: readSubject(aLead(lead), [rep]),
    rep: representativeSubject(representativeSchema.parse(aRepresentative(rep)), Date.parse('2026-11-22T10:00:00Z')),
  };
}

function valueOf(name: string, pair: PairSubject): number {
  return featureRows(pairColumns([name]), [pair])[0] ?? Number.POSITIVE_INFINITY;
}

test('shouldBeMissingWhenNothingIsKnown', () => {
  const lead = { lead_ref: 'l', trace_id: 't', candidates: [] };
  const pair: PairSubject = {
    lead: readSubject(lead),
    rep: representativeSubject(representativeSchema.parse({ rep_ref: 'r' }), 0),
  };
  const row = featureRows(pairColumns(KNOWN_FEATURES.win), [pair]);

  assert.deepEqual(
    KNOWN_FEATURES.win.filter((_name, index) => !Number.isNaN(row[index])),
    [],
  );
});

test('shouldReadEachFeatureOfTheContractsExample', () => {
  const row = featureRows(pairColumns(KNOWN_FEATURES.win), [aPair()]);
  const actual = Object.fromEntries(KNOWN_FEATURES.win.map((name, index) => [name, Number(row[index]?.toFixed(4))]));

  assert.deepEqual(actual, {
    intent_score: 82,
    page_views: 2.7726,
    content_downloads: 1.0986,
    email_opens: 1.3863,
    days_since_first_visit: 1.3863,
    seniority: 3,
    employees: 2.3979,
    annual_revenue: 7.6021,
    stated_need: 1,
    source_referral: 0,
    source_inbound: 1,
    source_purchased: 0,
    technical_complexity: 0,
    region_americas: 0,
    region_emea: 1,
    region_apac: 0,
    function_it: 1,
    function_sales: 0,
    function_marketing: 0,
    function_finance: 0,
    function_operations: 0,
    function_engineering: 0,
    function_people: 0,
    load_share: 0.4,
    daily_load_share: 0.375,
    activities_today: 2.0794,
    free_hours_48h: 2.4129,
    hours_until_free: 1.0986,
    open_opportunities: 2.3026,
    tenure: 0.7654,
    ramp_share: 1,
    response_time: 3.1355,
    language_match: 1,
    skill_match: 1,
    overall_record: 0.1212,
    industry_record: 0.3185,
    size_record: NaN,
    product_record: NaN,
    source_record: NaN,
    overall_record_closed: 4.8675,
    industry_record_closed: 3.2958,
    size_record_closed: NaN,
    product_record_closed: NaN,
    source_record_closed: NaN,
    days_to_close: 3.3673,
    time_zone_overlap: 9,
  });
});

test('shouldGiveTheSameRowsWhenLeadFeaturesAreReadOnce', () => {
  const columns = pairColumns(KNOWN_FEATURES.win);
  const { lead } = aPair();
  const other = aPair({ source: 'Purchased List', activity: null });
  const pairs = [
    { lead, rep: aPair().rep },
    { lead, rep: aPair({}, { open_leads: 30, languages: ['fr'] }).rep },
    other,
    { lead: other.lead, rep: aPair({}, { response: [] }).rep },
  ];

  assert.deepEqual(pairRows(columns, pairs), featureRows(columns, pairs));
});

test('shouldShrinkARecordTowardsWhatWasExpectedWhenLeadsAreFew', () => {
  const record = (won: number, lost: number, expected: number | null): number | undefined =>
    shrinkRecord({ dimension: 'overall', value: '', won, lost, expected_won: expected })?.lift;

  const few = record(2, 0, 0.8) ?? 0;
  const many = record(200, 0, 80) ?? 0;
  assert.ok(few > 0 && many > 3 * few, `${few}, ${many}`);
  assert.ok(Math.abs(record(40, 60, 40) ?? 1) < 1e-12, 'as expected: nothing to add');
  // (2 + 20 · 0.4) / 22 against 0.4, in log-odds.
  assert.ok(Math.abs(few - (Math.log(10 / 12) - Math.log(0.4 / 0.6))) < 1e-12);
  assert.equal(record(3, 4, null), undefined);
  assert.equal(record(0, 0, 0), undefined);
});

test('shouldFindTheRecordOfTheLeadsOwnSegment', () => {
  const record = [
    { dimension: 'size' as const, value: '1-49', won: 0, lost: 20, expected_won: 10 },
    { dimension: 'size' as const, value: '50-249', won: 20, lost: 0, expected_won: 10 },
    { dimension: 'size' as const, value: '250+', won: 10, lost: 10, expected_won: 10 },
    { dimension: 'source' as const, value: 'WEB', won: 20, lost: 0, expected_won: 10 },
  ];
  const ofSize = (employees: number): number =>
    valueOf('size_record', aPair({ company: { employee_count: employees } }, { record }));

  assert.ok(ofSize(20) < 0 && ofSize(60) > 0 && ofSize(250) === 0);
  assert.ok(valueOf('source_record', aPair({ source: ' Web ' }, { record })) > 0);
  assert.ok(Number.isNaN(valueOf('source_record', aPair({ source: 'Event' }, { record }))));
});

test('shouldMatchSkillsAsWholeWordsOnly', () => {
  const match = (skill: string, need: string | null): number =>
    valueOf('skill_match', aPair({ form_data: { pain_point: need } }, { skills: [skill] }));

  assert.equal(match('SAP', 'our data disappears'), 0);
  assert.equal(match('SAP', 'Moving from SAP.'), 1);
  assert.equal(match('data migration', 'We need Data  Migration, soon'), 1);
  assert.ok(Number.isNaN(match('SAP', null)));
});

test('shouldUseTheResponseTimeOfTheSourceAndElseOfAll', () => {
  assert.ok(Math.abs(valueOf('response_time', aPair()) - Math.log(23)) < 1e-6);
  assert.ok(Math.abs(valueOf('response_time', aPair({ source: 'Event' })) - Math.log(36)) < 1e-6);
});

test('shouldRankJobTitles', () => {
  const ranks: [string, number][] = [
    ['Chief Information Officer', 5],
    ['CTO', 5],
    ['Geschäftsführer', 5],
    ['Vice President Sales', 4],
    ['Head of IT', 4],
    ['Director of IT', 3],
    ['Project Manager', 2],
    ['Software Engineer', 1],
    ['Executive Assistant to the CEO', 0],
  ];
  for (const [title, rank] of ranks) assert.equal(seniorityOf(title), rank, title);
  for (const title of [null, '', 'Wizard']) assert.ok(Number.isNaN(seniorityOf(title)), String(title));
});

test('shouldReadLanguagesAndCountriesAsPeopleWriteThem', () => {
  assert.equal(languageOfCountry('DE'), 'de');
  assert.equal(languageOfCountry('United States'), 'en');
  assert.equal(languageOfCountry('brazil'), 'pt');
  assert.equal(languageOfCountry('Atlantis'), null);
  assert.equal(countryCode('Korea'), 'KR');
  assert.equal(countryCode(''), null);
  assert.equal(languageCode('de-AT'), 'de');
  assert.equal(languageCode(' German '), 'de');
  assert.equal(detectLanguage('system integration'), null, 'too short to tell');
  assert.equal(detectLanguage('We are looking for a vendor who can integrate our systems.')?.code, 'en');
});

test('shouldNameTheTypicalValueOfTheModelInEveryText', () => {
  const columns = pairColumns(KNOWN_FEATURES.win);
  const pair = aPair();
  const textOf = (name: string, reference: number): string => {
    const column = columns.find((each) => each.name === name);
    return `${column?.words(pair)}, ${column?.typical?.(reference)} typical`;
  };

  assert.equal(textOf('page_views', Math.log1p(5)), '15 page views, 5 typical');
  assert.equal(textOf('employees', 2), '250 employees, 100 typical');
  assert.equal(textOf('annual_revenue', 7), 'Annual revenue of 40M, 10M typical');
  assert.equal(textOf('seniority', 2), 'Job title of rank "department head", "team lead" typical');
  assert.equal(textOf('load_share', 0.5), '12 open leads of at most 30, 50 % full typical');
  assert.equal(textOf('free_hours_48h', Math.log1p(6)), '10.2 h free within 48 h, 6 h typical');
  assert.equal(textOf('response_time', Math.log1p(60)), 'Responds within 22 min (median), 60 min typical');
});
