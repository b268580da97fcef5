import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'jsforce';
import { insertAll, insertOne } from '../org/connection.ts';
import type { NewRecord } from '../org/connection.ts';
import { finishedJobs } from '../org/localJobs.ts';
import type { UsedLimits } from '../org/localJobs.ts';
import { watchOwners } from './ownerWatch.ts';
import { highest, percentile } from './summary.ts';

/** Where leads are inserted, and until when they are waited for. */
export interface Target {
  readonly connection: Connection;
  readonly orgUrl: string;
  /** performance.now() */
  readonly giveUpAt: number;
}

/** What was measured while leads were inserted one by one. */
export interface SingleInserts {
  readonly ids: readonly string[];
  /** Milliseconds from each insert call to a read that showed its owner; leads that got none are left out. */
  readonly latencies: readonly number[];
  /** Seconds until the last insert call was answered. */
  readonly insertSeconds: number;
  /** Seconds until the last of them was decided. */
  readonly decidedSeconds: number;
  /** Milliseconds of REST reads until then. */
  readonly reads: { readonly count: number; readonly p95: number | null; readonly max: number | null };
  readonly limits: UsedLimits | null;
}

const JOB = 'RoutingJob';
const POLL_MS = 5;
const READ_EVERY_MS = 25;

/**
 * Inserts leads one by one. With `oneAtATime` each is waited for before the next is sent, so that every job has one
 * lead and latencies are those of a quiet org; else they are sent as fast as the org answers.
 */
export async function insertSingles(
  target: Target,
  leads: readonly NewRecord[],
  oneAtATime: boolean,
): Promise<SingleInserts> {
  const mark = await lastJob(target);
  const watch = watchOwners(target.connection, oneAtATime ? POLL_MS : 10 * POLL_MS);
  const giveUp = setTimeout(() => watch.close(), Math.max(0, target.giveUpAt - performance.now()));
  const reads = probeReads(target.connection);
  const started = performance.now();
  const ids: string[] = [];
  const decided: Promise<number | null>[] = [];
  for (const lead of leads) {
    const sentAt = performance.now();
    const id = await insertOne(target.connection, 'Lead', lead);
    ids.push(id);
    const decision = watch.track(id, sentAt);
    decided.push(decision);
    if (oneAtATime) await decision;
  }
  const insertSeconds = secondsSince(started);
  const latencies = (await Promise.all(decided)).filter((ms) => ms !== null);
  const readTimes = await reads.stop();
  clearTimeout(giveUp);
  watch.close();
  return {
    ids,
    latencies,
    insertSeconds,
    decidedSeconds: secondsSince(started),
    reads: { count: readTimes.length, p95: percentile(readTimes, 0.95), max: percentile(readTimes, 1) },
    limits: await limitsSince(target, mark),
  };
}

/** Inserts up to 200 leads with one call and waits until they are decided. */
export async function insertBatch(
  target: Target,
  leads: readonly NewRecord[],
): Promise<{ ids: readonly string[]; limits: UsedLimits | null }> {
  const mark = await lastJob(target);
  const ids = await insertAll(target.connection, 'Lead', leads);
  await untilDecided(target);
  return { ids, limits: await limitsSince(target, mark) };
}

/** Waits until no lead of the org is pending; answers how many are when the time is over. */
export async function untilDecided({ connection, giveUpAt }: Target): Promise<number> {
  for (;;) {
    const pending = await connection.query("SELECT COUNT() FROM Lead WHERE AI_Routing_Status__c = 'Pending'");
    if (pending.totalSize === 0 || performance.now() > giveUpAt) return pending.totalSize;
    await delay(100);
  }
}

async function lastJob({ orgUrl }: Target): Promise<number> {
  const jobs = await finishedJobs(orgUrl, JOB, 0);
  return jobs.at(-1)?.id ?? 0;
}

async function limitsSince({ orgUrl }: Target, mark: number): Promise<UsedLimits | null> {
  const jobs = await finishedJobs(orgUrl, JOB, mark);
  return highest(jobs.map(({ used }) => ({ ...used })));
}

/** Reads one record over and over, as somebody who opens a page does. */
function probeReads(connection: Connection): { stop(): Promise<number[]> } {
  const times: number[] = [];
  let isStopped = false;
  const reading = (async () => {
    while (!isStopped) {
      const started = performance.now();
      await connection.query('SELECT Id, Name FROM Account ORDER BY Name LIMIT 1');
      times.push(performance.now() - started);
      await delay(READ_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await reading;
      return times;
    },
  };
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}
