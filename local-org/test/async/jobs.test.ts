import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startService, startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg, TestService } from '../engine/runningOrg.ts';

let org: TestOrg;
let service: TestService;

before(async () => {
  service = await startService((request, response) => response.end(request.url));
  org = await startTestOrg({
    endpoints: { Open: service.url, Guarded: service.url },
    credentials: { Guarded: { clientId: 'id', clientSecret: 'secret', tokenUrl: `${service.url}/token` } },
  });
});

after(async () => {
  service.close();
  await org.close();
});

beforeEach(() => org.apex('delete [SELECT Id FROM Note__c];'));

/** The one AsyncApexJob of the latest enqueued job. */
async function latestJob(): Promise<Record<string, unknown>> {
  await org.idle();
  const soql =
    'SELECT JobType, Status, ExtendedStatus, NumberOfErrors, JobItemsProcessed, TotalJobItems, MethodName, ApexClass.Name ' +
    "FROM AsyncApexJob WHERE JobType != 'BatchApexWorker' ORDER BY CreatedDate DESC, Id DESC LIMIT 1";
  const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  return (body as { records: Record<string, unknown>[] }).records[0] ?? {};
}

async function failure(source: string): Promise<string> {
  const { body } = await org.call('GET', `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(source)}`);
  return (body as { exceptionMessage: string | null }).exceptionMessage ?? 'no exception';
}

describe('queueables', () => {
  it('shouldRunAfterCommitAndLeaveAFinishedJob', async () => {
    await org.apex(`System.enqueueJob(new CalloutJob('callout:Open/x', 1000));`);
    assert.deepEqual(await org.notes(), ['200 /x']);
    const job = await latestJob();
    assert.equal(job['JobType'], 'Queueable');
    assert.equal(job['Status'], 'Completed');
    assert.equal((job['ApexClass'] as { Name: string }).Name, 'CalloutJob');
  });

  it('shouldNotRunWhenTheirTransactionRollsBack', async () => {
    const message = await failure(`System.enqueueJob(new Chain(0)); throw new Boom.BoomException('no');`);
    assert.match(message, /Boom.BoomException: no/);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldNotRunWhenTheirTransactionWentBackToASavepointBeforeThem', async () => {
    await org.apex(`Savepoint s = Database.setSavepoint(); System.enqueueJob(new Chain(0)); Database.rollback(s);`);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldSeeTheirStateAsItWasWhenTheyWereEnqueuedWithoutTransientFieldsAndWithFreshStatics', async () => {
    await org.apex(`Mutable m = new Mutable(); Mutable.runs = 7; System.enqueueJob(m); m.label = 'second';`);
    assert.deepEqual(await org.notes(), ['first null 1']);
  });

  it('shouldRefuseTheFiftyFirstJobOfATransaction', async () => {
    const message = await failure(`for (Integer i = 0; i < 51; i++) { System.enqueueJob(new Chain(0)); }`);
    assert.equal(message, 'System.LimitException: Too many queueable jobs added to the queue: 51');
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldStopAChainAtFiveJobsAndFailTheFifth', async () => {
    await org.apex(`System.enqueueJob(new Chain(9));`);
    assert.deepEqual(await org.notes(), ['depth 1', 'depth 2', 'depth 3', 'depth 4']);
    const job = await latestJob();
    assert.deepEqual([job['Status'], job['NumberOfErrors']], ['Failed', 1]);
    assert.equal(job['ExtendedStatus'], 'System.AsyncException: Maximum stack depth has been reached.');
  });

  it('shouldRunASecondJobOfTheSameSignatureOnlyWhenTheFirstHasEnded', async () => {
    const enqueue = `AsyncOptions o = new AsyncOptions();
      o.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('x').addInteger(1).build();
      System.enqueueJob(new Chain(0), o);`;
    const message = await failure(`${enqueue} System.enqueueJob(new Chain(0), o);`);
    assert.equal(
      message,
      'System.DuplicateMessageException: Attempt to enqueue job with duplicate queueable signature',
    );
    await org.apex(enqueue);
    await org.idle();
    await org.apex(enqueue);
    assert.deepEqual(await org.notes(), ['depth 1', 'depth 1']);
  });

  it('shouldWaitForTheirDelayByTheClockOfTheOrg', async () => {
    await org.apex(`System.enqueueJob(new Chain(0), 5);`);
    assert.equal((await org.jobs()).idle, false);
    await org.faults({ advanceClockMs: 5 * 60_000 });
    assert.deepEqual(await org.notes(), ['depth 1']);
  });

  it('shouldNotCallOutWithoutAllowsCallouts', async () => {
    await org.apex(`System.enqueueJob(new Boom(Boom.Way.FINE));`);
    assert.deepEqual(await org.notes(), ['job', 'FINE SUCCESS -']);
  });
});

describe('finalizers', () => {
  it('shouldSeeTheExceptionAndTheJobsWorkUndoneWhenTheJobThrows', async () => {
    await org.apex(`System.enqueueJob(new Boom(Boom.Way.THROWS));`);
    assert.deepEqual(await org.notes(), ['THROWS UNHANDLED_EXCEPTION Boom.BoomException']);
  });

  it('shouldRunAfterALimitExceptionThatNoCatchAndNoFinallyOfTheJobSaw', async () => {
    await org.apex(`System.enqueueJob(new Boom(Boom.Way.EXHAUSTS));`);
    // Source of type and message: octoberswimmer/aer-dist, issue 308
    assert.deepEqual(await org.notes(), [
      'EXHAUSTS UNHANDLED_EXCEPTION System.AsyncException System.LimitException: Too many DML statements: 151\n' +
        'Class.Boom.execute: line 23, column 1',
    ]);
  });
});

describe('callout rules', () => {
  const GUARDED = `System.enqueueJob(new CalloutJob('callout:Guarded/', 1000));`;

  it('shouldRefuseACalloutAfterDml', async () => {
    const message = await failure(`insert new Note__c(Text__c = 'a'); CalloutJob.fetch('callout:Open/', 1000);`);
    assert.equal(
      message,
      'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out',
    );
  });

  it('shouldRefuseACalloutAfterAJobWasEnqueued', async () => {
    const message = await failure(`System.enqueueJob(new Chain(0)); CalloutJob.fetch('callout:Open/', 1000);`);
    assert.match(message, /^System.CalloutException: You have uncommitted work pending/);
  });

  it('shouldRefuseACalloutFromATrigger', async () => {
    await org.call('POST', '/sobjects/Note__c', { Text__c: 'call out' });
    assert.deepEqual(await org.notes(), ['Callout from triggers are currently not supported.']);
  });

  it('shouldRefuseThe101stCallout', async () => {
    const message = await failure(`for (Integer i = 0; i < 101; i++) { CalloutJob.fetch('callout:Open/' + i, 1000); }`);
    assert.equal(message, 'System.LimitException: Too many callouts: 101');
  });

  it('shouldRefuseAnAddressThatNoRemoteSiteSettingAllows', async () => {
    const message = await failure(`CalloutJob.fetch('${service.url}/x', 1000);`);
    assert.match(message, /^System.CalloutException: Unauthorized endpoint, please check Setup->Security->Remote site/);
  });

  it('shouldRefuseTheCredentialUntilTheRunningUserHasItsPrincipal', async () => {
    await org.apex(GUARDED);
    assert.match((await org.notes())[0] ?? '', /^We couldn't access the credential\(s\)/);
    await org.apex(`
      PermissionSet p = [SELECT Id FROM PermissionSet WHERE Name = 'Caller'];
      insert new PermissionSetAssignment(PermissionSetId = p.Id, AssigneeId = UserInfo.getUserId());`);
    await org.apex(GUARDED);
    // The service is no token endpoint: that its answer is looked at shows that the credential was given.
    assert.match((await org.notes())[1] ?? '', /Unable to fetch the OAuth token/);
  });
});

describe('future methods', () => {
  it('shouldRunAfterCommitWithTheirArguments', async () => {
    await org.apex(`Later.write('a'); Later.write('b');`);
    assert.deepEqual(await org.notes(), ['future a', 'future b']);
    const job = await latestJob();
    assert.deepEqual([job['JobType'], job['MethodName'], job['Status']], ['Future', 'write', 'Completed']);
  });

  it('shouldCallOutOnlyWhenAnnotatedForIt', async () => {
    await org.apex(`Later.callOut('callout:Open/f'); Later.forbidden('callout:Open/f');`);
    // While the first waits for its answer the second runs.
    const [answer, refusal] = (await org.notes()).sort();
    assert.equal(answer, '200 /f');
    assert.match(refusal ?? '', /^Callout not allowed from this future method/);
  });
});

describe('batch jobs', () => {
  it('shouldRunChunksInTransactionsOfTheirOwnAndKeepTheStateOfAStatefulClass', async () => {
    await org.apex(`List<Note__c> notes = new List<Note__c>();
      for (Integer i = 0; i < 25; i++) { notes.add(new Note__c(Text__c = 'row ' + i)); }
      insert notes;`);
    await org.apex(`Database.executeBatch(new Tally(), 10);`);
    assert.equal((await org.notes()).at(-1), 'tally 25');
    const job = await latestJob();
    assert.deepEqual(
      [job['JobType'], job['Status'], job['TotalJobItems'], job['JobItemsProcessed'], job['NumberOfErrors']],
      ['BatchApex', 'Completed', 3, 3, 0],
    );
  });

  it('shouldGoOnWithTheNextChunkWhenOneFails', async () => {
    await org.apex(`insert new List<Note__c>{
      new Note__c(Text__c = 'row bad'), new Note__c(Text__c = 'row 1'), new Note__c(Text__c = 'row 2') };`);
    await org.apex(`Database.executeBatch(new Tally(), 1);`);
    assert.equal((await org.notes()).at(-1), 'tally 2', 'what the failed chunk counted is undone');
    const job = await latestJob();
    assert.deepEqual([job['Status'], job['NumberOfErrors']], ['Completed', 1]);
    assert.equal(job['ExtendedStatus'], 'First error: Boom.BoomException: bad row');
  });
});

describe('scheduled Apex', () => {
  it('shouldFireByTheClockAgainAndAgainUntilItIsAborted', async () => {
    await org.apex(`System.schedule('hourly', '0 0 * * * ?', new Later());`);
    await org.faults({ advanceClockMs: 3_600_000 });
    await until(async () => (await org.notes()).length === 1);
    await org.faults({ advanceClockMs: 3_600_000 });
    await until(async () => (await org.notes()).length === 2);
    assert.deepEqual(await org.notes(), ['scheduled', 'scheduled']);

    const twice = await failure(`System.schedule('hourly', '0 0 * * * ?', new Later());`);
    assert.equal(twice, 'System.AsyncException: The Apex job named "hourly" is already scheduled for execution.');
    await org.apex(`System.abortJob([SELECT Id FROM CronTrigger WHERE State = 'WAITING'].Id);`);
    assert.deepEqual((await org.jobs()).jobs, []);
  });

  it('shouldNotFireWhilePausedAndDoOnceWhatItMissedWhenResumed', async () => {
    await org.apex(`delete [SELECT Id FROM Note__c]; System.schedule('paused', '0 0 * * * ?', new Later());
      System.pauseJobByName('paused');`);
    await org.faults({ advanceClockMs: 3 * 3_600_000 });
    assert.deepEqual(await org.notes(), []);
    await org.apex(`System.resumeJobByName('paused');`);
    await until(async () => (await org.notes()).length === 1);
    assert.deepEqual(await org.notes(), ['scheduled']);
    await org.apex(`System.abortJob([SELECT Id FROM CronTrigger WHERE State = 'WAITING'].Id);`);
  });

  it('shouldStartAScheduledBatchWhenItsTimeHasComeAndOnlyOnce', async () => {
    await org.apex(`delete [SELECT Id FROM Note__c]; insert new Note__c(Text__c = 'row 1');
      System.scheduleBatch(new Tally(), 'tally', 60);`);
    await org.faults({ advanceClockMs: 59 * 60_000 });
    assert.deepEqual(await org.notes(), ['row 1']);
    await org.faults({ advanceClockMs: 2 * 60_000 });
    await until(async () => (await org.notes()).length > 1);
    assert.deepEqual(await org.notes(), ['row 1', 'tally 1']);
    await org.faults({ advanceClockMs: 24 * 3_600_000 });
    assert.deepEqual(await org.notes(), ['row 1', 'tally 1']);
    await org.apex(`Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger WHERE State != 'DELETED']);`);
  });

  it('shouldRefuseAnExpressionThatCanNotBe', async () => {
    const message = await failure(`System.schedule('x', '0 0/5 * * * ?', new Later());`);
    assert.equal(message, 'System.StringException: Seconds and minutes must be specified as integers: 0/5');
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100; n++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail('it did not come to that within two seconds');
}
