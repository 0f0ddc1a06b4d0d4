import { statSync } from 'node:fs';
import { openHistoryFile } from '../sources/history-file.ts';

/** What is looked at of a file to learn its format. */
export const START_BYTES = 262_144;

/** A file that was made longer before it was written, or lost what was, begins with so many NUL bytes at most. */
const MAX_NULS = 64 * 1024 * 1024;

/** The beginning of a log file, unpacked, behind NUL bytes. */
export interface FileStart {
  path: string;
  bytes: Uint8Array;
  /** The file holds no more. */
  isWhole: boolean;
  /** Wall time at which something was last added, epoch milliseconds; 0: nobody knows. */
  modified: number;
}

export async function readFileStart(path: string): Promise<FileStart> {
  const bytes = new Uint8Array(START_BYTES);
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const file = openHistoryFile(path);
  try {
    let length = 0;
    let nuls = 0;
    while (length < START_BYTES) {
      const got = await file.read(bytes, length, START_BYTES - length);
      if (got === 0) {
        return { path, bytes: withoutEndingNuls(bytes.subarray(0, length)), isWhole: true, modified };
      }
      const skipped = length > 0 || nuls >= MAX_NULS ? 0 : nulsIn(bytes.subarray(0, got));
      bytes.copyWithin(0, skipped, got);
      nuls += skipped;
      length += got - skipped;
    }
    return { path, bytes, isWhole: false, modified };
  } finally {
    file.close();
  }
}

/** A file that was made longer before it was written ends with NUL bytes, which are nothing's. */
function withoutEndingNuls(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

/** NUL bytes that a piece begins with. */
function nulsIn(piece: Uint8Array): number {
  const first = piece.findIndex((byte) => byte !== 0);
  return first < 0 ? piece.length : first;
}
