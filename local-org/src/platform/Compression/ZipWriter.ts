import AdmZip from 'adm-zip';
import { current } from '../../engine/current.ts';
import { ApexBlob } from '../../values/blob.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { enumValueOf } from '../../values/enum.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { METHODS, methodValue, toArchive, ZipEntry } from './ZipEntry.ts';
import type { ZipMethod } from './ZipEntry.ts';

/** A Compression.ZipWriter. What is written does not depend on its level, which is kept and shown only. */
class ZipWriter {
  static readonly apexName = 'Compression.ZipWriter';
  readonly entries = new Map<string, ZipEntry>();
  method: ZipMethod = 'DEFLATED';
  level = 'DEFAULT_LEVEL';

  /** The text is unverified. @throws Compression.ZipException where there is an entry of this name */
  add(name: string, content: ApexBlob, of: Pick<ZipEntry, 'comment' | 'modified' | 'method'> | null = null): ZipEntry {
    if (this.entries.has(name)) raise('Compression.ZipException', `duplicate entry: ${name}`);
    const entry = new ZipEntry();
    Object.assign(entry, { name, content, comment: of?.comment ?? null, modified: of?.modified ?? null });
    entry.method = of?.method ?? null;
    this.entries.set(name, entry);
    return entry;
  }

  get archive(): ApexBlob {
    const archive = new AdmZip();
    const now = new ApexDatetime(current.tx.services.now());
    for (const { name, content, comment, modified, method } of this.entries.values()) {
      const packed = archive.addFile(name, Buffer.from(content?.bytes ?? []), comment ?? '');
      packed.header.method = METHODS[method ?? this.method];
      packed.header.time = toArchive(modified ?? now);
    }
    return new ApexBlob(new Uint8Array(archive.toBuffer()));
  }
}

export const ZipWriterClass = platformClass('Compression.ZipWriter', {
  'new ()': () => new ZipWriter(),
  'Compression.ZipEntry addEntry(String, Blob)': (writer: ZipWriter, name: string | null, data: ApexBlob | null) =>
    writer.add(required(name), required(data)),
  'Compression.ZipEntry addEntry(Compression.ZipEntry)': (writer: ZipWriter, prototype: ZipEntry | null) => {
    const { name, content, packed } = required(prototype);
    const bytes = content ?? (packed ? new ApexBlob(new Uint8Array(packed.getData())) : null);
    return writer.add(name, required(bytes), prototype);
  },
  'Blob getArchive()': (writer: ZipWriter) => writer.archive,
  'List<Compression.ZipEntry> getEntries()': (writer: ZipWriter) =>
    listOf(current.universe.platform('Compression.ZipEntry'), [...writer.entries.values()]),
  'Compression.ZipEntry getEntry(String)': (writer: ZipWriter, name: string | null) =>
    writer.entries.get(required(name)) ?? null,
  'Compression.Level getLevel()': ({ level }: ZipWriter) =>
    enumValueOf(current.universe.platform('Compression.Level'), level),
  'Compression.Method getMethod()': ({ method }: ZipWriter) => methodValue(method),
  'void removeEntry(String)': (writer: ZipWriter, name: string | null) => void writer.entries.delete(required(name)),
  'Compression.ZipWriter setLevel(Compression.Level)': (writer: ZipWriter, level: ApexEnum | null) =>
    Object.assign(writer, { level: required(level).name }),
  'Compression.ZipWriter setMethod(Compression.Method)': (writer: ZipWriter, method: ApexEnum | null) =>
    Object.assign(writer, { method: required(method).name }),
});
