import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file in an archive. */
export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
}

/** Signatures and sizes of APPNOTE.TXT 6.3.10, 4.3: local header, central directory, its end. */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const STORED = 0;
const DEFLATED = 8;
/** 1980-01-01: the bytes of an archive depend on its files alone. */
const DATE = 0x21;
const MOST_ENTRIES = 1000;
/** All files of an archive together: more is no package of ours. */
const MOST_BYTES = 1_000_000_000;

export class ZipError extends Error {}

/** A ZIP archive; below 4 GB. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes);
    const text = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(VERSION, 0);
    facts.writeUInt16LE(FLAGS, 2);
    facts.writeUInt16LE(DEFLATED, 4);
    facts.writeUInt16LE(DATE, 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(text.length, 22);
    parts.push(uint32(LOCAL), facts, text, packed);
    const behind = Buffer.alloc(14); // comment, disk, attributes: none
    behind.writeUInt32LE(offset, 10);
    directory.push(uint32(CENTRAL), Buffer.from([VERSION, 0]), facts, behind, text);
    offset += LOCAL_BYTES + text.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** The files of an archive. Throws a `ZipError` where it is none, or not one that can be trusted to be whole. */
export function unzipped(archive: Buffer): ZipEntry[] {
  const endAt = archive.lastIndexOf(uint32(END));
  if (endAt < 0 || endAt + END_BYTES > archive.length) {
    throw new ZipError('it is no ZIP archive, or it is cut');
  }
  const count = archive.readUInt16LE(endAt + 10);
  if (count > MOST_ENTRIES) {
    throw new ZipError(`it holds ${count} files; packages of evidence hold fewer`);
  }
  const entries: ZipEntry[] = [];
  let bytes = 0;
  try {
    for (let i = 0, at = archive.readUInt32LE(endAt + 16); i < count; i++) {
      const { entry, next } = entryAt(archive, at, MOST_BYTES - bytes);
      entries.push(entry);
      bytes += entry.bytes.length;
      at = next;
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError(`it is damaged (${(error as Error).message})`);
  }
  return entries;
}

function entryAt(archive: Buffer, at: number, room: number): { entry: ZipEntry; next: number } {
  if (archive.readUInt32LE(at) !== CENTRAL) {
    throw new ZipError('its directory is damaged');
  }
  const [method, checksum] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 16)];
  const [packed, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
  const [nameBytes, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
    number,
    number,
    number,
  ];
  const name = archive.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
  const local = archive.readUInt32LE(at + 42);
  const start = local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  if (size > room || start + packed > archive.length) {
    throw new ZipError(`"${name}" is too large, or cut`);
  }
  const content = archive.subarray(start, start + packed);
  const bytes = method === STORED ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  if (bytes.length !== size || crc32(bytes) !== checksum) {
    throw new ZipError(`"${name}" is damaged`);
  }
  return { entry: { name, bytes }, next: at + CENTRAL_BYTES + nameBytes + extra + comment };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
