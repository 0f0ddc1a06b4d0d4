import { basename } from 'node:path';
import { type HistoryFile, openHistoryFile } from '../sources/history-file.ts';
import type { InputReader } from '../sources/source.ts';
import { countRejected } from './counts.ts';
import type { TimedFile } from './file-order.ts';
import type { Counts } from './plan.ts';

/** Files that are complete, as an input that never grows. What is odd about them is noted in the counts. */
export function openHistoryInput(files: readonly TimedFile[], counts: Counts): InputReader {
  let place = -1;
  let file: HistoryFile | undefined;
  let offset = 0;
  let finishedBytes = 0;

  function close(): void {
    if (file === undefined) {
      return;
    }
    const { path, problem, diskBytes } = file;
    if (problem !== undefined) {
      countRejected(
        counts,
        'a file that could not be read to its end',
        `${basename(path)} ${problem}`,
        new Uint8Array(),
      );
      counts.notes.push(`${path} ${problem}; what could be read of it was judged`);
    } else if (offset === 0) {
      counts.notes.push(`${path} is empty`);
    }
    finishedBytes += diskBytes;
    file.close();
    file = undefined;
  }

  return {
    isPartOver: true,
    waitingBytes: undefined,
    get name() {
      return file?.path ?? '';
    },
    get offset() {
      return offset;
    },
    get diskBytes() {
      return finishedBytes + (file?.diskBytes ?? 0);
    },
    get followingTime() {
      return files[place + 1]?.firstTime;
    },
    advance() {
      close();
      const following = files[++place];
      if (following === undefined) {
        return false;
      }
      file = openHistoryFile(following.path);
      offset = 0;
      return true;
    },
    async read(bytes, at, length) {
      const got = await file!.read(bytes, at, length);
      offset += got;
      return got;
    },
    positionAt: (at) => ({ file: file?.path, offset: at }),
    takeGaps: () => [],
    close,
  };
}
