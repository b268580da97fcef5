import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction } from '../engine/engineTransaction.ts';
import type { RunningUser } from '../engine/transaction.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { raise } from '../values/exception.ts';
import { conforms } from '../values/invoke.ts';
import { typeOf } from '../values/typeOf.ts';
import { zoneOf } from '../values/zone.ts';
import { SchedulableContext } from './contexts.ts';
import { CronProblem, parseCron } from './cron.ts';
import type { Cron } from './cron.ts';
import type { AsyncJob } from './jobQueue.ts';
import { ended, insertJobRecord, updateJobRecord } from './jobRecords.ts';
import { snapshot } from './snapshot.ts';

/** Source: Apex Developer Guide, Apex Scheduler. */
const MOST_SCHEDULED = 100;
const NO_CALLOUT = 'Callout from scheduled Apex not supported.';

interface ScheduleRun {
  readonly engine: Engine;
  /** Of its CronTrigger. */
  readonly id: string;
  /** Of its AsyncApexJob. */
  readonly record: string;
  readonly name: string;
  readonly className: string;
  readonly user: RunningUser;
  readonly object: object;
  readonly cron: Cron;
  fired: number;
}

/** `System.schedule`: returns the CronTrigger id. */
export function schedule(
  engine: Engine,
  tx: EngineTransaction,
  name: string,
  expression: string,
  schedulable: object,
): string {
  const type = typeOf(schedulable);
  if (!type || !conforms(type, 'System.Schedulable')) {
    raise('System.AsyncException', `Class ${type?.name ?? 'Object'} must implement the Schedulable interface`);
  }
  const cron = cronOf(expression);
  checkSchedule(engine, tx, name);
  const user = tx.user;
  const first = cron.next(engine.clock.now(), offsetOf(user));
  if (first === null) {
    raise('System.AsyncException', 'Based on configured schedule, the given trigger will never fire.');
  }
  const { records } = engine;
  const detail = records.insertSystem('CronJobDetail', { Name: name, JobType: '7' });
  const id = records.insertSystem('CronTrigger', {
    CronJobDetailId: detail,
    CronExpression: expression,
    State: 'WAITING',
    NextFireTime: new ApexDatetime(first),
    TimesTriggered: 0,
    OwnerId: user.id,
    TimeZoneSidKey: user.timeZone,
    CreatedById: user.id,
    CreatedDate: new ApexDatetime(engine.clock.now()),
  });
  const job = { type: 'ScheduledApex', className: type.name, cronTriggerId: id, userId: user.id } as const;
  const run: ScheduleRun = {
    engine,
    id,
    record: insertJobRecord(engine, job),
    name,
    className: type.name,
    user,
    object: snapshot(schedulable) as object,
    cron,
    fired: 0,
  };
  tx.jobs.push(firing(run, first));
  if (tx.uncommitted === 'none') tx.uncommitted = 'async';
  return id;
}

/** @throws System.AsyncException where a job of this name is scheduled; System.LimitException where there are 100. */
export function checkSchedule(engine: Engine, tx: EngineTransaction, name: string): void {
  // One that runs may have ended its own schedule.
  const scheduled = [...tx.scope.jobs.pending(), ...tx.jobs].filter(
    (job) => job.kind === 'scheduled' && engine.records.readSystem('CronTrigger', job.id) !== null,
  );
  if (scheduled.length >= MOST_SCHEDULED) {
    raise('System.LimitException', 'You have exceeded the maximum number (100) of Apex scheduled jobs.');
  }
  if (scheduled.some((job) => job.signature === `schedule:${name}`)) {
    raise('System.AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
  }
}

function cronOf(expression: string): Cron {
  try {
    return parseCron(expression);
  } catch (error) {
    if (error instanceof CronProblem) return raise('System.StringException', error.message);
    throw error;
  }
}

function offsetOf(user: RunningUser): (utcMs: number) => number {
  const zone = zoneOf(user.timeZone);
  return (utcMs) => zone.offset(utcMs);
}

/** Notes that a schedule fired, and makes the next firing wait. */
function fired(run: ScheduleRun, at: number): void {
  const { engine, id, record, user } = run;
  const started = engine.clock.now();
  const next = run.cron.next(Math.max(at, started), offsetOf(user));
  engine.systemWrite(() =>
    engine.records.updateSystem('CronTrigger', id, {
      TimesTriggered: run.fired,
      PreviousFireTime: new ApexDatetime(started),
      NextFireTime: next === null ? null : new ApexDatetime(next),
      State: next === null ? 'DELETED' : 'WAITING',
    }),
  );
  if (next !== null) engine.scope.jobs.add(firing(run, next));
  else updateJobRecord(engine, record, ended(engine, null));
}

/** In a test a scheduled job runs once, when the test stops, whatever its time. */
function firing(run: ScheduleRun, at: number): AsyncJob {
  const { engine, id, record, name, className, user } = run;
  return {
    id,
    record,
    kind: 'scheduled',
    className,
    user,
    notBefore: engine.scope.test ? 0 : at,
    signature: `schedule:${name}`,
    run() {
      run.fired++;
      // A test runs the job but its schedule does not fire: its record stays as it was.
      if (!engine.scope.test) fired(run, at);
      engine.run({ kind: 'scheduled', name: className, user, jobId: id, calloutsRefused: NO_CALLOUT }, () =>
        engine.program.call(run.object, 'execute', [new SchedulableContext(id)]),
      );
    },
  };
}
