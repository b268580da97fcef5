import AdmZip from 'adm-zip';
import { current } from '../../engine/current.ts';
import { ApexBlob } from '../../values/blob.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { enumValueOf } from '../../values/enum.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { hashOf } from '../../values/equality.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

export type ZipMethod = 'DEFLATED' | 'STORED';

/** Numbers of the methods in an archive. Source: PKWARE APPNOTE, section 4.4.5. */
export const METHODS: Readonly<Record<ZipMethod, number>> = { STORED: 0, DEFLATED: 8 };

/** A Compression.ZipEntry: of an archive that is read, or to be written. */
export class ZipEntry {
  static readonly apexName = 'Compression.ZipEntry';
  name = '';
  comment: string | null = null;
  content: ApexBlob | null = null;
  modified: ApexDatetime | null = null;
  method: ZipMethod | null = null;
  /** Of an archive that is read; null before it is written. */
  readonly packed: AdmZip.IZipEntry | null;

  constructor(packed: AdmZip.IZipEntry | null = null) {
    this.packed = packed;
    if (!packed) return;
    this.name = packed.entryName;
    this.comment = packed.comment === '' ? null : packed.comment;
    this.method = packed.header.method === METHODS.STORED ? 'STORED' : 'DEFLATED';
    this.modified = new ApexDatetime(fromArchive(packed.header.time));
  }
}

/** Archives keep local times without a zone: here those of UTC. adm-zip takes and gives them in the machine's zone. */
function fromArchive(local: Date): number {
  return Date.UTC(
    local.getFullYear(),
    local.getMonth(),
    local.getDate(),
    local.getHours(),
    local.getMinutes(),
    local.getSeconds(),
  );
}

/** The machine's local time that shows what UTC shows at this instant. */
export function toArchive({ ms }: ApexDatetime): Date {
  const at = new Date(ms);
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  );
}

const long = (value: number | undefined): bigint | null => (value === undefined ? null : BigInt(value));

export const ZipEntryClass = platformClass('Compression.ZipEntry', {
  'new ()': () => new ZipEntry(),
  'Boolean equals(Object)': (entry: ZipEntry, other: unknown) => entry === other,
  'Integer hashcode()': (entry: ZipEntry) => hashOf(entry.name),
  'String getComment()': (entry: ZipEntry) => entry.comment,
  'Long getCompressedSize()': ({ packed }: ZipEntry) => long(packed?.header.compressedSize),
  'Blob getContent()': (entry: ZipEntry) => entry.content,
  'Long getCrc()': ({ packed }: ZipEntry) => long(packed?.header.crc),
  'Datetime getLastModifiedTime()': (entry: ZipEntry) => entry.modified,
  'Compression.Method getMethod()': ({ method }: ZipEntry) => method && methodValue(method),
  'String getName()': (entry: ZipEntry) => entry.name,
  'Long getUncompressedSize()': ({ packed, content }: ZipEntry) => long(packed?.header.size ?? content?.bytes.length),
  'Compression.ZipEntry setComment(String)': (entry: ZipEntry, comment: string | null) =>
    Object.assign(entry, { comment }),
  'Compression.ZipEntry setContent(Blob)': (entry: ZipEntry, content: ApexBlob | null) =>
    Object.assign(entry, { content: required(content) }),
  'Compression.ZipEntry setLastModifiedTime(Datetime)': (entry: ZipEntry, modified: ApexDatetime | null) =>
    Object.assign(entry, { modified }),
  'Compression.ZipEntry setMethod(Compression.Method)': (entry: ZipEntry, method: ApexEnum | null) =>
    Object.assign(entry, { method: required(method).name }),
  'String toString()': (entry: ZipEntry) => entry.name,
});

export function methodValue(method: ZipMethod): ApexEnum {
  return enumValueOf(current.universe.platform('Compression.Method'), method);
}
