import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { startProcess } from '../bench/serviceProcess.ts';
import { bucketOf, stabilityIndex } from '../src/metrics/drift.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import { aLead, aRepresentative, aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';

/** What OTLP/HTTP sends as JSON (opentelemetry-proto, trace/v1). */
const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })),
            }),
          ),
        }),
      ),
    }),
  ),
});

test('shouldSendTracesWithoutPayloadsWhenTheStandardVariablesNameAReceiver', async () => {
  const bodies: string[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'traces-'));
  const service = await startProcess({
    STORE_FILE: join(folder, 'audit.sqlite'),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'scoring of a test',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  });
  const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  try {
    const reply = await fetch(`${service.url}/v1/route`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await service.token()}`,
        'content-type': 'application/json',
        traceparent: `00-${trace}-${parent}-01`,
      },
      body: JSON.stringify(aRequest({ leads: [aLead({ form_data: { text: 'a secret wish of the lead' } })] })),
    });
    assert.equal(reply.status, 200);
  } finally {
    // Ending sends what is still held back.
    await service.stop();
    receiver.closeAllConnections();
    receiver.close();
    rmSync(folder, { recursive: true });
  }

  const sent = bodies.map((body) => tracesSchema.parse(JSON.parse(body))).flatMap((each) => each.resourceSpans);
  const named = sent.flatMap(({ resource }) => resource.attributes).find(({ key }) => key === 'service.name');
  assert.deepEqual(named?.value, { stringValue: 'scoring of a test' });
  const spans = sent.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const route = spans.find(({ name }) => name === 'POST /v1/route');
  assert.equal(route?.traceId, trace, "the caller's trace goes on");
  assert.equal(route.parentSpanId, parent);
  assert.deepEqual(
    route.attributes.map(({ key }) => key),
    ['http.request.method', 'http.response.status_code'],
  );
  const decide = spans.find(({ name }) => name === 'decide');
  assert.deepEqual([decide?.traceId, decide?.parentSpanId], [trace, route.spanId], 'the work stands under its request');
  assert.doesNotMatch(bodies.join(''), /secret wish|Technology|Bearer/);
});

test('shouldCountLatencyConfidenceFallbacksAndFeatureBucketsForPrometheus', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  try {
    const baseline = { bounds: [20, 40, 60, 80], shares: [0.2, 0.2, 0.2, 0.2, 0.1, 0.1] };
    const options = { name: 'trees', trees: 10, depth: 3, seed: 'metrics', draws: 60 };
    await writeSyntheticTrees(folder, { ...options, baselines: { intent_score: baseline } });
    await using service = await startService({ MODEL_DIR: folder, MODEL: 'trees' });
    const intents = [85, 90, 95, 99, 15, null];
    for (const intent of intents) {
      await service.routed(
        aRequest({
          leads: [aLead({ trace_id: `t ${intent}`, activity: { intent_score: intent }, candidates: ['r1', 'r2'] })],
          representatives: [aRepresentative(), aRepresentative({ rep_ref: 'r2' })],
        }),
      );
    }
    await service.routed(aRequest({ leads: [aLead({ candidates: [], activity: { intent_score: 50 } })] }));
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const value = (line: string): number =>
      Number(
        text
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.slice(line.length),
      );

    assert.equal(value('scoring_request_seconds_count{route="/v1/route",status="200"}'), 7);
    assert.equal(value('scoring_leads_total{arm="model"}'), 6);
    assert.equal(value('scoring_leads_total{arm="nobody"}'), 1, 'the caller falls back');
    assert.equal(value('scoring_confidence_count'), 6);
    const counts = Array.from({ length: 6 }, (_each, bucket) => {
      const count = value(`scoring_feature_bucket_total{feature="intent_score",bucket="${bucket}"}`);
      return Number.isNaN(count) ? 0 : count;
    });
    assert.deepEqual(counts, [1, 0, 1, 0, 4, 1]);
    // Replicas' counters are added up and the index is made from the sum, as the rule in docs/deployment.md does.
    const psi = value('scoring_feature_drift_psi{feature="intent_score"}');
    assert.ok(Math.abs(psi - stabilityIndex(baseline, counts)) < 1e-12 && psi > 0.2, String(psi));
    assert.doesNotMatch(text, /t 85|r1|Technology/, 'no label takes a value from a request');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('shouldGiveTheIndexOfTheTextbookWhenSharesMove', () => {
  const baseline = { bounds: [1], shares: [0.5, 0.3, 0.2] };
  assert.equal(bucketOf(baseline, 1), 0);
  assert.equal(bucketOf(baseline, 1.5), 1);
  assert.equal(bucketOf(baseline, Number.NaN), 2);
  assert.equal(stabilityIndex(baseline, [50, 30, 20]), 0);
  const expected = 0.2 * Math.log(0.7 / 0.5) + -0.1 * Math.log(0.2 / 0.3) + -0.1 * Math.log(0.1 / 0.2);
  assert.ok(Math.abs(stabilityIndex(baseline, [70, 20, 10]) - expected) < 1e-12);
  assert.ok(Number.isNaN(stabilityIndex(baseline, [0, 0, 0])));
});
