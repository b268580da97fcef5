import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction } from '../engine/engineTransaction.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { raise } from '../values/exception.ts';
import { conforms } from '../values/invoke.ts';
import { typeOf } from '../values/typeOf.ts';
import { zoneOf } from '../values/zone.ts';
import { executeBatch } from './batch.ts';
import { checkSchedule } from './schedule.ts';
import { snapshot } from './snapshot.ts';

const MINUTE_MS = 60_000;
/** Source: Object Reference, CronJobDetail, JobType. */
const BATCH_JOB = '9';

export interface BatchSchedule {
  readonly name: string;
  readonly minutesFromNow: number;
  /** Null for the usual size. */
  readonly scopeSize: number | null;
}

/** `System.scheduleBatch`: starts a batch job once, later. Returns the CronTrigger id. */
export function scheduleBatch(engine: Engine, tx: EngineTransaction, batch: object, schedule: BatchSchedule): string {
  const { name, minutesFromNow, scopeSize } = schedule;
  const type = typeOf(batch);
  if (!type || !conforms(type, 'Database.Batchable')) {
    raise('System.AsyncException', `Class ${type?.name ?? 'Object'} must implement the Database.Batchable interface`);
  }
  // unverified: the texts of these two.
  if (minutesFromNow < 1) raise('System.AsyncException', 'Minutes from now must be a positive number');
  if (scopeSize !== null && scopeSize < 1) raise('System.AsyncException', 'Scope size must be a positive number');
  checkSchedule(engine, tx, name);
  const { user } = tx;
  const due = engine.clock.now() + minutesFromNow * MINUTE_MS;
  const { records } = engine;
  const id = records.insertSystem('CronTrigger', {
    CronJobDetailId: records.insertSystem('CronJobDetail', { Name: name, JobType: BATCH_JOB }),
    CronExpression: onceAt(due, user.timeZone),
    State: 'WAITING',
    NextFireTime: new ApexDatetime(due),
    TimesTriggered: 0,
    OwnerId: user.id,
    TimeZoneSidKey: user.timeZone,
    CreatedById: user.id,
    CreatedDate: new ApexDatetime(engine.clock.now()),
  });
  const object = snapshot(batch);
  tx.jobs.push({
    id,
    kind: 'scheduled',
    className: type.name,
    user,
    notBefore: engine.scope.test ? 0 : due,
    signature: `schedule:${name}`,
    run() {
      if (!engine.scope.test) {
        const fields = { TimesTriggered: 1, PreviousFireTime: new ApexDatetime(engine.clock.now()) };
        engine.systemWrite(() =>
          records.updateSystem('CronTrigger', id, { ...fields, NextFireTime: null, State: 'DELETED' }),
        );
      }
      engine.run({ kind: 'scheduled', name: type.name, user, jobId: id }, (inner) =>
        executeBatch(engine, inner, object, scopeSize),
      );
    },
  });
  if (tx.uncommitted === 'none') tx.uncommitted = 'async';
  return id;
}

/** The expression of a schedule that fires once, in the user's time zone. */
function onceAt(utcMs: number, timeZone: string): string {
  const at = new Date(utcMs + zoneOf(timeZone).offset(utcMs));
  const time = `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()}`;
  return `${time} ${at.getUTCDate()} ${at.getUTCMonth() + 1} ? ${at.getUTCFullYear()}`;
}
