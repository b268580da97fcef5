import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { Wake } from './wake.ts';
import type {
  EngineCall,
  EngineReply,
  EngineRequest,
  EngineSettings,
  EngineStarted,
  StartProblem,
} from './protocol.ts';

/** Apex may call itself 1,000 deep; V8's default stack does not hold that. */
const STACK_MB = 64;

/** A project that can't be started: what is wrong with it, by file and line. */
export class ProjectProblems extends Error {
  override readonly name = 'ProjectProblems';
  readonly problems: readonly StartProblem[];

  constructor(problems: readonly StartProblem[]) {
    const shown = problems.map(({ file, line, column, message }) => `${file}:${line}:${column ?? 1}: ${message}`);
    super(`the project has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${shown.join('\n')}`);
    this.problems = problems;
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The front's end of the line to the engine's thread. */
export class EngineClient {
  readonly organizationId: string;
  readonly adminUsername: string;
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly wake: Wake;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private closed: Error | null = null;

  private constructor(worker: Worker, port: MessagePort, wake: Wake, started: EngineStarted & { ok: true }) {
    this.worker = worker;
    this.port = port;
    this.wake = wake;
    this.organizationId = started.organizationId;
    this.adminUsername = started.adminUsername;
    port.on('message', (reply: EngineReply) => {
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(reply.value);
      else waiting?.reject(new Error(reply.message));
    });
    worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.fail(new Error(`the engine's thread has ended with code ${code}`)));
  }

  /** Starts the engine's thread and waits until the project is compiled; `report` gets its faults. @throws ProjectProblems */
  static async start(settings: EngineSettings, report: (line: string) => void): Promise<EngineClient> {
    const channel = new MessageChannel();
    const wake = new Wake();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { port: channel.port2, wake: wake.buffer, settings },
      transferList: [channel.port2],
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    worker.on('message', (line: string) => report(line));
    const failed = once(worker, 'error').then(([error]: unknown[]) => {
      throw error;
    });
    const [started] = (await Promise.race([once(channel.port1, 'message'), failed])) as [EngineStarted];
    if (!started.ok) {
      await worker.terminate();
      throw new ProjectProblems(started.problems);
    }
    return new EngineClient(worker, channel.port1, wake, started);
  }

  /** @throws Error where the engine has ended or could not answer. */
  request(call: EngineCall): Promise<unknown> {
    if (this.closed) return Promise.reject(this.closed);
    const request: EngineRequest = { id: ++this.lastId, call };
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      this.port.postMessage(request);
      this.wake.raise();
    });
  }

  async close(): Promise<void> {
    this.fail(new Error('the org is closed'));
    this.port.close();
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.closed ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
