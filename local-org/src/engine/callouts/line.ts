import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { OutboundRequest, OutboundResponse } from '../services.ts';
import type { Wake } from '../wake.ts';

export type CalloutMessage =
  { readonly kind: 'send'; readonly id: number; readonly request: OutboundRequest } | { readonly kind: 'close' };

export interface CalloutAnswer {
  readonly id: number;
  readonly response: OutboundResponse;
  /** From sending until the whole answer was there. */
  readonly ms: number;
}

/** A callout that Apex waits for. */
export interface PendingCallout {
  readonly id: number;
  answer: CalloutAnswer | null;
}

/** The engine's end of the line to the callout thread. */
export class CalloutLine {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly pending = new Map<number, PendingCallout>();
  private lastId = 0;

  constructor(wake: Wake) {
    const channel = new MessageChannel();
    this.port = channel.port1;
    this.port.unref();
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { port: channel.port2, wake: wake.buffer },
      transferList: [channel.port2],
    });
    this.worker.unref();
  }

  send(request: OutboundRequest): PendingCallout {
    const pending: PendingCallout = { id: ++this.lastId, answer: null };
    this.pending.set(pending.id, pending);
    const message: CalloutMessage = { kind: 'send', id: pending.id, request };
    this.port.postMessage(message);
    return pending;
  }

  /** Gives every answer that has come to the callout that waits for it; those that nobody waits for are dropped. */
  collect(): void {
    for (let received = receiveMessageOnPort(this.port); received; received = receiveMessageOnPort(this.port)) {
      const answer = received.message as CalloutAnswer;
      const pending = this.pending.get(answer.id);
      if (pending) pending.answer = answer;
    }
  }

  /** Nobody waits for it any more. */
  drop(pending: PendingCallout): void {
    this.pending.delete(pending.id);
  }

  /** True where an answer has come for a callout that still waits. */
  get answered(): boolean {
    for (const pending of this.pending.values()) if (pending.answer) return true;
    return false;
  }

  async close(): Promise<void> {
    const message: CalloutMessage = { kind: 'close' };
    this.port.postMessage(message);
    this.port.close();
    await this.worker.terminate();
  }
}
