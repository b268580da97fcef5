import { randomUUID } from 'node:crypto';
import { hashOfText } from '../../values/equality.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

/** A System.UUID. */
export class ApexUUID {
  static readonly apexName = 'System.UUID';
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get valueKey(): string {
    return `\0uuid${this.text}`;
  }

  toString(): string {
    return this.text;
  }
}

const FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const UUIDClass = platformClass('System.UUID', {
  'static UUID fromString(String)': (text: string | null) => {
    const lower = required(text).toLowerCase();
    // unverified: the text.
    return FORM.test(lower)
      ? new ApexUUID(lower)
      : raise('System.IllegalArgumentException', `Invalid UUID string: ${text}`);
  },
  'static UUID randomUUID()': () => new ApexUUID(randomUUID()),
  'Boolean equals(Object)': (uuid: ApexUUID, other: unknown) => other instanceof ApexUUID && other.text === uuid.text,
  'Integer hashCode()': (uuid: ApexUUID) => hashOfText(uuid.text),
  'String toString()': (uuid: ApexUUID) => uuid.text,
});
