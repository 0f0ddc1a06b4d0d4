import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { endOfLine } from './text-log-entry.ts';

/** Lines without the prefix that are taken together at most. */
const MAX_LINES = 256;
const MAX_BYTES = 65_536;
/** From so many on, and with so few entries between them, they are not another program's: the prefix is wrong. */
const MANY_LINES = 1000;
const LINES_PER_ENTRY = 100;

const TAB = 0x09;

/** Lines without the prefix: what other programs wrote into the same file, and what the server wrote before its log began. */
export interface NoiseJudge {
  /** The last of the lines without the prefix that follow each other; -1 when more bytes are needed. */
  lastLine(line: number, isEnd: boolean): number;
  /** Whether so many more may be there; if not, the configuration does not fit the log. */
  isExpected(lines: number): boolean;
  /** Entries so far in this file. */
  entries(): number;
  countEntry(): void;
  restart(): void;
  save(): NoiseMemory;
  recall(memory: NoiseMemory): void;
}

/** What a file was like so far. */
export interface NoiseMemory {
  entries: number;
  noise: number;
  isFollowed: boolean;
}

/** @param prefix one of its own: it reads ahead */
export function createNoiseJudge(window: ScanWindow, prefix: PrefixReader): NoiseJudge {
  let entries = 0;
  let noise = 0;
  /** An entry follows the lines looked at last. */
  let isFollowed = false;

  function lastLine(line: number, isEnd: boolean): number {
    const { index } = window;
    const from = index[line]!;
    let last = line;
    isFollowed = false;
    while (last - line + 1 < MAX_LINES && index[last]! - from < MAX_BYTES) {
      if (last + 1 >= window.indexCount) {
        return isEnd ? last : -1;
      }
      if (isHead(last + 1)) {
        isFollowed = true;
        return last;
      }
      last++;
    }
    return last;
  }

  function isHead(line: number): boolean {
    const start = window.index[line - 1]! + 1;
    const end = endOfLine(window, line);
    return (
      window.bytes[start] !== TAB && start < end && (prefix.read(window, start, end) >= 0 || prefix.nameStart >= 0)
    );
  }

  return {
    lastLine,
    entries: () => entries,
    isExpected(lines) {
      noise += lines;
      const isMuch = noise > MANY_LINES && noise > LINES_PER_ENTRY * entries;
      return (entries > 0 || isFollowed) && !isMuch;
    },
    countEntry() {
      entries++;
    },
    restart() {
      entries = 0;
      noise = 0;
    },
    save: () => ({ entries, noise, isFollowed }),
    recall(memory) {
      ({ entries, noise, isFollowed } = memory);
    },
  };
}
