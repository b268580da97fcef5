import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express from 'express';
import type { Request, Response } from 'express';
import { lateError } from '../src/http/deadline.ts';
import { Turns } from '../src/http/turns.ts';

/** Sends requests to `take` at once; gives who went on, or with what, in each turn of the event loop. */
async function turnsOf(names: readonly string[], isLate: (name: string) => boolean): Promise<string[][]> {
  const take = new Turns().take();
  const turns: string[][] = [];
  let now: string[] = [];
  for (const name of names) {
    const response = Object.create(express.response) as Response;
    const check = (): void => {
      if (isLate(name)) throw lateError(5, 1);
    };
    response.locals = { deadline: { ms: 5, endsAt: 0, check } };
    void take({} as Request, response, (error?: unknown) => {
      now.push(error === undefined ? name : `${name}: ${String((error as { status?: number }).status)}`);
    });
  }
  assert.deepEqual(now, [], 'nobody goes on in the turn in which all came');
  for (let turn = 0; turn < names.length; turn++) {
    await nextTurn();
    turns.push(now);
    now = [];
  }
  return turns;
}

test('shouldLetOneRequestGoOnInEachTurnInTheOrderInWhichTheyCame', async () => {
  assert.deepEqual(await turnsOf(['a', 'b', 'c'], () => false), [['a'], ['b'], ['c']]);
});

test('shouldRefuseARequestWhoseDeadlinePassedWhileItWaitedAndGoOnWithTheNext', async () => {
  assert.deepEqual(await turnsOf(['a', 'b', 'c'], (name) => name === 'b'), [['a'], ['b: 503'], ['c']]);
});
