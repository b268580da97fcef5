import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

describe('platform events', () => {
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg({ subscriberUsers: { PingTrigger: 'pinger@example.com' } });
  });
  after(() => org.close());
  beforeEach(() => org.apex('delete [SELECT Id FROM Note__c];'));

  const publish = (...messages: string[]) =>
    org.apex(
      `EventBus.publish(new List<Ping__e>{ ${messages.map((text) => `new Ping__e(Message__c = '${text}')`).join(', ')} });`,
    );

  it('shouldRunTheTriggerAsAutomatedProcessInBatchesOfTheConfiguredSize', async () => {
    await publish('a', 'b', 'c', 'd');
    assert.deepEqual(await org.notes(), [
      'events a,b,c retries 0 as Automated Process',
      'events d retries 0 as Automated Process',
    ]);
    assert.match(org.reports.join('\n'), /no active user pinger@example.com .* runs as Automated Process/);
  });

  it('shouldTellOfNoRetriesOutsideTriggersOfEvents', async () => {
    await org.apex(`EventBus.TriggerContext context = EventBus.TriggerContext.currentContext();
      System.assertEquals(0, context.retries);
      System.assertEquals(null, context.lastError);`);
  });

  it('shouldLoseEventsWhenTheirTransactionRollsBack', async () => {
    const source = encodeURIComponent(
      `EventBus.publish(new Ping__e(Message__c = 'lost')); throw new Boom.BoomException('no');`,
    );
    await org.call('GET', `/tooling/executeAnonymous?anonymousBody=${source}`);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldLoseEventsWhenTheTransactionGoesBackToASavepointBeforeThem', async () => {
    await org.apex(`Savepoint s = Database.setSavepoint();
      EventBus.publish(new Ping__e(Message__c = 'lost'));
      Database.rollback(s);
      EventBus.publish(new Ping__e(Message__c = 'kept'));`);
    assert.deepEqual(await org.notes(), ['events kept retries 0 as Automated Process']);
  });

  it('shouldDeliverTheSameEventsAgainWhenTheTriggerAsksForIt', async () => {
    await publish('retry', 'x');
    await org.faults({ advanceClockMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 600));
    await org.faults({ advanceClockMs: 60_000 });
    assert.deepEqual(await org.notes(), ['events retry,x retries 2 as Automated Process']);
  });

  it('shouldSkipABatchThatFailsAndGoOnWithTheNext', async () => {
    await publish('fail', 'b', 'c', 'next');
    assert.deepEqual(await org.notes(), ['events next retries 0 as Automated Process']);
  });

  it('shouldComeBackToEventsAfterTheCheckpointThatTheTriggerSet', async () => {
    await publish('resume', 'b', 'c');
    assert.deepEqual(await org.notes(), [
      'events resume retries 0 as Automated Process',
      'events b,c retries 0 as Automated Process',
    ]);
  });

  it('shouldRefuseAnEventWithATextThatIsTooLong', async () => {
    await org.apex(`Database.SaveResult r = EventBus.publish(new Ping__e(Message__c = 'x'.repeat(256)));
      System.assert(!r.isSuccess());
      System.assertEquals(StatusCode.STRING_TOO_LONG, r.getErrors()[0].getStatusCode());`);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldRunTheTriggerAsTheConfiguredUserOnceThereIsOne', async () => {
    const profile = `SELECT Id FROM Profile WHERE Name = 'Standard User'`;
    await org.apex(`insert new User(Username = 'pinger@example.com', LastName = 'Pinger', Alias = 'ping',
      Email = 'pinger@example.com', ProfileId = [${profile}].Id, TimeZoneSidKey = 'UTC', LocaleSidKey = 'en_US',
      EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US');`);
    await publish('mine');
    assert.deepEqual(await org.notes(), ['events mine retries 0 as Pinger']);
  });
});
