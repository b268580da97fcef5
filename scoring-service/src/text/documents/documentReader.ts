import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { SenselessRequestError } from '../../errors.ts';
import { lateError } from '../../http/deadline.ts';
import type { Deadline } from '../../http/deadline.ts';
import type { documentSchema } from '../../routing/routeSchema.ts';
import type { DocumentJob, DocumentReply } from './documentWorker.ts';

type SentDocument = z.infer<typeof documentSchema>;

/** What a document may be at the most. A worker that needs more memory or time is ended. */
export const DOCUMENT_LIMITS = {
  bytes: 2 * 1024 * 1024,
  pages: 50,
  characters: 200_000,
  ms: 4000,
  megabytes: 256,
} as const;

const MEDIA_TYPES: Readonly<Record<string, DocumentJob['kind']>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/plain': 'text',
};

/** Reads the text of documents in a worker of their own, whose end harms nobody: files from outside may be hostile. */
export class DocumentReader {
  #waiting: Promise<unknown> = Promise.resolve();

  /**
   * The text of all documents of a lead.
   * @throws SenselessRequestError for a kind that is not read, a document above the limits, or a broken one.
   */
  async read(documents: readonly SentDocument[], deadline: Deadline): Promise<string> {
    const jobs = documents.map(jobOf);
    const texts: string[] = [];
    for (const [index, job] of jobs.entries()) {
      // One worker at a time: each may take as much memory as its limit.
      const text = this.#waiting.then(() => readInWorker(job, index, deadline));
      this.#waiting = text.catch(() => undefined);
      texts.push(await text);
    }
    return texts.join('\n');
  }
}

function jobOf(document: SentDocument, index: number): DocumentJob {
  const mediaType = document.media_type.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = Object.hasOwn(MEDIA_TYPES, mediaType) ? MEDIA_TYPES[mediaType] : undefined;
  if (kind === undefined) {
    throw refused(index, 'media_type', `must be one of ${Object.keys(MEDIA_TYPES).join(', ')}`);
  }
  const bytes = Buffer.from(document.base64, 'base64');
  if (bytes.length === 0) throw refused(index, 'base64', 'is empty or no Base64');
  if (bytes.length > DOCUMENT_LIMITS.bytes) {
    throw refused(index, 'base64', `must not be above ${DOCUMENT_LIMITS.bytes} bytes`);
  }
  return { kind, bytes, pages: DOCUMENT_LIMITS.pages, characters: DOCUMENT_LIMITS.characters };
}

function readInWorker(job: DocumentJob, index: number, deadline: Deadline): Promise<string> {
  const leftMs = deadline.endsAt - performance.now();
  if (leftMs <= 0) throw lateError(deadline.ms, 1);
  const worker = new Worker(new URL('./documentWorker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: DOCUMENT_LIMITS.megabytes },
    // What a parser prints would quote the document.
    stdout: true,
    stderr: true,
  });
  return new Promise<string>((resolve, reject) => {
    const isCaller = leftMs < DOCUMENT_LIMITS.ms;
    const timer = setTimeout(
      () => reject(isCaller ? lateError(deadline.ms, 1) : refused(index, 'base64', 'takes too long to read')),
      Math.min(leftMs, DOCUMENT_LIMITS.ms),
    );
    worker.once('message', (reply: DocumentReply) => {
      clearTimeout(timer);
      if ('text' in reply) resolve(reply.text);
      else reject(refused(index, 'base64', reply.refused));
    });
    worker.once('error', () => {
      clearTimeout(timer);
      reject(refused(index, 'base64', 'can not be read, or needs too much memory'));
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(refused(index, 'base64', 'can not be read'));
    });
  }).finally(() => worker.terminate());
}

function refused(index: number, field: string, detail: string): SenselessRequestError {
  return new SenselessRequestError([{ path: `leads[0].documents[${index}].${field}`, detail }]);
}
