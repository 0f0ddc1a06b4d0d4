import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { steadyTime } from '../../lib/clocks.ts';
import { type HistoryFile, openHistoryFile } from '../history-file.ts';
import type { InputReader } from '../source.ts';
import { HEAD_BYTES, headOf, isPrefix, type Seam } from './file-head.ts';
import { idOf } from './matching-files.ts';
import type { TailedFile } from './tailed-file.ts';

/** A file that is being read. */
export interface OpenFile {
  file: TailedFile;
  read: InputReader['read'];
  /** Steady time at which more was read than was known to be there, or a file was opened whose own time cannot be. */
  grown: number;
  close(): void;
}

/** @param changed called when it is found to be, or to hold, something else by now */
export async function openFile(file: TailedFile, changed: () => void): Promise<OpenFile | undefined> {
  return file.isPacked ? openPacked(file) : openPlain(file, changed);
}

function openPlain(file: TailedFile, changed: () => void): OpenFile | undefined {
  const descriptor = openNamed(file);
  if (descriptor === undefined) {
    return undefined; // it is tried again when something happens in its folder
  }
  const head = new Uint8Array(HEAD_BYTES);
  /** Else it was truncated, and may have grown again beyond where it was read. */
  function isSame(): boolean {
    const begin = head.subarray(0, readSync(descriptor!, head, 0, head.length, 0));
    if (!isPrefix(begin, file.head) || !(file.seam === undefined || holds(descriptor!, file.seam))) {
      return false;
    }
    file.head = begin.length > file.head.length ? headOf(begin) : file.head; // a copy is known by what was read
    return true;
  }
  return {
    file,
    grown: file.modified > Date.now() ? steadyTime() : 0,
    read(bytes, at, length) {
      try {
        const got = readSync(descriptor, bytes, at, length, file.offset);
        if (got > 0 && !isSame()) {
          file.modified = 0; // what it was last seen to be is something else
          changed();
          return 0;
        }
        return got;
      } catch {
        return 0; // a disk that fails is tried again when something happens
      }
    },
    close: () => closeSync(descriptor),
  };
}

function holds(descriptor: number, { end, length, hash }: Seam): boolean {
  const bytes = new Uint8Array(length);
  return readSync(descriptor, bytes, 0, length, end - length) === length && headOf(bytes).hash === hash;
}

/** Opens a file; undefined where it cannot be, or another one has its name by now. */
function openNamed(file: TailedFile): number | undefined {
  try {
    const descriptor = openSync(file.path, 'r');
    if (idOf(fstatSync(descriptor)) === file.id) {
      return descriptor;
    }
    closeSync(descriptor);
  } catch {
    // it is gone, or may not be read
  }
  return undefined;
}

/** What was read already is passed over. */
async function openPacked(file: TailedFile): Promise<OpenFile> {
  const unpacked: HistoryFile = openHistoryFile(file.path);
  const passed = new Uint8Array(65_536);
  for (let left = file.offset; left > 0; ) {
    const got = await unpacked.read(passed, 0, Math.min(left, passed.length));
    left = got === 0 ? 0 : left - got;
  }
  return {
    file,
    grown: file.modified > Date.now() ? steadyTime() : 0,
    read: (bytes, at, length) => unpacked.read(bytes, at, length),
    close: () => unpacked.close(),
  };
}
