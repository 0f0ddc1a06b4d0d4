import { openHistoryFile } from '../sources/history-file.ts';

/** What is looked at of a file to learn its format. */
export const START_BYTES = 262_144;

/** The beginning of a log file, unpacked. */
export interface FileStart {
  path: string;
  bytes: Uint8Array;
  /** The file holds no more. */
  isWhole: boolean;
}

export async function readFileStart(path: string): Promise<FileStart> {
  const bytes = new Uint8Array(START_BYTES);
  const file = openHistoryFile(path);
  try {
    let length = 0;
    while (length < START_BYTES) {
      const got = await file.read(bytes, length, START_BYTES - length);
      if (got === 0) {
        return { path, bytes: bytes.subarray(0, length), isWhole: true };
      }
      length += got;
    }
    return { path, bytes, isWhole: false };
  } finally {
    file.close();
  }
}
