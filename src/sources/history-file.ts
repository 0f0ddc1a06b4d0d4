import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';

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
    return openPacked(path, createGunzip);
  }
  return path.endsWith('.zst') ? openPacked(path, createZstdDecompress) : openPlain(path);
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

/** A stream that unpacks; Node's all have it. */
type Unpack = Gunzip | ZstdDecompress;

/** What is unpacked in one go, from a place in the file on. */
function openPart(path: string, start: number, unpack: Unpack) {
  const packed = createReadStream(path, { start, highWaterMark: 262_144 });
  packed.on('error', (error) => unpack.destroy(error));
  unpack.on('error', () => {}); // told by `pieces`; without a listener, one that comes before its first call would be thrown
  packed.pipe(unpack);
  return { packed, unpack, pieces: unpack[Symbol.asyncIterator]() as AsyncIterator<Buffer> };
}

function openPacked(path: string, createUnpack: () => Unpack): HistoryFile {
  let start = 0;
  let part = openPart(path, start, createUnpack());
  let piece: Buffer = Buffer.alloc(0);
  let problem: string | undefined;

  function close(): void {
    part.packed.destroy();
    part.unpack.destroy();
  }

  /** Empty at the end. Node unpacks one zstd frame; a file may hold several: what is left over is unpacked anew. */
  async function nextPiece(): Promise<Buffer> {
    for (;;) {
      const next = await part.pieces.next();
      if (next.done !== true) {
        return next.value;
      }
      const used = part.unpack.bytesWritten;
      if (path.endsWith('.gz') || used === 0 || used === part.packed.bytesRead) {
        return piece;
      }
      close();
      start += used;
      part = openPart(path, start, createUnpack());
    }
  }

  return {
    path,
    async read(bytes, at, length) {
      if (piece.length === 0 && problem === undefined) {
        try {
          piece = await nextPiece();
        } catch (error) {
          problem = `breaks off or is not what its name says (${codeOf(error)})`;
        }
      }
      const got = Math.min(length, piece.length);
      bytes.set(piece.subarray(0, got), at);
      piece = piece.subarray(got);
      return got;
    },
    get diskBytes() {
      return start + part.packed.bytesRead;
    },
    get problem() {
      return problem;
    },
    close,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
