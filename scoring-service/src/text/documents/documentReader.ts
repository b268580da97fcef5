import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { SenselessRequestError } from '../../errors.ts';
import { lateError } from '../../http/deadline.ts';
import type { Deadline } from '../../http/deadline.ts';
import type { documentSchema } from '../../routing/routeSchema.ts';
import type { DocumentJob, DocumentReply } from './documentWorker.ts';

type SentDocument = z.infer<typeof documentSchema>;

export interface DocumentLimits {
  readonly bytes: number;
  readonly pages: number;
  /** Of its text; what is longer is cut. */
  readonly characters: number;
  readonly ms: number;
  /** Of the worker's heap, and by which this process may grow meanwhile. */
  readonly megabytes: number;
  /** Of a DOCX once it is unpacked. */
  readonly unpackedBytes: number;
}

/** What a document may be at the most. A worker that needs more memory or time is ended. */
const DOCUMENT_LIMITS: DocumentLimits = {
  bytes: 2 * 1024 * 1024,
  pages: 50,
  characters: 200_000,
  ms: 4000,
  megabytes: 256,
  unpackedBytes: 20 * 1024 * 1024,
} as const;

const MEMORY_WATCH_MS = 20;

const MEDIA_TYPES: Readonly<Record<string, DocumentJob['kind']>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/plain': 'text',
};

/** Reads the text of documents in a worker of their own, whose end harms nobody: files from outside may be hostile. */
export class DocumentReader {
  #waiting: Promise<unknown> = Promise.resolve();
  readonly #limits: DocumentLimits;
  readonly #worker: URL;

  constructor(limits = DOCUMENT_LIMITS, worker = new URL('./documentWorker.ts', import.meta.url)) {
    this.#limits = limits;
    this.#worker = worker;
  }

  /**
   * The text of all documents of a lead.
   * @throws SenselessRequestError for a kind that is not read, a document above the limits, or a broken one.
   */
  async read(documents: readonly SentDocument[], deadline: Deadline): Promise<string> {
    const jobs = documents.map((document, index) => jobOf(document, index, this.#limits));
    const texts: string[] = [];
    for (const [index, job] of jobs.entries()) {
      // One worker at a time: each may take as much memory as its limit.
      const text = this.#waiting.then(() => this.#readInWorker(job, index, deadline));
      this.#waiting = text.catch(() => undefined);
      texts.push(await text);
    }
    return texts.join('\n');
  }

  #readInWorker(job: DocumentJob, index: number, deadline: Deadline): Promise<string> {
    const leftMs = deadline.endsAt - performance.now();
    if (leftMs <= 0) throw lateError(deadline.ms, 1);
    const { ms, megabytes } = this.#limits;
    const worker = new Worker(this.#worker, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      // What a parser prints would quote the document.
      stdout: true,
      stderr: true,
    });
    const before = process.memoryUsage.rss();
    return new Promise<string>((resolve, reject) => {
      const fail = (detail: string): void => reject(refused(index, 'base64', detail));
      const timer = setTimeout(
        () => (leftMs < ms ? reject(lateError(deadline.ms, 1)) : fail('takes too long to read')),
        Math.min(leftMs, ms),
      );
      // A worker's limit is of its heap only; unpacked bytes lie beside it.
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > megabytes * 2 ** 20) fail('needs too much memory');
      }, MEMORY_WATCH_MS);
      const settle = (act: () => void) => (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        act();
      };
      worker.once('message', (reply: DocumentReply) =>
        settle(() => ('text' in reply ? resolve(reply.text) : fail(reply.refused)))(),
      );
      worker.once(
        'error',
        settle(() => fail('can not be read, or needs too much memory')),
      );
      worker.once(
        'exit',
        settle(() => fail('can not be read')),
      );
    }).finally(() => worker.terminate());
  }
}

function jobOf(document: SentDocument, index: number, limits: DocumentLimits): DocumentJob {
  const mediaType = document.media_type.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = Object.hasOwn(MEDIA_TYPES, mediaType) ? MEDIA_TYPES[mediaType] : undefined;
  if (kind === undefined) {
    throw refused(index, 'media_type', `must be one of ${Object.keys(MEDIA_TYPES).join(', ')}`);
  }
  const bytes = Buffer.from(document.base64, 'base64');
  if (bytes.length === 0) throw refused(index, 'base64', 'is empty or no Base64');
  if (bytes.length > limits.bytes) throw refused(index, 'base64', `must not be above ${limits.bytes} bytes`);
  const { pages, characters, unpackedBytes } = limits;
  return { kind, bytes, pages, characters, unpackedBytes };
}

function refused(index: number, field: string, detail: string): SenselessRequestError {
  return new SenselessRequestError([{ path: `leads[0].documents[${index}].${field}`, detail }]);
}
