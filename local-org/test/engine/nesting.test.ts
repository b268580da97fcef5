import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startService, startTestOrg } from './runningOrg.ts';
import type { TestOrg, TestService } from './runningOrg.ts';

/** How long a job waits for a service that never answers. */
const CALLOUT_MS = 1500;

describe('while Apex waits for a callout', () => {
  let org: TestOrg;
  let service: TestService;
  /** Answers of `/hold/…` that have not been sent yet. */
  const held: (() => void)[] = [];
  let arrived: () => void = () => {};

  before(async () => {
    service = await startService((request, response) => {
      const url = request.url ?? '';
      if (url === '/callback') {
        // The service asks the org before it answers.
        void org.call('GET', `/query?q=${encodeURIComponent('SELECT COUNT() FROM User')}`).then(({ body }) => {
          response.end(`users ${String((body as { totalSize: number }).totalSize > 0)}`);
        });
      } else if (url.startsWith('/hold')) {
        held.push(() => response.end(url));
        arrived();
      } else if (url === '/never') arrived();
      else response.end('ok');
    });
    org = await startTestOrg({ endpoints: { Open: service.url } });
  });

  after(async () => {
    service.close();
    await org.close();
  });

  const clear = () => org.apex('delete [SELECT Id FROM Note__c];');
  const enqueue = (path: string, timeoutMs = 5000) =>
    org.apex(`System.enqueueJob(new CalloutJob('callout:Open${path}', ${timeoutMs}));`);
  const nextArrival = () => new Promise<void>((resolve) => (arrived = resolve));

  it('shouldAnswerTheServiceWhenItQueriesTheOrg', async () => {
    await clear();
    const started = performance.now();
    await enqueue('/callback');
    assert.deepEqual(await org.notes(), ['200 users true']);
    assert.ok(performance.now() - started < 2000, 'without waiting for the timeout');
  });

  it('shouldServeReadsAndWritesOfOthersWhileItWaits', async () => {
    await clear();
    const arrival = nextArrival();
    await enqueue('/hold/a');
    await arrival;

    const started = performance.now();
    const created = await org.call('POST', '/sobjects/Note__c', { Text__c: 'meanwhile' });
    const elapsed = performance.now() - started;
    held.splice(0).forEach((answer) => answer());

    assert.equal(created.status, 201);
    assert.ok(elapsed < 500, `the insert took ${elapsed} ms`);
    assert.deepEqual(await org.notes(), ['meanwhile', '200 /hold/a']);
  });

  it('shouldLetManyJobsWaitAtOnceAndKeepTheirAnswersApart', async () => {
    await clear();
    for (let n = 0; n < 40; n++) await enqueue(`/hold/${n}`);
    const timer = setInterval(() => held.splice(0).forEach((answer) => answer()), 20);
    const notes = await org.notes();
    clearInterval(timer);
    assert.deepEqual([...notes].sort(), Array.from({ length: 40 }, (_, n) => `200 /hold/${n}`).sort());
  });

  it('shouldEndAllWaitsAtTheirTimeoutsWhenTheServiceNeverAnswers', async () => {
    await clear();
    const started = performance.now();
    for (let n = 0; n < 20; n++) await enqueue('/never', 400);
    const notes = await org.notes();
    assert.deepEqual(notes, Array<string>(20).fill('Read timed out'));
    assert.ok(performance.now() - started < 6000, 'the waits overlap: one after another would take 8 s');
  });

  it('shouldKeepStaticsAndLimitsOfNestedWorkApart', async () => {
    await clear();
    const arrival = nextArrival();
    await enqueue('/hold/outer');
    await arrival;
    await org.apex(`for (Integer i = 0; i < 90; i++) { Integer n = [SELECT COUNT() FROM User]; }`);
    held.splice(0).forEach((answer) => answer());
    await org.idle();

    const { transactions } = await org.jobs('?kind=queueable');
    const last = transactions.at(-1);
    assert.equal(last?.name, 'CalloutJob');
    assert.equal(last.limits.queries, 0, 'the queries of others count for others');
    assert.equal(last.limits.callouts, 1);
    assert.equal(last.limits.dmlStatements, 1);
    assert.ok(last.calloutMs > 0 && last.calloutMs <= last.waitedMs && last.waitedMs <= last.ms);
  });

  it('shouldLeaveWhoWaitsOutOfTheStackOfWhatFailsMeanwhile', async () => {
    const arrival = nextArrival();
    await enqueue('/hold/stack');
    await arrival;
    const answer = await org.call(
      'GET',
      `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent('Integer i = 0;\ni = 1 / i;')}`,
    );
    held.splice(0).forEach((send) => send());
    await org.idle();
    assert.equal(
      (answer.body as { exceptionStackTrace: string }).exceptionStackTrace,
      'AnonymousBlock: line 2, column 1',
    );
  });

  it('shouldRefuseTheRowThatASuspendedTransactionHasLocked', async () => {
    await clear();
    await org.call('POST', '/sobjects/Note__c', { Text__c: 'locked', Code__c: 'L1' });
    const arrival = nextArrival();
    const suspended = org.apex(
      `Note__c n = [SELECT Id FROM Note__c WHERE Code__c = 'L1' FOR UPDATE];
       CalloutJob.fetch('callout:Open/hold/lock', 5000);`,
    );
    await arrival;

    const refused = await org.call('PATCH', '/sobjects/Note__c/Code__c/L1', { Text__c: 'changed' });
    held.splice(0).forEach((answer) => answer());
    await suspended;
    const allowed = await org.call('PATCH', '/sobjects/Note__c/Code__c/L1', { Text__c: 'changed' });

    assert.equal(refused.status, 400);
    assert.equal((refused.body as { errorCode: string }[])[0]?.errorCode, 'UNABLE_TO_LOCK_ROW');
    assert.equal(allowed.status, 200);
  });

  it('shouldNotMakeAReadWaitWhenTheServiceIsSlow', async () => {
    await clear();
    const arrival = nextArrival();
    for (let n = 0; n < 30; n++) await enqueue('/never', CALLOUT_MS);
    await arrival;
    const times: number[] = [];
    for (let n = 0; n < 20; n++) {
      const started = performance.now();
      await org.call('GET', `/query?q=${encodeURIComponent('SELECT Id FROM User LIMIT 1')}`);
      times.push(performance.now() - started);
    }
    await org.idle();
    // A read that waited for a callout would take as long as one; a busy machine alone does not.
    const slowest = Math.max(...times);
    assert.ok(slowest < CALLOUT_MS / 2, `slowest read ${slowest.toFixed(1)} ms`);
    assert.deepEqual(org.reports, []);
  });
});
