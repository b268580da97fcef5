import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CalloutLine, PendingCallout } from '../../src/engine/callouts/line.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineServer } from '../../src/engine/server.ts';
import type { OutboundRequest } from '../../src/engine/services.ts';
import type { Wake } from '../../src/engine/wake.ts';

/** What the engine's thread does while Apex waits for a callout: all that it works with is under the test's control. */
describe('the wait for a callout', () => {
  let channel: MessageChannel;
  let now: number;
  let pending: PendingCallout;
  let answered: boolean;
  let dropped: number;
  /** Looks at the line until the answer is there. */
  let looks: number;
  let depth: number;
  let jobs: number;
  const events: string[] = [];

  const request = (timeoutMs: number): OutboundRequest => ({
    ...{ method: 'GET', url: 'http://a.example', headers: [], body: null, oauth: null },
    timeoutMs,
  });
  const response = { ok: false, kind: 'refused', message: 'Connection refused' } as const;

  beforeEach(() => {
    channel = new MessageChannel();
    [now, answered, dropped, looks, depth, jobs] = [5000, false, 0, 3, 1, 0];
    events.length = 0;
    mock.method(performance, 'now', () => now);
  });
  afterEach(() => {
    mock.restoreAll();
    channel.port1.close();
  });

  function server(): EngineServer {
    const line = {
      send: () => (pending = { id: 1, answer: null }),
      collect: () => {
        if (--looks < -20) throw new Error('it waits for ever');
        if (looks === 0) pending.answer = { id: 1, response, ms: 7 };
      },
      drop: () => dropped++,
      get answered() {
        return answered;
      },
    };
    const wake = { seen: () => 4, wait: (seen: number, ms: number) => events.push(`sleep ${seen} ${ms}`) };
    const engine = {
      get depth() {
        return depth;
      },
      runNext: () => {
        if (jobs === 0) return false;
        jobs--;
        events.push('job');
        return true;
      },
    };
    const made = new EngineServer(channel.port2, wake as unknown as Wake, line as unknown as CalloutLine);
    // Not `start`: requests come through the wait alone.
    Object.assign(made, {
      engine: engine as unknown as Engine,
      handle: (asked: { id: number }) => events.push(`request ${asked.id}`),
    });
    return made;
  }

  const ask = (...ids: number[]) => {
    for (const id of ids) channel.port1.postMessage({ id, call: { kind: 'query' } });
  };

  it('shouldSleepUntilTheAnswerIsThereAndDropTheCallout', () => {
    assert.deepEqual(server().callout(request(60_000)), { id: 1, response, ms: 7 });
    assert.deepEqual(events, ['sleep 4 500', 'sleep 4 500']);
    assert.equal(dropped, 1);
  });

  it('shouldSleepNoLongerThanUntilItGivesUp', () => {
    server().callout(request(-1600));
    assert.deepEqual(events, ['sleep 4 400', 'sleep 4 400']);
  });

  for (const [timeoutMs, givesUp] of [
    [-2000, true],
    [-1999, false],
    [-2001, true],
  ] as const) {
    it(`shouldGiveUpTwoSecondsAfterTheTimeout: ${timeoutMs}`, () => {
      const result = server().callout(request(timeoutMs));
      const timeout = { response: { ok: false, kind: 'timeout', message: 'Read timed out' }, ms: timeoutMs };
      assert.deepEqual(result, givesUp ? timeout : { id: 1, response, ms: 7 });
      assert.equal(dropped, 1);
    });
  }

  it('shouldServeRequestsBeforeJobsAndOneRequestMoreWhenTheAnswerIsThere', () => {
    ask(1, 2);
    jobs = 1;
    looks = 4;
    server().callout(request(60_000));
    assert.deepEqual(events, ['request 1', 'request 2', 'job']);
    events.length = 0;
    ask(3, 4);
    looks = 1;
    server().callout(request(60_000));
    assert.deepEqual(events, ['request 3']);
  });

  it('shouldServeNothingOnceSomebodyBelowCouldGoOn', () => {
    answered = true;
    ask(1);
    jobs = 1;
    looks = 2;
    server().callout(request(60_000));
    assert.deepEqual(events, ['sleep 4 500', 'request 1'], 'one request, when its own answer is there');
  });

  for (const [at, served] of [
    [23, ['request 1', 'job']],
    [24, ['request 1', 'sleep 4 500']],
    [31, ['request 1', 'sleep 4 500']],
    [32, ['sleep 4 500', 'sleep 4 500']],
    [33, ['sleep 4 500', 'sleep 4 500']],
  ] as const) {
    it(`shouldNest32RequestsAnd24JobsAtMost: ${at}`, () => {
      depth = at;
      ask(1);
      jobs = 1;
      server().callout(request(60_000));
      assert.deepEqual(events, served);
    });
  }
});

describe('the work between requests', () => {
  it('shouldBeOneJobATurnHoweverManyRequestsCome', async () => {
    const channel = new MessageChannel();
    const events: string[] = [];
    let jobs = 6;
    const engine = {
      depth: 0,
      idle: true,
      nextDue: () => null,
      runNext: () => {
        if (jobs === 0) return false;
        jobs--;
        events.push('job');
        return true;
      },
    };
    const server = new EngineServer(channel.port2, null as unknown as Wake, null as unknown as CalloutLine);
    for (const id of [1, 2, 3]) channel.port1.postMessage({ id, call: { kind: 'query' } });
    server.start(engine as unknown as Engine, ({ id }) => events.push(`request ${id}`));
    while (jobs > 0) {
      await nextTurn();
      events.push('turn');
    }
    channel.port1.close();
    assert.deepEqual(
      events.filter((event) => event.startsWith('request')),
      ['request 1', 'request 2', 'request 3'],
    );
    assert.doesNotMatch(events.join(), /job,job/);
  });
});
