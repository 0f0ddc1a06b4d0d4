import type { Writable } from 'node:stream';

/**
 * Writes one piece after another; false once the reader has gone (`| head`), which is no failure.
 * Other errors, such as a full disk, reject.
 */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<boolean> {
  for (const piece of pieces) {
    if (!(await writePiece(stream, piece))) {
      return false;
    }
  }
  return true;
}

function writePiece(stream: Writable, piece: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  // The callback tells the error too; without a listener the stream would throw it a second time.
  const onError = () => {};
  stream.once('error', onError);
  stream.write(piece, (error) => {
    // The stream emits `error` after this callback, so the listener of a failed write stays.
    if (!error) {
      stream.off('error', onError);
      resolve(true);
    } else if ((error as NodeJS.ErrnoException).code === 'EPIPE') {
      resolve(false);
    } else {
      reject(error);
    }
  });
  return promise;
}
