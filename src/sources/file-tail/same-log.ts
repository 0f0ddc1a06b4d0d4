import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { openHistoryFile } from '../history-file.ts';
import { HEAD_BYTES, headOf, isPrefix, type Seam } from './file-head.ts';
import { idOf, type MatchingFile } from './matching-files.ts';
import { isPackedName, type TailedFile } from './tailed-file.ts';

/** A packed file is unpacked up to here to be compared: what is more would take too long. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;
/** Logs that begin alike are compared so far, where nothing else tells. */
const COMPARED_BYTES = 65_536;

/** Whether a file that begins like another one may hold the same log: it may be longer, or shorter, or packed. */
export async function mayBeCopy(match: MatchingFile, file: TailedFile): Promise<boolean> {
  const { seam } = file;
  const isPacked = isPackedName(match.path);
  if (seam !== undefined && seam.end <= (isPacked ? MAX_UNPACKED_BYTES : match.stats.size)) {
    const bytes = isPacked ? await unpackedAt(match.path, seam) : bytesAt(match.path, idOf(match.stats), seam);
    return bytes === undefined || bytes.length < seam.length || headOf(bytes).hash === seam.hash;
  }
  return file.isGone || (await beginEqually(match.path, file));
}

async function unpackedAt(path: string, { end, length }: Seam): Promise<Uint8Array> {
  const last = await beginning(path, end);
  return last.subarray(end - length);
}

async function beginEqually(path: string, file: TailedFile): Promise<boolean> {
  const other = await beginning(file.path, COMPARED_BYTES);
  if (!isPrefix(other, file.head)) {
    return true; // it is something else by now
  }
  const one = await beginning(path, COMPARED_BYTES);
  const common = Math.min(one.length, other.length);
  return Buffer.compare(one.subarray(0, common), other.subarray(0, common)) === 0;
}

/** Up to so many bytes from the beginning of a file, unpacked. */
async function beginning(path: string, length: number): Promise<Uint8Array> {
  const file = openHistoryFile(path);
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    for (let got = 1; got > 0 && filled < length; filled += got) {
      got = await file.read(bytes, filled, length - filled);
    }
    return bytes.subarray(0, filled);
  } finally {
    file.close();
  }
}

/** How a copy, not packed, is to that which it was taken for a copy of. */
export type Relation = 'copy' | 'longer' | 'other';

/** Compares what can be compared at present. */
export function relationOf(copy: TailedFile, original: TailedFile): Relation {
  if (original.isPacked) {
    return copy.size > original.offset ? 'longer' : 'copy';
  }
  const end = Math.min(copy.size, original.size);
  if (end !== copy.compared) {
    const isSame = holdSame(copy, original, end);
    if (isSame === false) {
      return 'other';
    }
    copy.compared = isSame === true ? end : copy.compared;
  }
  return copy.compared === end && copy.size > original.size ? 'longer' : 'copy';
}

/** Whether two files hold the same before an offset; undefined where one is something else by now. */
function holdSame(one: TailedFile, other: TailedFile, end: number): boolean | undefined {
  const length = Math.min(HEAD_BYTES, end);
  const [a, b] = [ownBytesAt(one, { end, length }), ownBytesAt(other, { end, length })];
  return a === undefined || b === undefined ? undefined : Buffer.compare(a, b) === 0;
}

/** Bytes of a file that still is what it was. */
function ownBytesAt({ path, id, head }: TailedFile, place: Place): Uint8Array | undefined {
  const bytes = bytesAt(path, id, place);
  const begin = bytesAt(path, id, { end: head.length, length: head.length });
  return bytes?.length === place.length && begin !== undefined && isPrefix(begin, head) ? bytes : undefined;
}

type Place = Pick<Seam, 'end' | 'length'>;

/** Undefined where the file cannot be read, or another one has its name by now. */
function bytesAt(path: string, id: string, { end, length }: Place): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const bytes = new Uint8Array(length);
    const isSame = idOf(fstatSync(descriptor)) === id;
    return isSame ? bytes.subarray(0, readSync(descriptor, bytes, 0, length, end - length)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}
