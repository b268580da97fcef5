import { current } from '../../engine/current.ts';
import { raise, required } from '../../values/exception.ts';
import type { AsyncOptions } from './AsyncOptions.ts';

function scheduleBatch(
  batch: object | null,
  name: string | null,
  minutes: number | null,
  scopeSize: number | null,
): string {
  const schedule = { name: required(name), minutesFromNow: required(minutes), scopeSize };
  return current.tx.services.scheduleBatch(required(batch), schedule);
}

/** The members of System.System that need the engine: jobs and what kind of transaction is running. */
export const systemAsyncMembers = {
  'static Id enqueueJob(Object)': (job: object | null) =>
    current.tx.services.enqueueQueueable(required(job), { delayMinutes: 0, signature: null, maximumDepth: null }),
  'static Id enqueueJob(Object, Integer)': (job: object | null, delay: number | null) =>
    current.tx.services.enqueueQueueable(required(job), {
      delayMinutes: required(delay),
      signature: null,
      maximumDepth: null,
    }),
  'static Id enqueueJob(Object, AsyncOptions)': (job: object | null, options: AsyncOptions | null) => {
    const { delayMinutes, duplicateSignature, maximumDepth } = required(options);
    return current.tx.services.enqueueQueueable(required(job), {
      delayMinutes: delayMinutes ?? 0,
      signature: duplicateSignature?.text ?? null,
      maximumDepth,
    });
  },
  'static void attachFinalizer(Finalizer)': (finalizer: object | null) =>
    current.tx.services.attachFinalizer(required(finalizer)),
  'static String schedule(String, String, Object)': (name: string | null, cron: string | null, job: object | null) =>
    current.tx.services.schedule(required(name), required(cron), required(job)),
  'static String scheduleBatch(Object, String, Integer)': (
    batch: object | null,
    name: string | null,
    minutes: number | null,
  ) => scheduleBatch(batch, name, minutes, null),
  'static String scheduleBatch(Object, String, Integer, Integer)': (
    batch: object | null,
    name: string | null,
    minutes: number | null,
    scopeSize: number | null,
  ) => scheduleBatch(batch, name, minutes, required(scopeSize)),
  'static void pauseJobById(String)': (id: string | null) => current.tx.services.setPaused({ id: required(id) }, true),
  'static void pauseJobByName(String)': (name: string | null) =>
    current.tx.services.setPaused({ name: required(name) }, true),
  'static void resumeJobById(String)': (id: string | null) =>
    current.tx.services.setPaused({ id: required(id) }, false),
  'static void resumeJobByName(String)': (name: string | null) =>
    current.tx.services.setPaused({ name: required(name) }, false),
  'static void abortJob(String)': (id: string | null) => current.tx.services.abortJob(required(id)),
  'static Boolean isBatch()': () => current.tx.kind === 'batch',
  'static Boolean isFuture()': () => current.tx.kind === 'future',
  'static Boolean isQueueable()': () => current.tx.kind === 'queueable',
  'static Boolean isScheduled()': () => current.tx.kind === 'scheduled',
  /** The emitter turns the block of `System.runAs(user)` into enterRunAs and exitRunAs. */
  'static void runAs(User)': () => raise('System.UnexpectedException', 'System.runAs needs a block'),
} as const;

export const systemAsyncNotBuilt = ['static Integer purgeOldAsyncJobs(Date)', 'static void runAs(Version)'] as const;
