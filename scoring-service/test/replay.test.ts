import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBatch } from './support/requests.ts';
import { startService } from './support/service.ts';

const DECISIONS = 1000;
const BATCH = 20;

test('shouldReplayAThousandStoredDecisionsExactly', async () => {
  await using service = await startService();
  for (let batch = 0; batch < DECISIONS / BATCH; batch++) {
    const body = aBatch(BATCH, 8, `replay-${batch}`);
    await service.routed({
      ...body,
      policy: { ...body.policy, exploration_share: 0.2, holdback_share: 0.1 },
      leads: body.leads.map((lead) => ({ ...lead, trace_id: `${batch}-${lead.trace_id}` })),
    });
  }
  const traces = await service.service.store.db.selectFrom('decisions').select('trace_id').execute();
  assert.equal(traces.length, DECISIONS);
  const token = await service.token();
  const verdicts = new Map<unknown, number>();
  for (const { trace_id: trace } of traces) {
    const { body } = await service.call(`/v1/decisions/${trace}/replay`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-deadline-ms': '60000' },
    });
    verdicts.set(body['verdict'], (verdicts.get(body['verdict']) ?? 0) + 1);
  }

  assert.deepEqual([...verdicts], [['exact', DECISIONS]]);
});

test('shouldSayThatAReplayDiffersWhenTheStoredDecisionWasAnotherOne', async () => {
  await using service = await startService();
  await service.routed(aBatch(3, 5, 'tampered'));
  const { store } = service.service;
  const stored = await store.findDecision('trace-0');
  assert.ok(stored);
  const audit = JSON.parse(stored.request.audit) as { rankings: [number, number, number, number][][] };
  const first = audit.rankings[0]?.[0];
  assert.ok(first);
  first[1] += 0.5;
  const request = { ...stored.request, request_id: 'tampered', audit: JSON.stringify(audit) };
  const decision = { ...stored.decision, request_id: 'tampered', trace_id: 'tampered' };
  await store.write({ kind: 'request', request, decisions: [decision], prices: [] });

  const { body } = await service.ask('/v1/decisions/tampered/replay', {});
  assert.equal(body['verdict'], 'different');
  assert.ok(Math.abs(Number(body['largest_difference']) - 0.5) < 1e-9);
});
