import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { logOdds } from '../src/features/shrunkenRecord.ts';
import type { RouteAnswer } from '../src/routing/routeSchema.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import { aBatch, aLead, aRepresentative, aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

let folder: string;
let prior: TestService;
let trees: TestService;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explained-'));
  const calibration = { kind: 'platt', a: 0.8, b: -0.1 } as const;
  await writeSyntheticTrees(folder, { name: 'trees', trees: 200, depth: 6, seed: 'explained', draws: 60, calibration });
  prior = await startService();
  trees = await startService({ MODEL_DIR: folder, MODEL: 'trees' });
});
after(async () => {
  await prior[Symbol.asyncDispose]();
  await trees[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Factors = RouteAnswer['results'][number]['factors'];

function sumOf(factors: Factors): number {
  return factors.reduce((sum, { contribution }) => sum + contribution, 0);
}

/** The raw scores that are stored of a decision, by representative. */
async function rawScores(service: TestService, trace: string): Promise<Map<string, number>> {
  const stored = await service.service.store.findDecision(trace);
  assert.ok(stored);
  const { rankings } = JSON.parse(stored.request.audit) as { rankings: [number, number][][] };
  const { representatives } = JSON.parse(stored.request.input) as { representatives: { rep_ref: string }[] };
  const ranking = rankings[stored.decision.position] ?? [];
  return new Map(ranking.map(([index, raw]) => [representatives[index]?.rep_ref ?? '', raw]));
}

for (const kind of ['prior', 'trees'] as const) {
  test(`shouldAddUpToTheRawScoreForTheFirstThreeAndTheRecommended: ${kind}`, async () => {
    const service = kind === 'prior' ? prior : trees;
    const request = aBatch(12, 9, `adds-up-${kind}`);
    const { results } = await service.routed(request);
    let explained = 0;
    for (const result of results) {
      const raw = await rawScores(service, result.trace_id);
      result.ranking.forEach((candidate, place) => {
        const mustBe = place < 3 || candidate.rep_ref === result.recommended;
        assert.equal(candidate.factors.length > 0, mustBe, `place ${place} of ${result.lead_ref}`);
        if (!mustBe) return;
        const wanted = raw.get(candidate.rep_ref) ?? Number.NaN;
        const found = sumOf(candidate.factors);
        assert.ok(
          Math.abs(found - wanted) <= 2e-8,
          `${result.lead_ref}, ${candidate.rep_ref}: ${found}, not ${wanted}`,
        );
        explained++;
        assert.deepEqual(
          candidate.factors.slice(-2).map(({ feature }) => feature),
          ['other', 'base'],
        );
        const named = candidate.factors.slice(0, -2).map(({ contribution }) => Math.abs(contribution));
        assert.deepEqual(
          [...named].sort((one, two) => two - one),
          named,
          'strongest first',
        );
        if (kind === 'prior') assert.ok(Math.abs(logOdds(candidate.win_probability) - wanted) < 1e-8);
        else assert.ok(Math.abs(logOdds(candidate.win_probability) - (0.8 * wanted - 0.1)) < 1e-8);
      });
    }
    assert.ok(explained >= 36);
  });

  test(`shouldAddUpToTheRawScoreOfTheLeadAndSayTheSameWithoutRepresentatives: ${kind}`, async () => {
    const service = kind === 'prior' ? prior : trees;
    const lead = aLead();
    const { results } = await service.routed(aRequest({ leads: [{ ...lead, trace_id: `lead-${kind}` }] }));
    const { source, company, form_data, activity } = lead;
    const { body } = await service.ask('/v1/score', { lead_id: 'x', source, company, form_data, activity });
    const stored = await service.service.store.findDecision(String(body['trace_id']));
    const { raw } = JSON.parse(stored?.request.audit ?? '{}') as { raw: number };

    assert.deepEqual(body['factors'], results[0]?.factors);
    assert.equal(body['score'], results[0]?.score);
    assert.ok(Math.abs(sumOf(body['factors'] as Factors) - raw) <= 2e-8);
    assert.ok((body['factors'] as Factors).length > 2);
  });
}

test('shouldNameTheComparisonInTheWordsOfEachFactor', async () => {
  const { results } = await prior.routed(aRequest());
  const pair = new Map(results[0]?.ranking[0]?.factors.map(({ feature, text }) => [feature, text]));
  const lead = new Map(results[0]?.factors.map(({ feature, text }) => [feature, text]));

  assert.equal(pair.get('industry_record'), 'Wins 54 % of Technology leads (14 of 26), 40 % expected for such leads');
  assert.equal(pair.get('language_match'), "Speaks German, the lead's language");
  assert.equal(pair.get('response_time'), 'Responds within 22 min (median), 60 min typical');
  assert.equal(lead.get('intent_score'), 'Intent score 82 of 100, 50 typical');
  assert.equal(lead.get('page_views'), '15 page views, 5 typical');
  assert.equal(lead.get('base'), 'A typical case: 20 %');
});

test('shouldNotPassOffARawProbabilityAsACalibratedOne', async () => {
  const { results } = await trees.routed(aRequest());
  const base = results[0]?.ranking[0]?.factors.find(({ feature }) => feature === 'base');
  assert.ok(base);
  const wanted = 1 / (1 + Math.exp(-(0.8 * base.contribution - 0.1)));

  assert.equal(base.text, `A typical case: ${Math.round(wanted * 100)} %`);
});

test('shouldSayWhyTheRunnerUpLostInItsOwnNumbers', async () => {
  const industry = { dimension: 'industry', value: 'Technology' } as const;
  const representatives = [
    aRepresentative({ rep_ref: 'r1', record: [{ ...industry, won: 14, lost: 12, expected_won: 10.4 }] }),
    aRepresentative({ rep_ref: 'r2', record: [{ ...industry, won: 8, lost: 18, expected_won: 10.4 }] }),
    aRepresentative({ rep_ref: 'r3', record: [{ ...industry, won: 2, lost: 24, expected_won: 10.4 }] }),
  ];
  const answer = await prior.routed(aRequest({ leads: [aLead({ candidates: ['r3', 'r2', 'r1'] })], representatives }));
  const [result] = answer.results;
  assert.equal(result?.recommended, 'r1');
  const second = Math.round((result.ranking[1]?.win_probability ?? 0) * 100);
  assert.equal(
    result.reason.slice(result.reason.indexOf('Best of')),
    `Best of 3 eligible. The runner-up (${second} %) is behind most in "record in this industry": ` +
      'wins 31 % of Technology leads (8 of 26), 40 % expected for such leads',
  );
});

test('shouldSayThatNothingIsKnownOfWhatTheRunnerUpLacks', async () => {
  const record = [{ dimension: 'industry', value: 'Technology', won: 20, lost: 6, expected_won: 10.4 }] as const;
  const representatives = [
    aRepresentative({ rep_ref: 'r1', record: [...record] }),
    aRepresentative({ rep_ref: 'r2', record: [] }),
  ];
  const answer = await prior.routed(aRequest({ leads: [aLead({ candidates: ['r1', 'r2'] })], representatives }));
  assert.match(
    answer.results[0]?.reason ?? '',
    /The runner-up \(\d+ %\) is behind most in "record in this industry", of which nothing is known$/,
  );
});

test('shouldSayOnlyWhatIsTrueWhenNothingSetsTheRunnerUpApartOrThereIsNone', async () => {
  const alike = aRequest({
    leads: [aLead({ candidates: ['r1', 'r2'] })],
    representatives: [aRepresentative(), aRepresentative({ rep_ref: 'r2' })],
  });
  const [same] = (await prior.routed(alike)).results;
  assert.match(same?.reason ?? '', /Best of 2 eligible$/);
  const [alone] = (await prior.routed(aRequest())).results;
  assert.match(alone?.reason ?? '', /Best of 1 eligible$/);
});

test('shouldSayWhoWasAheadWhenTheBestIsGivenToAnotherLead', async () => {
  const better = { record: [{ dimension: 'overall', value: '', won: 60, lost: 40, expected_won: 40 }] } as const;
  const request = aRequest({
    leads: [
      aLead({ lead_ref: 'a', trace_id: 'a', candidates: ['r1', 'r2'] }),
      aLead({ lead_ref: 'b', trace_id: 'b', candidates: ['r1', 'r2'] }),
    ],
    representatives: [
      aRepresentative({ rep_ref: 'r1', daily_cap: 4, ...better, record: [...better.record] }),
      aRepresentative({ rep_ref: 'r2', record: [] }),
    ],
  });
  const { results } = await prior.routed(request);
  const second = results.find(({ recommended }) => recommended === 'r2');

  assert.match(
    second?.reason ?? '',
    /Number 2 of 2 eligible; those ahead are needed more for other leads or are full$/,
  );
  assert.equal(results.find(({ recommended }) => recommended === 'r1')?.reason.includes('Best of 2 eligible'), true);
});

test('shouldSayThatChanceChoseWhenItDid', async () => {
  const of = async (share: object): Promise<string[]> => {
    const request = aBatch(20, 6, `chance-${JSON.stringify(share)}`);
    const { results } = await prior.routed({ ...request, policy: { ...request.policy, ...share } });
    return [...new Set(results.filter(({ recommended }) => recommended !== null).map(({ reason }) => reason))];
  };
  assert.deepEqual(await of({ holdback_share: 1 }), [
    'Left to the previous assignment rule at random, so that both can be compared',
  ]);
  assert.deepEqual(await of({ exploration_share: 1 }), [
    'Chosen at random among the eligible representatives, so that the model can learn',
  ]);
});
