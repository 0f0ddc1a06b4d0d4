import { createHash } from 'node:crypto';
import { openHistoryFile } from '../history-file.ts';

/** Log files that begin alike in so many bytes are one log. */
export const HEAD_BYTES = 1024;
/** Less tells nothing. */
const MIN_BYTES = 64;

/** How a file begins, unpacked: what stays the same when it is renamed, copied or packed. */
export interface FileHead {
  /** Bytes that the hash is of: more as long as the file is small. */
  length: number;
  hash: string;
}

/** Bytes right before where reading stood: what a file must still hold there to be the one that was read. */
export interface Seam extends FileHead {
  /** Offset of the byte after them, unpacked. */
  end: number;
}

export interface HeadBytes {
  bytes: Uint8Array;
  /** Why it could not be read. */
  problem: string | undefined;
}

/** The first bytes of a file, unpacked. */
export async function readHead(path: string): Promise<HeadBytes> {
  const file = openHistoryFile(path);
  const bytes = new Uint8Array(HEAD_BYTES);
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      const got = await file.read(bytes, length, HEAD_BYTES - length);
      if (got === 0) {
        break;
      }
      length += got;
    }
    return { bytes: bytes.subarray(0, length), problem: length === 0 ? file.problem : undefined };
  } finally {
    file.close();
  }
}

export function headOf(bytes: Uint8Array): FileHead {
  return { length: bytes.length, hash: hashOf(bytes) };
}

/** Tells of heads whether a file that begins with these bytes may be the one with that head. */
export function alikeTo(bytes: Uint8Array): (head: FileHead) => boolean {
  const hashes = new Map<number, string>();
  return ({ length, hash }) => {
    if (length < MIN_BYTES || length > bytes.length) {
      return false;
    }
    const own = hashes.get(length) ?? hashOf(bytes.subarray(0, length));
    hashes.set(length, own);
    return own === hash;
  };
}

/** @param read bytes that were read last, up to `end`. Undefined where they are too few to tell anything. */
export function seamOf(read: Uint8Array, end: number): Seam | undefined {
  return read.length < MIN_BYTES ? undefined : { ...headOf(read.subarray(-HEAD_BYTES)), end };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** Whether a file that begins with the bytes may have grown from one with that head. */
export function isPrefix(bytes: Uint8Array, head: FileHead): boolean {
  return head.length <= bytes.length && headOf(bytes.subarray(0, head.length)).hash === head.hash;
}
