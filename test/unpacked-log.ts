import { readFileSync } from 'node:fs';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/** The bytes of a log file, unpacked where its name says that it is packed. */
export function unpackedLog(path: string): Buffer {
  const bytes = readFileSync(path);
  if (path.endsWith('.gz')) {
    return gunzipSync(bytes);
  }
  return path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes;
}
