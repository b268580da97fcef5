import { parentPort, workerData } from 'node:worker_threads';
import { unpackedSize } from './zipSize.ts';

/** A document to be read: at most so many pages, of which at most so many characters are kept. */
export interface DocumentJob {
  readonly kind: 'pdf' | 'docx' | 'text';
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly characters: number;
  readonly unpackedBytes: number;
}

export type DocumentReply = { readonly text: string } | { readonly refused: string };

class RefusedError extends Error {}

if (parentPort === null) throw new Error('documentWorker.ts is a worker and not started by itself.');
parentPort.postMessage(await reply(workerData as DocumentJob));

async function reply(job: DocumentJob): Promise<DocumentReply> {
  try {
    return { text: (await textOf(job)).slice(0, job.characters) };
  } catch (error) {
    // A parser's message may quote the document.
    return { refused: error instanceof RefusedError ? error.message : 'can not be read as what it is declared to be' };
  }
}

async function textOf({ kind, bytes, pages, characters, unpackedBytes }: DocumentJob): Promise<string> {
  if (kind === 'text') return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (kind === 'docx') {
    if (unpackedSize(bytes, unpackedBytes) > unpackedBytes) {
      throw new RefusedError(`must not be above ${unpackedBytes} bytes when it is unpacked`);
    }
    const { default: mammoth } = await import('mammoth');
    return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
  }
  const { getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  if (pdf.numPages > pages) throw new RefusedError(`must not have more than ${pages} pages`);
  const texts: string[] = [];
  let length = 0;
  for (let number = 1; number <= pdf.numPages && length < characters; number++) {
    const content = await (await pdf.getPage(number)).getTextContent();
    const text = content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    texts.push(text);
    length += text.length;
  }
  return texts.join('\n');
}
