import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * A simulated loss of power. The service runs under strace, which notes every call that changes a file of the store or
 * waits for the disk, with its time and its bytes. From that the disk at any moment is put together: of a file only what
 * was written before an fsync or fdatasync of it that had returned by then; a file's name only if its folder was synced
 * after it was made. What was written and not synced may have reached the disk or not, in part and in any order: it is
 * dropped, or a random part of its 512-byte sectors is kept. The shared index (-shm) is mapped, never synced, and made
 * anew by SQLite; it is left out.
 */
export interface FileCall {
  readonly kind: 'write' | 'sync' | 'truncate' | 'create' | 'unlink';
  readonly file: string;
  /** When it had returned, in milliseconds since 1970. */
  readonly at: number;
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The strace command that notes all this in files that begin with `output`, one for each thread. */
export function straceCommand(output: string): string[] {
  const calls =
    'openat,open,creat,write,pwrite64,pwritev,writev,lseek,ftruncate,fallocate,fsync,fdatasync,rename,unlink';
  return ['strace', '-ff', '-qq', '-ttt', '-T', '-y', '-xx', '-s', '1000000', '-e', `trace=${calls}`, '-o', output];
}

const LINE = /^(\d+\.\d+) (\w+)\((.*)\)\s+= (-?\d+)(?:<[^>]*>)?.*<(\d+\.\d+)>$/;
const BYTES = /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/;

/** The calls on the files of a folder, in the order in which they returned. @throws Error for a call that is not understood. */
export function readCalls(output: string, folder: string): FileCall[] {
  const traces = readdirSync(dirname(output)).filter((name) => name.startsWith(`${basename(output)}.`));
  const calls = traces.flatMap((trace) => callsOfThread(readFileSync(join(dirname(output), trace), 'latin1'), folder));
  return calls.sort((one, two) => one.at - two.at);
}

function callsOfThread(trace: string, folder: string): FileCall[] {
  const calls: FileCall[] = [];
  // SQLite seeks and writes, or writes at an offset; each of its files is used by one thread at a time.
  const positions = new Map<string, number>();
  for (const line of trace.split('\n')) {
    const [, started, name = '', parameters = '', result, seconds] = LINE.exec(line) ?? [];
    if (started === undefined || Number(result) < 0) continue;
    const path = pathIn(name, parameters);
    if (path === null || !(path === folder || path.startsWith(`${folder}/`)) || path.endsWith('-shm')) continue;
    const base = { file: path, at: (Number(started) + Number(seconds)) * 1000, offset: 0, bytes: Buffer.alloc(0) };
    if (name === 'lseek') positions.set(path, Number(result));
    else if (name === 'openat' || name === 'open' || name === 'creat') {
      if (parameters.includes('O_CREAT')) calls.push({ ...base, kind: 'create' });
    } else if (name === 'fsync' || name === 'fdatasync') calls.push({ ...base, kind: 'sync' });
    else if (name === 'unlink') calls.push({ ...base, kind: 'unlink' });
    else if (name === 'ftruncate') calls.push({ ...base, kind: 'truncate', offset: lastNumber(parameters) });
    else if (name === 'write' || name === 'pwrite64') {
      const bytes = bytesIn(parameters);
      if (bytes.length !== Number(result))
        throw new Error(`A call of ${name} wrote a part only: ${line.slice(0, 200)}`);
      const offset = name === 'pwrite64' ? lastNumber(parameters) : (positions.get(path) ?? 0);
      positions.set(path, offset + bytes.length);
      calls.push({ ...base, kind: 'write', offset, bytes });
    } else throw new Error(`A call of ${name} on ${path} is not simulated.`);
  }
  return calls;
}

/** Where the call is on a descriptor, what -y says of it; else its path, which -xx writes in hexadecimal. */
function pathIn(name: string, parameters: string): string | null {
  const isByPath = name === 'openat' || name === 'open' || name === 'creat' || name === 'unlink' || name === 'rename';
  if (isByPath) return bytesIn(parameters).toString('utf8');
  const described = /^\d+<([^>]*)>/.exec(parameters)?.[1];
  return described === undefined ? null : Buffer.from(unescaped(described), 'latin1').toString('utf8');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function bytesIn(parameters: string): Buffer {
  const [, text = '', isCut] = BYTES.exec(parameters) ?? [];
  if (isCut) throw new Error('strace cut the bytes of a write short.');
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

function lastNumber(parameters: string): number {
  return Number(/(\d+)$/.exec(parameters)?.[1]);
}

const SECTOR = 512;

/** What of the unsynced sectors stays: none, or those for which this is true. */
export type Survives = () => boolean;

/** Writes the files as they are on the disk after a loss of power at a moment into a folder. */
export function diskAfterPowerLoss(
  calls: readonly FileCall[],
  { at, survives, into }: { at: number; survives: Survives; into: string },
): void {
  const pending = new Map<string, FileCall[]>();
  const synced = new Map<string, DiskFile>();
  const named = new Set<string>();
  const created = new Set<string>();
  const removed = new Set<string>();
  const contentOf = (file: string): DiskFile => {
    const content = synced.get(file) ?? new DiskFile();
    synced.set(file, content);
    return content;
  };
  for (const call of calls) {
    if (call.at > at) break;
    const { file } = call;
    if (call.kind === 'create') {
      // Another file under the name of one that was removed.
      if (removed.delete(file)) synced.delete(file);
      created.add(file);
    } else if (call.kind === 'unlink') {
      removed.add(file);
      pending.delete(file);
    } else if (call.kind !== 'sync') {
      const waiting = pending.get(file);
      if (waiting === undefined) pending.set(file, [call]);
      else waiting.push(call);
    } else {
      for (const each of pending.get(file) ?? []) contentOf(file).apply(each, () => true);
      pending.delete(file);
      // A folder that is synced has the names of the files in it.
      for (const each of created) if (dirname(each) === file) named.add(each);
      for (const each of removed) if (dirname(each) === file) named.delete(each);
    }
  }
  mkdirSync(into, { recursive: true });
  for (const file of named) {
    if (removed.has(file) && survives()) continue;
    for (const each of pending.get(file) ?? []) contentOf(file).apply(each, survives);
    writeFileSync(join(into, basename(file)), contentOf(file).content());
  }
}

/** The bytes of one file. */
class DiskFile {
  #bytes: Buffer = Buffer.alloc(4096);
  #length = 0;

  content(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Carries out a write or truncation, sector by sector, as far as it survives. */
  apply(call: FileCall, survives: Survives): void {
    if (call.kind === 'truncate') {
      if (survives()) this.#resize(call.offset);
      return;
    }
    for (let start = 0; start < call.bytes.length;) {
      const position = call.offset + start;
      const length = Math.min(SECTOR - (position % SECTOR), call.bytes.length - start);
      if (survives()) {
        if (position + length > this.#length) this.#resize(position + length);
        call.bytes.copy(this.#bytes, position, start, start + length);
      }
      start += length;
    }
  }

  #resize(length: number): void {
    if (length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(length, this.#bytes.length * 2));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    // What was behind the end is gone, should the file grow again.
    if (length < this.#length) this.#bytes.fill(0, length, this.#length);
    this.#length = length;
  }
}
