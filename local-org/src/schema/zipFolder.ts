import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * The files of a folder in one ZIP archive, stored without compression, as a deployment packs a static resource.
 * Source: PKWARE APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function zipFolder(folder: string): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let count = 0;
  for (const name of filesOf(folder, '')) {
    const content = readFileSync(join(folder, name));
    const entry = headerOf(name, content);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), entry, Buffer.from(name), content]);
    directory.push(centralOf(name, entry, offset));
    locals.push(local);
    offset += local.length;
    count++;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** What local and central headers have in common: version, flags, method, time, check sum, sizes, name length. */
function headerOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  // Names are UTF-8.
  header.writeUInt16LE(0x0800, 2);
  // 1 January 1980: the same folder gives the same archive.
  header.writeUInt16LE(0x0021, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

function centralOf(name: string, entry: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const made = Buffer.from([20, 0]);
  return Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, entry, rest, Buffer.from(name)]);
}

function filesOf(folder: string, prefix: string): string[] {
  const entries = readdirSync(join(folder, prefix), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesOf(folder, name) : [name];
  });
}
