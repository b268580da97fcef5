import type { RunningUser } from '../engine/transaction.ts';

/** Asynchronous work that waits for its turn. */
export interface AsyncJob {
  /** AsyncApexJob id (of a firing of scheduled Apex: the CronTrigger id; of the Bulk API: the job's). */
  readonly id: string;
  /** Of scheduled Apex: its AsyncApexJob. */
  readonly record?: string;
  readonly kind: 'queueable' | 'future' | 'batch' | 'scheduled' | 'bulk';
  readonly className: string;
  readonly user: RunningUser;
  /** Milliseconds since 1970 by the org's clock. */
  readonly notBefore: number;
  /** Of AsyncOptions; null for none. */
  readonly signature: string | null;
  /** Runs it to its end in transactions of its own. What Apex throws is thrown after the job's records are written. */
  run(): void;
}

/** The State of a CronTrigger whose job does not fire for now. Source: Object Reference, CronTrigger. */
export const PAUSED = 'PAUSED';

/** Jobs in the order in which they were committed. */
export class JobQueue {
  /** Tells which jobs wait without becoming due. */
  isPaused: (job: AsyncJob) => boolean = () => false;
  private readonly waiting: AsyncJob[] = [];
  private readonly running = new Set<AsyncJob>();
  /** Jobs that wait, and whose turn does not come. */
  private readonly held: AsyncJob[] = [];

  add(job: AsyncJob): void {
    this.waiting.push(job);
  }

  /** The first job whose time has come, marked as running; null for none. */
  take(now: number): AsyncJob | null {
    const index = this.waiting.findIndex((job) => job.notBefore <= now && !this.isPaused(job));
    if (index < 0) return null;
    const [job] = this.waiting.splice(index, 1);
    if (!job) return null;
    this.running.add(job);
    return job;
  }

  /** Lets the jobs wait for good that have been added since the others were pending. */
  holdNew(others: readonly AsyncJob[]): void {
    const known = new Set(others);
    for (const job of this.waiting.filter((waiting) => !known.has(waiting))) {
      this.waiting.splice(this.waiting.indexOf(job), 1);
      this.held.push(job);
    }
  }

  finished(job: AsyncJob): void {
    this.running.delete(job);
  }

  /** True where the job waited and now does not. */
  remove(id: string): boolean {
    for (const jobs of [this.waiting, this.held]) {
      const index = jobs.findIndex((job) => job.id === id);
      if (index < 0) continue;
      jobs.splice(index, 1);
      return true;
    }
    return false;
  }

  hasSignature(signature: string): boolean {
    return this.pending().some((job) => job.signature === signature);
  }

  /** When the next waiting job is due, by the org's clock; null where none waits. */
  nextDue(): number | null {
    let due: number | null = null;
    for (const job of this.waiting) {
      if ((due === null || job.notBefore < due) && !this.isPaused(job)) due = job.notBefore;
    }
    return due;
  }

  pending(): readonly AsyncJob[] {
    return [...this.running, ...this.waiting, ...this.held];
  }
}
