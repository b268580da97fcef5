import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { storedLeadRow, storedRows } from '../src/features/storedRows.ts';
import type { ServedGraph, ServedModel } from '../src/model/servedModel.ts';
import { prepare } from '../src/routing/preparedRequest.ts';
import type { PreparedRequest } from '../src/routing/preparedRequest.ts';
import { readRouteRequest } from '../src/routing/readRouteRequest.ts';
import { routeLeads } from '../src/routing/routeLeads.ts';
import { KNOWN_LANGUAGES } from '../src/text/leadLanguage.ts';
import { NeedDictionary } from '../src/text/needDictionary.ts';
import { aBatch, aLead, aRepresentative, aRequest } from './support/requests.ts';
import type { RequestBody } from './support/requests.ts';
import { loadPrior } from './support/service.ts';

const GOLDEN = new URL('./golden/features.json', import.meta.url);
const reading = {
  dictionary: new NeedDictionary({
    product_lines: { Hub: ['integration'], Safe: ['audit'] },
    complexity: ['api', 'sso'],
  }),
  languages: KNOWN_LANGUAGES,
};

function prepared(body: RequestBody): PreparedRequest {
  return prepare(readRouteRequest(body), reading);
}

/** Leads with much, with little and with nothing known, for representatives of all sorts. */
function aMixedRequest(): RequestBody {
  const batch = aBatch(8, 6, 'golden');
  const whole = aRequest({
    leads: [
      aLead({ lead_ref: 'full', form_data: { job_title: 'CEO', text: 'We need an API and SSO for the integration.' } }),
      aLead({ lead_ref: 'product', form_data: { product_interest: 'Safe', pain_point: 'integration' } }),
      { lead_ref: 'empty', trace_id: 'empty', candidates: [] },
    ],
    representatives: [aRepresentative({ time_zone: 'America/New_York' }), { rep_ref: 'nobody knows' }],
  });
  const segments = ['size', 'product', 'source'] as const;
  const values = { size: '1-1000', product: 'Safe', source: 'website_form' };
  const versed = aRepresentative({
    rep_ref: 'versed',
    record: segments.map((dimension) => ({ dimension, value: values[dimension], won: 9, lost: 6, expected_won: 5 })),
  });
  const representatives = [...batch.representatives, ...whole.representatives, versed];
  const candidates = representatives.map(({ rep_ref: rep }) => rep);
  return {
    ...whole,
    leads: [...batch.leads, ...whole.leads].map((lead) => ({ ...lead, candidates })),
    representatives,
  };
}

/** The rows that the graphs are given while a request is served. */
async function servedRows(request: PreparedRequest): Promise<{ win: number[][]; lead: number[][] }> {
  const prior = await loadPrior();
  const seen = { win: [] as number[][], lead: [] as number[][] };
  const spied = (graph: ServedGraph, features: readonly string[], rows: number[][]): ServedGraph => ({
    ...graph,
    manifest: { ...graph.manifest, features: [...features] },
    run: (values) => {
      const width = features.length;
      for (let start = 0; start < values.length; start += width) rows.push([...values.subarray(start, start + width)]);
      const raw = new Float64Array(values.length / width);
      return Promise.resolve({ raw, copyComponents: () => undefined });
    },
    explanation: {
      ...graph.explanation,
      base: 0,
      contributions: (rows) => rows.map(() => new Float64Array(features.length)),
    },
  });
  const model: ServedModel = {
    ...prior,
    win: spied(prior.win, KNOWN_FEATURES.win, seen.win),
    lead: spied(prior.lead, KNOWN_FEATURES.lead, seen.lead),
  };
  await routeLeads(request, model, {}, () => {});
  return seen;
}

test('shouldGiveTrainingTheVectorsThatAreServedAndThoseOfTheGoldenFile', async () => {
  const request = prepared(aMixedRequest());
  const served = await servedRows(request);
  // A trainer reads what is stored: JSON.
  const stored = JSON.parse(JSON.stringify(request)) as PreparedRequest;
  const pairs = stored.leads.flatMap((_lead, position) => storedRows(stored, position).pairs.map((row) => [...row]));
  const leads = stored.leads.map((lead) => [...storedLeadRow(lead)]);

  assert.equal(pairs.length, 11 * 9);
  assert.ok(isDeepStrictEqual(pairs, served.win), 'pairs of training and serving differ');
  assert.ok(isDeepStrictEqual(leads, served.lead), 'leads of training and serving differ');

  const content = { features: KNOWN_FEATURES, pairs: withoutNaN(pairs), leads: withoutNaN(leads) };
  // A feature that is changed on purpose: UPDATE_GOLDEN=1 writes the file anew, and its difference is to be read.
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${JSON.stringify(content)}\n`);
  assert.deepEqual(content, JSON.parse(readFileSync(GOLDEN, 'utf8')));
  // The file has something to say of every feature.
  KNOWN_FEATURES.win.forEach((name, column) => {
    assert.ok(
      pairs.some((row) => !Number.isNaN(row[column] ?? Number.NaN)),
      `${name} is missing in every row`,
    );
  });
});

/** JSON has no NaN: missing is null. Seven digits are what a float32 has. */
function withoutNaN(rows: readonly number[][]): (number | null)[][] {
  return rows.map((row) => row.map((value) => (Number.isNaN(value) ? null : Number(value.toPrecision(7)))));
}

test('shouldNotDependOnWhoElseWasSent', () => {
  const body = aMixedRequest();
  const together = prepared(body);
  body.leads.forEach((lead, position) => {
    const all = storedRows(together, position).pairs;
    body.representatives.forEach((representative, index) => {
      const alone = prepared({
        ...body,
        leads: [{ ...lead, candidates: [representative.rep_ref] }],
        representatives: [representative],
      });
      const own = storedRows(alone).pairs[0];
      assert.deepEqual(own, all[index], `lead ${lead.lead_ref} with ${representative.rep_ref}`);
    });
  });
});

test('shouldNotDependOnTheRecordsOfOthersWhenTheProductIsKnownToThemOnly', () => {
  const record = [{ dimension: 'product' as const, value: 'Hub', won: 20, lost: 5, expected_won: 10 }];
  const knowing = [{ dimension: 'product' as const, value: 'Gadget', won: 1, lost: 1, expected_won: 1 }];
  const lead = aLead({ form_data: { product_interest: 'Gadget', pain_point: 'integration' }, candidates: ['one'] });
  const one = aRepresentative({ rep_ref: 'one', record });
  const alone = prepared(aRequest({ leads: [lead], representatives: [one] }));
  const together = prepared(
    aRequest({ leads: [lead], representatives: [one, aRepresentative({ rep_ref: 'two', record: knowing })] }),
  );

  assert.deepEqual(storedRows(alone).pairs, storedRows(together).pairs);
});
