import { statSync } from 'node:fs';
import { openHistoryFile } from '../sources/history-file.ts';

/** What is looked at of a file to learn its format. */
export const START_BYTES = 262_144;

/** The beginning of a log file, unpacked. */
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
    while (length < START_BYTES) {
      const got = await file.read(bytes, length, START_BYTES - length);
      if (got === 0) {
        return { path, bytes: bytes.subarray(0, length), isWhole: true, modified };
      }
      length += got;
    }
    return { path, bytes, isWhole: false, modified };
  } finally {
    file.close();
  }
}
