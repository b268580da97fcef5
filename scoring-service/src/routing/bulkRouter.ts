import { Worker } from 'node:worker_threads';
import { lateError } from '../http/deadline.ts';
import type { Deadline } from '../http/deadline.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { BulkJob, BulkReply } from './bulkWorker.ts';
import { pairsOf } from './preparedRequest.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import { routeLeads } from './routeLeads.ts';
import type { Decided, Prices } from './routeLeads.ts';

/** More pairs than these would keep others waiting. */
const MOST_PAIRS_HERE = 20_000;

interface Waiting {
  resolve(decided: Decided): void;
  reject(error: Error): void;
}

/** Decides large requests in a worker, so that small ones need not wait for them. The worker starts with the first. */
export class BulkRouter {
  #worker: Worker | null = null;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Decides a request here, or in the worker where that would keep others waiting. @throws as `inWorker` */
  route(request: PreparedRequest, model: ServedModel, prices: Prices, deadline: Deadline): Promise<Decided> {
    return pairsOf(request) > MOST_PAIRS_HERE
      ? this.inWorker(request, model, prices, deadline)
      : routeLeads(request, model, prices, deadline.check);
  }

  /** As `routeLeads`, in the worker. @throws UnavailableError if the deadline passes first. */
  async inWorker(request: PreparedRequest, model: ServedModel, prices: Prices, deadline: Deadline): Promise<Decided> {
    const id = this.#next++;
    const leftMs = deadline.endsAt - performance.now();
    const job: BulkJob = { id, request, prices, manifestFile: model.manifestFile, sha256: model.sha256, leftMs };
    const decided = new Promise<Decided>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#running().postMessage(job);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(lateError(deadline.ms, 1)), Math.max(0, leftMs));
    });
    try {
      return await Promise.race([decided, late]);
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('./bulkWorker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    });
    worker.on('message', (reply: BulkReply) => {
      const waiting = this.#waiting.get(reply.id);
      if ('decided' in reply) waiting?.resolve(reply.decided);
      else waiting?.reject(reply.isLate ? lateError(reply.deadlineMs, 1) : new Error(reply.error));
    });
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#worker = null;
      this.#failAll(new Error('The worker for large requests ended.'));
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
