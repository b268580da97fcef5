import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { DrawnScores } from '../src/model/drawnScores.ts';
import type { Manifest } from '../src/model/manifest.ts';
import { loadModel } from '../src/model/servedModel.ts';
import { tryGates } from '../src/operations/gates.ts';
import { confidenceIn } from '../src/routing/confidence.ts';
import type { Confidence } from '../src/routing/confidence.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import type { SyntheticTrees } from '../scripts/syntheticTrees.ts';
import { aBatch, aRequest } from './support/requests.ts';
import { PRIOR_MANIFEST, startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

const PROVEN = { holdout_rows: 900, holdout_log_loss: 0.5, baseline_log_loss: 0.6, holdout_auc: 0.7 };
const SMALL = { trees: 20, depth: 3, draws: 50, metrics: PROVEN };

const folders: string[] = [];
let folder: string;
before(async () => {
  folder = await aFolder();
  await writeSyntheticTrees(folder, { ...SMALL, name: 'one', seed: 'one' });
  await writeSyntheticTrees(folder, { ...SMALL, name: 'two', seed: 'two' });
});
after(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

async function aFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'serving-'));
  folders.push(made);
  return made;
}

async function versionServed(service: TestService): Promise<unknown> {
  const { body } = await service.call('/readyz');
  return (body['model'] as { version?: string } | undefined)?.version;
}

test('shouldDropNoRequestWhenTheModelIsChangedUnderLoad', async () => {
  await using service = await startService({ MODEL_DIR: folder, MODEL: 'one' });
  const authorization = `Bearer ${await service.token()}`;
  const seen = new Map<string, number>();
  let sent = 0;
  let isDone = false;
  const caller = async (name: string): Promise<void> => {
    while (!isDone) {
      const request = { ...aBatch(3, 5, `${name}-${sent++}`), request_id: `${name}-${sent}` };
      const reply = await service.route(request, { authorization, 'x-deadline-ms': '60000' });
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      const { version } = reply.body['model'] as { version: string };
      seen.set(version, (seen.get(version) ?? 0) + 1);
    }
  };
  const swaps = async (): Promise<void> => {
    for (let swap = 0; swap < 8; swap++) {
      const before = sent;
      const reply = await service.ask(`/v1/models/${swap % 2 === 0 ? 'two' : 'one'}/promote`, {});
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      while (sent < before + 6) await delay(5);
    }
  };
  const callers = ['a', 'b', 'c', 'd'].map(caller);
  await Promise.all([...callers, swaps().finally(() => (isDone = true))]);

  assert.ok((seen.get('one') ?? 0) > 5 && (seen.get('two') ?? 0) > 5, JSON.stringify([...seen]));
  assert.equal(await versionServed(service), 'one');
});

test('shouldServeWhatWasPromotedAfterARestartAndOnOtherReplicas', async () => {
  const store = join(await aFolder(), 'audit.sqlite');
  const config = { MODEL_DIR: folder, MODEL: 'one', STORE_FILE: store };
  await using first = await startService(config);
  await using replica = await startService(config);
  assert.equal((await first.ask('/v1/models/two/promote', {})).status, 200);
  assert.equal(await versionServed(first), 'two', 'here at once');
  while ((await versionServed(replica)) !== 'two') await delay(100);

  await using restarted = await startService(config);
  assert.equal(await versionServed(restarted), 'two', 'the configured model serves only until one is promoted');
});

test('shouldSayThatThereIsNoModelAndServeOnceOneIsPromoted', async () => {
  const empty = await aFolder();
  await using service = await startService({ MODEL_DIR: empty, MODEL: 'prior' });
  for (const [path, body] of [
    ['/readyz', undefined],
    ['/v1/route', aRequest()],
    ['/v1/score', { lead_id: 'x' }],
  ] as const) {
    const reply = await service.ask(path, body);
    assert.equal(reply.status, 503, path);
    assert.equal(reply.body['detail'], 'No model is loaded.', path);
    assert.ok(Number(reply.headers.get('retry-after')) >= 1, path);
  }
  assert.equal((await service.call('/healthz')).status, 200, 'alive, and not to be restarted');
  assert.match(service.logged(), /no model: \/v1\/route and \/readyz answer 503/);
  assert.equal((await service.ask('/v1/models/prior-1/promote', {})).status, 404);

  await cp(join(PRIOR_MANIFEST, '..'), empty, { recursive: true });
  assert.equal((await service.ask('/v1/models/prior-1/promote', {})).status, 200);
  assert.equal((await service.route(aRequest())).status, 200);
});

test('shouldKeepServingWhenAPromotedModelIsNoLongerWhatItWas', async () => {
  const own = await aFolder();
  await cp(folder, own, { recursive: true });
  const config = { MODEL_DIR: own, MODEL: 'one', STORE_FILE: join(await aFolder(), 'audit.sqlite') };
  await using service = await startService(config);
  assert.equal((await service.ask('/v1/models/two/promote', {})).status, 200);
  await writeFile(join(own, 'two.win.onnx'), 'damaged');

  assert.equal((await service.route(aRequest())).status, 200, 'what is loaded serves on');
  const { body } = await service.ask('/v1/models');
  const two = (body['models'] as { file: string; refused: string | null }[]).find(({ file }) => file.startsWith('two'));
  assert.match(two?.refused ?? '', /two\.win\.onnx has SHA-256/);
  assert.equal((await service.ask('/v1/models/two/promote', {})).status, 404, 'nor can it be promoted again');
  await using restarted = await startService(config);
  assert.equal(await versionServed(restarted), 'one');
  assert.match(restarted.logged(), /a promoted model is not in the folder of models/);
});

test('shouldCallThePriorAPriorEverywhere', async () => {
  await using service = await startService();
  const kindIn = (body: unknown): unknown => (body as { kind?: unknown }).kind;
  const { body: routed } = await service.route(aRequest());
  assert.equal(kindIn(routed['model']), 'prior');
  const [result] = routed['results'] as { confidence: unknown; expected_regret: unknown }[];
  assert.deepEqual([result?.confidence, result?.expected_regret], [null, null]);
  assert.equal(kindIn((await service.ask('/v1/score', { lead_id: 'x' })).body['model']), 'prior');
  assert.equal(kindIn((await service.call('/readyz')).body['model']), 'prior');
  const { body: listed } = await service.ask('/v1/models');
  assert.deepEqual(
    (listed['models'] as { kind: string; slots: string[] }[]).map(({ kind, slots }) => [kind, slots]),
    [['prior', ['champion']]],
  );
  assert.match(service.logged(), /prior-1/);
});

test('shouldLetTheChallengerDecideAfterTheAnswerAndStoreWhatItWouldHaveDone', async () => {
  await using service = await startService({ MODEL_DIR: folder, MODEL: 'one', CHALLENGER_SHARE: 1 });
  const promoted = await service.ask('/v1/models/two/promote', { slot: 'challenger' });
  assert.equal(promoted.status, 200);
  assert.equal(await versionServed(service), 'one', 'the champion stays');

  const request = aBatch(6, 5, 'shadow');
  const answer = await service.routed(request);
  assert.equal(answer.model.version, 'one');
  const { db } = service.service.store;
  const rows = await until(() => db.selectFrom('shadow_decisions').selectAll().execute());
  assert.equal(rows.length, 6);
  const challenger = await loadModel(join(folder, 'two.manifest.json'), KNOWN_FEATURES);
  assert.ok(rows.every((row) => row.model_sha256 === challenger?.sha256));
  // The same request, decided by the challenger as champion, is what it was said to have done.
  await using other = await startService({ MODEL_DIR: folder, MODEL: 'two' });
  const alone = await other.routed(request);
  assert.deepEqual(
    rows.map(({ recommended }) => recommended),
    alone.results.map(({ recommended }) => recommended),
  );
});

test('shouldLetTheChallengerDecideASampleOnly', async () => {
  await using service = await startService({ MODEL_DIR: folder, MODEL: 'one', CHALLENGER_SHARE: 0 });
  await service.ask('/v1/models/two/promote', { slot: 'challenger' });
  for (let call = 0; call < 5; call++) await service.routed(aBatch(2, 3, `sample-${call}`));
  await delay(300);

  const rows = await service.service.store.db.selectFrom('shadow_decisions').selectAll().execute();
  assert.equal(rows.length, 0);
});

async function until<Row>(read: () => Promise<Row[]>): Promise<Row[]> {
  for (;;) {
    const rows = await read();
    if (rows.length > 0) return rows;
    await delay(50);
  }
}

const gates: [string, Partial<SyntheticTrees>, string[]][] = [
  ['was measured on too few rows', { metrics: { ...PROVEN, holdout_rows: 499 } }, ['holdout']],
  ['is no better than the mean', { metrics: { ...PROVEN, holdout_log_loss: 0.6 } }, ['better-than-the-mean']],
  ['was not measured', { metrics: {} }, ['holdout', 'better-than-the-mean', 'not-worse-than-the-champion']],
  ['is worse than the champion', { metrics: { ...PROVEN, holdout_auc: 0.69 } }, ['not-worse-than-the-champion']],
  [
    'is calibrated badly',
    { calibration: { kind: 'platt', a: 1, b: 0 }, metrics: { ...PROVEN, holdout_calibration_error: 0.06 } },
    ['calibration'],
  ],
  ['calls itself calibrated unmeasured', { calibration: { kind: 'platt', a: 1, b: 0 } }, ['calibration']],
];

test('shouldRefuseToPromoteAModelThatDoesNotPassItsGatesAndNameThem', async () => {
  const own = await aFolder();
  await writeSyntheticTrees(own, { ...SMALL, name: 'champion', seed: 'champion' });
  for (const [index, [, change]] of gates.entries()) {
    await writeSyntheticTrees(own, { ...SMALL, seed: 'gates', trees: 2, depth: 2, name: `gate-${index}`, ...change });
  }
  await using service = await startService({ MODEL_DIR: own, MODEL: 'champion' });
  for (const [index, [what, , failing]] of gates.entries()) {
    const { status, body } = await service.ask(`/v1/models/gate-${index}/promote`, {});
    assert.equal(status, 409, what);
    assert.deepEqual(
      (body['gates'] as { name: string; passed: boolean }[]).filter(({ passed }) => !passed).map(({ name }) => name),
      failing,
      what,
    );
    assert.doesNotMatch(JSON.stringify(body), /Infinity|undefined|NaN/, what);
    assert.equal(await versionServed(service), 'champion', what);
  }
  const kept = await service.service.store.db.selectFrom('promotions').select(['version', 'promoted']).execute();
  assert.deepEqual(
    kept.map(({ promoted }) => promoted),
    gates.map(() => 0),
    'refusals are in the audit too',
  );
});

test('shouldRefuseAModelThatIsTooSlow', async () => {
  const model = await loadModel(PRIOR_MANIFEST, KNOWN_FEATURES);
  assert.ok(model);
  const slow: typeof model = {
    ...model,
    win: { ...model.win, run: (rows) => delay(60).then(() => model.win.run(rows)) },
  };
  const failed = (await tryGates(slow, null)).filter(({ passed }) => !passed);

  assert.deepEqual(
    failed.map(({ name }) => name),
    ['speed'],
  );
  assert.match(failed[0]?.detail ?? '', /500 rows take [\d.]+ ms; at most 50/);
});

test('shouldGiveTheShareOfDrawsInWhichTheChoiceIsAsGoodAsTheBest', async () => {
  await using service = await startService({ MODEL_DIR: folder, MODEL: 'one' });
  const request = aBatch(8, 6, 'sure');
  const answer = await service.routed({ ...request, policy: { ...request.policy, indifference: 0.02 } });
  const confidences = answer.results.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  assert.equal(confidences.length, 8);
  assert.ok(confidences.every((each) => each >= 0 && each <= 1 && Number.isInteger(Math.round(each * 50e6) / 1e6)));
  assert.ok(new Set(confidences).size > 1, 'it must tell leads apart');
  assert.ok(answer.results.every(({ expected_regret: regret }) => regret !== null && regret >= 0 && regret < 0.5));

  const [sure] = (await service.routed(aRequest())).results;
  assert.deepEqual([sure?.confidence, sure?.expected_regret], [1, 0], 'an only candidate is the best one');
  const all = { ...aBatch(8, 6, 'indifferent'), policy: { ...request.policy, indifference: 1 } };
  assert.ok((await service.routed(all)).results.every(({ confidence }) => confidence === 1));
});

test('shouldScoreEachRowInEachDrawByItsBaseAndWeights', async () => {
  const random = seededRandom('drawn');
  const draws = {
    base: Array.from({ length: 50 }, () => random() - 0.5),
    weights: Array.from({ length: 50 }, () => [random(), random() - 1, random() * 3]),
  };
  const rows = Array.from({ length: 4 }, () => [random(), random(), random()]);
  const drawn = await DrawnScores.of(draws, 3);
  const scores = await drawn.scores(Float64Array.from(rows.flat()));

  assert.equal(scores.length, 4 * 50);
  rows.forEach((row, at) => {
    draws.base.forEach((base, draw) => {
      const wanted = row.reduce((sum, value, index) => sum + value * (draws.weights[draw]?.[index] ?? 0), base);
      assert.ok(Math.abs((scores[at * 50 + draw] ?? Number.NaN) - wanted) < 1e-12, `row ${at}, draw ${draw}`);
    });
  });
  assert.equal((await drawn.scores(new Float64Array(0))).length, 0);
});

test('shouldBeAsSureOfALeadAmongManyAsAlone', async () => {
  await using service = await startService({ MODEL_DIR: folder, MODEL: 'one' });
  // 60 candidates each: more rows than go through the draws at once. Without limits no lead has to leave its best to another.
  const batch = aBatch(20, 60, 'together');
  const free = batch.representatives.map((each) => ({ ...each, capacity: null, daily_cap: null }));
  const policy = { ...batch.policy, load_penalty: 0 };
  const together = await service.routed({ ...batch, policy, representatives: free });
  assert.equal(together.results.length, 20);
  for (const place of [0, 9, 19]) {
    const lead = batch.leads[place];
    assert.ok(lead);
    const request = { ...batch, request_id: `alone ${place}`, policy, representatives: free, leads: [lead] };
    const [alone] = (await service.routed(request)).results;
    const among = together.results[place];
    assert.deepEqual(
      [among?.recommended, among?.confidence, among?.expected_regret],
      [alone?.recommended, alone?.confidence, alone?.expected_regret],
    );
  }
});

test('shouldCountTheDrawsInWhichTheChosenOneIsNearTheBest', () => {
  // In 30 of 50 draws the first is ahead by two log-odds, in 20 behind by as much.
  const signs = Array.from({ length: 50 }, (_each, index) => (index < 30 ? 1 : -1));
  const scores = Float64Array.from([...signs, ...signs.map((sign) => -sign)]);
  const probability = (raw: number): number => 1 / (1 + Math.exp(-raw));
  const of = (chosen: number, indifference: number): Confidence =>
    confidenceIn(scores, 50, chosen, { indifference, probability });
  const lost = probability(1) - probability(-1);

  const first = of(0, 0.01);
  assert.equal(first.confidence, 0.6);
  assert.ok(Math.abs(first.regret - (20 * lost) / 50) < 1e-12);
  assert.deepEqual(of(1, 0.01).confidence, 0.4);
  assert.deepEqual(of(1, lost + 1e-9).confidence, 1);
});

test('shouldAcceptAManifestOfAnyTrainer', async () => {
  // The score table is what makes a score: another table, another score.
  const own = await aFolder();
  const file = await writeSyntheticTrees(own, { ...SMALL, name: 'other', seed: 'one' });
  const model = await loadModel(file, KNOWN_FEATURES);
  assert.ok(model);
  const flat: Manifest = {
    ...model.manifest,
    score_table: [
      { raw: -9, score: 77 },
      { raw: 9, score: 77 },
    ],
  };
  await writeFile(file, JSON.stringify(flat));
  await using service = await startService({ MODEL_DIR: own, MODEL: 'other' });

  assert.equal((await service.ask('/v1/score', { lead_id: 'x' })).body['score'], 77);
});
