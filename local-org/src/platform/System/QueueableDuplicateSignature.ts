import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

/** Bytes of a signature. Source: Apex Reference, QueueableDuplicateSignature.Builder. */
const MOST_BYTES = 80;

/** What makes two queueable jobs the same. */
export class QueueableDuplicateSignature {
  static readonly apexName = 'System.QueueableDuplicateSignature';
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** Collects the parts of a signature. */
class Builder {
  static readonly apexName = 'System.QueueableDuplicateSignature.Builder';
  private readonly parts: string[] = [];

  get size(): number {
    return this.parts.reduce((sum, part) => sum + Buffer.byteLength(part.slice(2)), 0);
  }

  /** Parts of different types differ: 1 and '1' are two signatures. */
  add(kind: 'i' | 's' | 'n', text: string): this {
    if (this.size + Buffer.byteLength(text) > MOST_BYTES) {
      raise('System.IllegalArgumentException', `A signature has at most ${MOST_BYTES} bytes`);
    }
    this.parts.push(`${kind}:${text}`);
    return this;
  }

  build(): QueueableDuplicateSignature {
    return new QueueableDuplicateSignature(JSON.stringify(this.parts));
  }
}

export const QueueableDuplicateSignatureClass = platformClass('System.QueueableDuplicateSignature', {
  'static QueueableDuplicateSignature.Builder Builder()': () => new Builder(),
  'String toString()': (signature: QueueableDuplicateSignature) => signature.text,
});

export const BuilderClass = platformClass('System.QueueableDuplicateSignature.Builder', {
  'new ()': () => new Builder(),
  'QueueableDuplicateSignature.Builder addId(Id)': (builder: Builder, id: string | null) =>
    builder.add('i', required(id)),
  'QueueableDuplicateSignature.Builder addInteger(Integer)': (builder: Builder, value: number | null) =>
    builder.add('n', String(required(value))),
  'QueueableDuplicateSignature.Builder addString(String)': (builder: Builder, text: string | null) =>
    builder.add('s', required(text)),
  'QueueableDuplicateSignature build()': (builder: Builder) => builder.build(),
  'Integer getMaxSize()': (_builder: Builder) => MOST_BYTES,
  'Integer getRemainingSize()': (builder: Builder) => MOST_BYTES - builder.size,
  'Integer getSize()': (builder: Builder) => builder.size,
});
