import type { Engine } from '../engine/engine.ts';
import { raise } from '../values/exception.ts';
import { toId } from '../values/id.ts';
import { PAUSED } from './jobQueue.ts';

/** How a scheduled job is named: by the CronTrigger's id, or by the name that it was scheduled with. */
export type ScheduleKey = { readonly id: string } | { readonly name: string };

/**
 * `System.pauseJobById`, `resumeJobById` and their kin. A paused job keeps its schedule and does not fire; what it has
 * missed it does once when it is resumed (unverified). The texts of the refusals are unverified.
 *
 * @throws System.AsyncException where no such job is scheduled
 */
export function setPaused(engine: Engine, key: ScheduleKey, paused: boolean): void {
  const id = 'id' in key ? toId(key.id) : idOf(engine, key.name);
  const trigger = id === null ? null : engine.records.readSystem('CronTrigger', id);
  if (!trigger || id === null || trigger['State'] === 'DELETED') {
    raise('System.AsyncException', `There is no scheduled job ${'id' in key ? key.id : key.name}`);
  }
  if (!paused && trigger['State'] !== PAUSED) return;
  engine.records.updateSystem('CronTrigger', id, { State: paused ? PAUSED : 'WAITING' });
}

function idOf(engine: Engine, name: string): string | null {
  const { jobs } = engine.transaction.scope;
  const waiting = [...jobs.pending(), ...engine.transaction.jobs];
  return waiting.find((job) => job.signature === `schedule:${name}`)?.id ?? null;
}
