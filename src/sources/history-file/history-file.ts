import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** A log file that is complete, read from its beginning; `.gz` and `.zst` are unpacked on the way. */
export interface HistoryFile {
  path: string;
  /** Puts up to `length` bytes at `bytes[at]` and says how many; 0 is the end. */
  read(bytes: Uint8Array, at: number, length: number): number | Promise<number>;
  /** Bytes read of the file as it stands on disk. */
  readonly diskBytes: number;
  /** What ended reading too early, as a sentence: a file that breaks off, a disk that fails. */
  readonly problem: string | undefined;
  close(): void;
}

export function openHistoryFile(path: string): HistoryFile {
  if (path.endsWith('.gz')) {
    return openPacked(path, createGunzip());
  }
  return path.endsWith('.zst') ? openPacked(path, createZstdDecompress()) : openPlain(path);
}

function openPlain(path: string): HistoryFile {
  let descriptor: number | undefined;
  let offset = 0;
  let problem: string | undefined;
  return {
    path,
    read(bytes, at, length) {
      try {
        descriptor ??= openSync(path, 'r');
        const got = readSync(descriptor, bytes, at, length, offset);
        offset += got;
        return got;
      } catch (error) {
        problem = `cannot be read (${codeOf(error)})`;
        return 0;
      }
    },
    get diskBytes() {
      return offset;
    },
    get problem() {
      return problem;
    },
    close: () => {
      if (descriptor !== undefined) {
        closeSync(descriptor);
      }
    },
  };
}

function openPacked(path: string, unpack: NodeJS.ReadWriteStream & Readable): HistoryFile {
  const packed = createReadStream(path, { highWaterMark: 262_144 });
  packed.on('error', (error) => unpack.destroy(error));
  packed.pipe(unpack);
  const pieces = unpack[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let piece: Buffer = Buffer.alloc(0);
  let problem: string | undefined;
  return {
    path,
    async read(bytes, at, length) {
      if (piece.length === 0) {
        try {
          const next = await pieces.next();
          piece = next.done === true ? piece : next.value;
        } catch (error) {
          problem = `breaks off or is not what its name says (${codeOf(error)})`;
          return 0;
        }
      }
      const got = Math.min(length, piece.length);
      bytes.set(piece.subarray(0, got), at);
      piece = piece.subarray(got);
      return got;
    },
    get diskBytes() {
      return packed.bytesRead;
    },
    get problem() {
      return problem;
    },
    close: () => {
      packed.destroy();
      unpack.destroy();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
