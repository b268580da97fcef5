import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { CalloutLine } from './callouts/line.ts';
import type { Engine } from './engine.ts';
import type { EngineReply, EngineRequest } from './protocol.ts';
import type { OutboundRequest, OutboundResponse } from './services.ts';
import type { Wake } from './wake.ts';

/** Transactions on one stack at most; jobs leave room for requests, so that a slow service does not block the API. */
const DEEPEST = 32;
const DEEPEST_FOR_JOBS = 24;
/** The callout thread keeps the time; should it have died, Apex waits no longer than this beyond it. */
const GRACE_MS = 2000;
/** Real time between two looks at the clock, which faults may move. */
const LONGEST_SLEEP_MS = 500;

/**
 * The engine's thread: requests come in over a port and are served one at a time, asynchronous work runs between them.
 * While Apex waits for a callout, further requests and jobs are served nested on its stack.
 */
export class EngineServer {
  private readonly port: MessagePort;
  private readonly wake: Wake;
  private readonly line: CalloutLine;
  private engine: Engine | null = null;
  private handle: (request: EngineRequest) => unknown = () => null;
  private readonly waitingForIdle: EngineRequest[] = [];
  private timer: NodeJS.Timeout | null = null;
  private pumping = false;

  constructor(port: MessagePort, wake: Wake, line: CalloutLine) {
    this.port = port;
    this.wake = wake;
    this.line = line;
  }

  /** Starts to serve. `handle` answers a request, in a transaction of its own where it needs one. */
  start(engine: Engine, handle: (request: EngineRequest) => unknown): void {
    this.engine = engine;
    this.handle = handle;
    this.port.on('message', (request: EngineRequest) => {
      this.serve(request);
      this.pump();
    });
    this.pump();
  }

  /**
   * Sends a callout and serves others until its answer has come. Then at most one request more is served before Apex goes
   * on: where many jobs wait for a slow service, their ends come one after another, and reads should not wait for them all.
   */
  readonly callout = (request: OutboundRequest): { readonly response: OutboundResponse; readonly ms: number } => {
    const pending = this.line.send(request);
    const giveUp = performance.now() + request.timeoutMs + GRACE_MS;
    try {
      for (;;) {
        const seen = this.wake.seen();
        this.line.collect();
        if (pending.answer) {
          this.serveRequest();
          return pending.answer;
        }
        const left = giveUp - performance.now();
        if (left <= 0) {
          const response: OutboundResponse = { ok: false, kind: 'timeout', message: 'Read timed out' };
          return { response, ms: request.timeoutMs };
        }
        if (this.serveNested()) continue;
        this.wake.wait(seen, Math.min(left, LONGEST_SLEEP_MS));
      }
    } finally {
      this.line.drop(pending);
    }
  };

  /** One request or job on top of the waiting stack; none once somebody below could go on. */
  private serveNested(): boolean {
    const { engine } = this;
    if (!engine || this.line.answered) return false;
    if (this.serveRequest()) return true;
    return engine.depth < DEEPEST_FOR_JOBS && engine.runNext();
  }

  private serveRequest(): boolean {
    if (!this.engine || this.engine.depth >= DEEPEST) return false;
    const received = receiveMessageOnPort(this.port);
    if (received) this.serve(received.message as EngineRequest);
    return received !== undefined;
  }

  private serve(request: EngineRequest): void {
    if (request.call.kind === 'idle') {
      this.waitingForIdle.push(request);
      return;
    }
    let reply: EngineReply;
    try {
      reply = { id: request.id, ok: true, value: this.handle(request) };
    } catch (error) {
      reply = { id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    this.port.postMessage(reply);
  }

  /** Runs work that waits, one transaction an iteration of the event loop, so that requests come in between. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      const { engine } = this;
      if (!engine) return;
      if (engine.runNext()) {
        this.pump();
        return;
      }
      if (engine.idle) this.answerIdle();
      this.sleepUntilDue(engine);
    });
  }

  private answerIdle(): void {
    for (const request of this.waitingForIdle.splice(0)) {
      const reply: EngineReply = { id: request.id, ok: true, value: null };
      this.port.postMessage(reply);
    }
  }

  private sleepUntilDue(engine: Engine): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const due = engine.nextDue();
    if (due === null) return;
    const ms = Math.max(1, Math.min(due - engine.clock.now(), LONGEST_SLEEP_MS));
    this.timer = setTimeout(() => this.pump(), ms);
    this.timer.unref();
  }
}
