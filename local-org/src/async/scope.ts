import type { TestState } from '../engine/transaction.ts';
import { EventBus } from './eventBus.ts';
import { JobQueue } from './jobQueue.ts';

/** Where committed transactions leave their asynchronous work: one for the org, and one for each test method. */
export class AsyncScope {
  readonly jobs = new JobQueue();
  readonly bus = new EventBus();
  readonly test: TestState | null;

  constructor(test: TestState | null) {
    this.test = test;
  }
}
