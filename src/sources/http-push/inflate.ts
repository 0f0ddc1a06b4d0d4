import { promisify } from 'node:util';
import { gunzip, type ZstdDecompress, zstdDecompress } from 'node:zlib';
import { PushProblem } from './push-problem.ts';

const unpackGzip = promisify(gunzip);
/** As Node calls it with `info`, which its types leave out. */
type UnpackZstd = (bytes: Uint8Array, options: object) => Promise<{ buffer: Buffer; engine: ZstdDecompress }>;
const unpackZstd = promisify(zstdDecompress) as unknown as UnpackZstd;

/** Encodings of a body, as `Content-Encoding` names them. */
export const ENCODINGS = ['identity', 'gzip', 'zstd'];

/** The body as it was before its sender packed it. */
export async function inflate(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return await unpackGzip(body, { maxOutputLength: maxBytes });
      case 'zstd':
        return await inflateFrames(body, maxBytes);
      case 'identity':
        return body;
      default:
        throw new PushProblem(415, `the content encoding "${encoding}" is not read; use ${ENCODINGS.join(', ')}`);
    }
  } catch (error) {
    throw problemOf(error, encoding, maxBytes);
  }
}

/** Node unpacks one frame at a time; a body may hold several. */
async function inflateFrames(body: Buffer, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let room = maxBytes;
  for (let rest = body; rest.length > 0; ) {
    const { buffer, engine } = await unpackZstd(rest, { maxOutputLength: Math.max(1, room), info: true });
    pieces.push(buffer);
    room -= buffer.length;
    rest = rest.subarray(Math.max(1, engine.bytesWritten));
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

function problemOf(error: unknown, encoding: string, maxBytes: number): PushProblem {
  if (error instanceof PushProblem) {
    return error;
  }
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    ? tooLarge(maxBytes)
    : new PushProblem(400, `the body is not what its content encoding says, or breaks off (${encoding})`);
}

export function tooLarge(maxBytes: number): PushProblem {
  return new PushProblem(413, `the body is longer than ${maxBytes} bytes once unpacked; send fewer records at a time`);
}
