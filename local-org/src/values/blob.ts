import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';

/** Binary data. Nobody writes to `bytes`. */
export class ApexBlob {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get $type(): Type {
    return current.universe.Blob;
  }

  /** What printing shows: the size, not the content. */
  toString(): string {
    return `Blob[${this.bytes.length}]`;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function blobFromText(text: string): ApexBlob {
  return new ApexBlob(encoder.encode(text));
}

/** The text whose UTF-8 these bytes are. @throws System.StringException where they are not. */
export function blobText(blob: ApexBlob): string {
  try {
    return decoder.decode(blob.bytes);
  } catch {
    return raise('System.StringException', 'BLOB is not a valid UTF-8 string');
  }
}

export function blobEquals(a: ApexBlob, b: ApexBlob): boolean {
  return Buffer.compare(a.bytes, b.bytes) === 0;
}

export function base64Of(blob: ApexBlob): string {
  return Buffer.from(blob.bytes.buffer, blob.bytes.byteOffset, blob.bytes.byteLength).toString('base64');
}

export function hexOf(blob: ApexBlob): string {
  return Buffer.from(blob.bytes.buffer, blob.bytes.byteOffset, blob.bytes.byteLength).toString('hex');
}
