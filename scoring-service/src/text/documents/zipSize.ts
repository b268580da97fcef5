import { inflateRawSync } from 'node:zlib';

/** PKWARE's APPNOTE 4.3.12 and 4.3.16: the central directory and its end. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const DEFLATED = 8;

/**
 * How many bytes a ZIP archive really has once it is unpacked, counted by unpacking it: sizes that it declares may lie.
 * Counting ends above `most`. @throws Error if it is no ZIP archive, or a broken one.
 */
export function unpackedSize(bytes: Uint8Array, most: number): number {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new Error('There is no central directory.');
  const entries = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  let total = 0;
  for (let entry = 0; entry < entries && total <= most; entry++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('An entry of the central directory is broken.');
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    total += archive.readUInt16LE(at + 10) === DEFLATED ? inflatedSize(packed, most) : packed.length;
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return total;
}

function inflatedSize(packed: Buffer, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: most }).length;
  } catch (error) {
    if (error instanceof RangeError) return most + 1;
    throw error;
  }
}
