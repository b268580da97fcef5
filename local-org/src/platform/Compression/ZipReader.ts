import AdmZip from 'adm-zip';
import { current } from '../../engine/current.ts';
import { ApexBlob } from '../../values/blob.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf, stringList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import { platformClass } from '../define.ts';
import { ZipEntry } from './ZipEntry.ts';

/** A Compression.ZipReader. The texts of its exceptions are unverified. */
class ZipReader {
  static readonly apexName = 'Compression.ZipReader';
  readonly entries: ReadonlyMap<string, ZipEntry>;

  /** @throws Compression.ZipException where the bytes are no archive */
  constructor(archive: ApexBlob) {
    try {
      const packed = new AdmZip(Buffer.from(archive.bytes)).getEntries();
      this.entries = new Map(packed.map((entry) => [entry.entryName, new ZipEntry(entry)]));
    } catch (error) {
      raise(
        'Compression.ZipException',
        `Invalid zip archive: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** The content of an entry. @throws Compression.ZipException where it is not there or is damaged */
  extract(name: string): ApexBlob {
    const packed = this.entries.get(name)?.packed;
    if (!packed) return raise('Compression.ZipException', `No such entry: ${name}`);
    try {
      return new ApexBlob(new Uint8Array(packed.getData()));
    } catch (error) {
      return raise('Compression.ZipException', `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const entryType = () => current.universe.platform('Compression.ZipEntry');

export const ZipReaderClass = platformClass('Compression.ZipReader', {
  'new (Blob)': (archive: ApexBlob | null) => new ZipReader(required(archive)),
  'Blob extract(String)': (reader: ZipReader, name: string | null) => reader.extract(required(name)),
  'Blob extract(Compression.ZipEntry)': (reader: ZipReader, entry: ZipEntry | null) =>
    reader.extract(required(entry).name),
  'List<Compression.ZipEntry> getEntries()': (reader: ZipReader) => listOf(entryType(), [...reader.entries.values()]),
  'Map<String, Compression.ZipEntry> getEntriesMap()': (reader: ZipReader) =>
    mapOf(current.universe.String, entryType(), reader.entries),
  'Compression.ZipEntry getEntry(String)': (reader: ZipReader, name: string | null) =>
    reader.entries.get(required(name)) ?? null,
  'List<String> getEntryNames()': (reader: ZipReader) => stringList([...reader.entries.keys()]),
});
