import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuNow } from '../../src/engine/cpuClock.ts';

describe('cpuNow', () => {
  it('shouldCountWorkAndNotWaiting', () => {
    const before = cpuNow();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    const waited = cpuNow() - before;
    assert.ok(waited < 200, `waiting for 400 ms used ${waited} ms`);
    const start = cpuNow();
    // A clock that stands still would never let this end, and the test would say so.
    for (let turns = 0; cpuNow() - start < 20 && turns < 1e7; turns++);
    assert.ok(cpuNow() - start >= 20);
  });
});
