import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { aBatch, aLead, aRepresentative, aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';
import type { Reply, TestService } from './support/service.ts';

let service: TestService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

function paths(reply: Reply): string[] {
  return (reply.body['errors'] as { path: string }[]).map(({ path }) => path);
}

const request = aRequest();

const wrongBodies: [string, unknown, string[]][] = [
  ['request_id is absent', { ...request, request_id: undefined }, ['request_id']],
  ['as_of is no instant', { ...request, as_of: 'yesterday' }, ['as_of']],
  ['there are no leads', { ...request, leads: [] }, ['leads']],
  ['a top-level field is unknown', { ...request, extra: 1, more: 2 }, ['extra', 'more']],
  ['a field of the policy is unknown', { ...request, policy: { ...request.policy, epsilon: 1 } }, ['policy.epsilon']],
  [
    'shares are above 1 together',
    { ...request, policy: { ...request.policy, exploration_share: 0.6, holdback_share: 0.6 } },
    ['policy.exploration_share'],
  ],
  ['hot is below warm', { ...request, policy: { ...request.policy, tiers: { hot: 1, warm: 2 } } }, ['policy.tiers']],
  [
    'signals have wrong types',
    {
      ...request,
      leads: [
        aLead({ activity: { page_views: -1 } }),
        { ...aLead(), lead_ref: 2, company: { employee_count: 'many' } },
      ],
    },
    ['leads[0].activity.page_views', 'leads[1].lead_ref', 'leads[1].company.employee_count'],
  ],
  [
    'a size segment is no range',
    {
      ...request,
      representatives: [aRepresentative({ record: [{ dimension: 'size', value: 'big', won: 1, lost: 1 }] })],
    },
    ['representatives[0].record[0].value'],
  ],
  [
    'a number is beyond doubles',
    JSON.stringify(request).replace('"capacity":30', '"capacity":1e999'),
    ['representatives[0].capacity'],
  ],
  ['the body is an array', [], ['']],
  ['the body is not JSON', '{"request_id": ', ['']],
  ['there are more than 200 leads', aBatch(201, 1, 'many'), ['leads']],
];

for (const [what, body, expected] of wrongBodies) {
  test(`shouldAnswer400AndNameTheFieldsWhen: ${what}`, async () => {
    const reply = await service.route(body);

    assert.equal(reply.status, 400);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.deepEqual(paths(reply), expected);
    assert.match(String(reply.body['detail']), /^\w/);
    assert.deepEqual(
      Object.keys(reply.body).filter((key) => ['type', 'title', 'status', 'detail', 'request_id'].includes(key)).length,
      5,
    );
  });
}

test('shouldIgnoreUnknownFieldsWhenTheyAreInMapsOfSignals', async () => {
  const lead = aLead();
  const answer = await service.routed({
    ...request,
    request_id: 'signals',
    leads: [{ ...lead, company: { ...lead.company, mood: 'good' }, activity: { likes: 3 }, form_data: { colour: 1 } }],
  });

  assert.equal(answer.results[0]?.recommended, 'r1');
});

const aDocument = { name: 'a.pdf', media_type: 'application/pdf', base64: 'QQ==' };
const senseless: [string, unknown, string[]][] = [
  [
    'a candidate names no representative',
    { ...request, leads: [aLead({ candidates: ['r1', '__proto__', 'r9'] })] },
    ['leads[0].candidates[1]', 'leads[0].candidates[2]'],
  ],
  [
    'a candidate is named twice',
    { ...request, leads: [aLead({ candidates: ['r1', 'r1'] })] },
    ['leads[0].candidates[1]'],
  ],
  ['a lead is named twice', { ...request, leads: [aLead(), aLead()] }, ['leads[1].lead_ref']],
  [
    'a representative is named twice',
    { ...request, representatives: [aRepresentative(), aRepresentative()] },
    ['representatives[1].rep_ref'],
  ],
  [
    'documents come with two leads',
    { ...request, leads: [aLead({ documents: [aDocument] }), aLead({ lead_ref: 'other' })] },
    ['leads[0].documents'],
  ],
  [
    'a document is of a kind that is not read',
    { ...request, leads: [aLead({ documents: [{ ...aDocument, media_type: 'image/png' }] })] },
    ['leads[0].documents[0].media_type'],
  ],
  [
    'a document is broken',
    { ...request, leads: [aLead({ documents: [aDocument] })] },
    ['leads[0].documents[0].base64'],
  ],
];

for (const [what, body, expected] of senseless) {
  test(`shouldAnswer422AndNameTheFieldsWhen: ${what}`, async () => {
    const reply = await service.route(body);

    assert.equal(reply.status, 422);
    assert.deepEqual(paths(reply), expected);
    assert.equal(reply.body['request_id'], request.request_id);
  });
}

test('shouldAnswer413WhenTheBodyIsAboveThreeMegabytes', async () => {
  const reply = await service.route(`"${'x'.repeat(3 * 1024 * 1024)}"`);

  assert.equal(reply.status, 413);
});

test('shouldAnswer415WhenTheBodyIsNotDeclaredAsJson', async () => {
  assert.equal((await service.route(JSON.stringify(request), { 'content-type': 'text/plain' })).status, 415);
});

test('shouldAnswer400WhenTheDeadlineIsNoNumberWithinTheLimits', async () => {
  for (const deadline of ['soon', '0', '-5', '999999999']) {
    const reply = await service.route(request, { 'x-deadline-ms': deadline });
    assert.equal(reply.status, 400, deadline);
    assert.deepEqual(paths(reply), ['header X-Deadline-Ms']);
  }
});

test('shouldAnswer503WithRetryAfterWhenTheDeadlinePasses', async () => {
  const { store } = service.service;
  const write = store.write.bind(store);
  store.write = () => new Promise(() => {});
  try {
    const reply = await service.route(aRequest(), { 'x-deadline-ms': '1000' });

    assert.equal(reply.status, 503);
    assert.equal(reply.headers.get('retry-after'), '1');
    assert.match(String(reply.body['detail']), /deadline of 1000 ms/);
  } finally {
    store.write = write;
  }
});

test('shouldRefuseToGiveAnAnswerOfMoreThan2MbAndStoreNothing', async () => {
  // References may be long, and the answer names fifty of them for each of 200 leads.
  const long = (reference: string): string => reference.padEnd(230, 'x');
  const batch = aBatch(200, 50, 'large answer');
  const body = {
    ...batch,
    policy: { ...batch.policy, top_k: 50 },
    representatives: batch.representatives.map((each) => ({ ...each, rep_ref: long(each.rep_ref) })),
    leads: batch.leads.map((lead) => ({ ...lead, incumbent: null, candidates: lead.candidates.map(long) })),
  };
  const refused = await service.route(body);

  assert.equal(refused.status, 422);
  assert.deepEqual(refused.body['errors'], [
    { path: 'policy.top_k', detail: '50 for each lead would make the answer larger than 2097152 bytes' },
  ]);
  // Nothing was stored: the same id is free for a body that asks for less.
  const smaller = await service.route({ ...body, policy: { ...body.policy, top_k: 3 } });
  assert.equal(smaller.status, 200);
});

test('shouldAnswerAProblemWhenThePathOrMethodIsUnknown', async () => {
  assert.equal((await service.call('/v2/route')).status, 404);
  const reply = await service.call('/v1/route');
  assert.equal(reply.status, 405);
  assert.equal(reply.headers.get('allow'), 'POST');
});

test('shouldAnswer503WhenThereIsNoModel', async () => {
  await using empty = await startService({ MODEL: 'absent' });

  const reply = await empty.route(aRequest());
  assert.equal(reply.status, 503);
  assert.ok(Number(reply.headers.get('retry-after')) > 0);
  assert.match(String(reply.body['detail']), /No model/);
  assert.equal((await empty.call('/readyz')).status, 503);
  assert.equal((await empty.call('/healthz')).status, 200);
});
