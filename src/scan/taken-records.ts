import type { ByteText } from '../lib/byte-text.ts';
import { MESSAGES, TAKEN, TAKEN_BYTES } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';

/** Words of a message: assembly/messages.ts. */
const MESSAGE_WORDS = 16;

/** What a record is that the parser must judge: its message is not one of the list. */
export const UNJUDGED = -2;

/** A message of severity LOG by its first bytes, at most 48 of them. */
export interface MessageBeginning {
  text: ByteText;
  /** What such a record is; -1 is none that is looked for. */
  class: number;
}

/** The part of a record's view that is told at once. */
export interface TakenView {
  class: number;
  time: number;
  sessionHigh: number;
  sessionLow: number;
  record: { start: number; end: number };
}

/**
 * Records that are taken out of a window many at a time: those that are as PostgreSQL writes them, of a minute that was
 * noted before. All others are left to the parser, and csvlog's that say none of some messages.
 */
export class TakenRecords {
  /** How many are taken and not yet given. */
  left = 0;
  /** The minute that was noted, in milliseconds since the epoch; NaN when there is none. */
  minute = Number.NaN;
  readonly messagesEnd: number;
  /** What was taken, as words. */
  words!: Int32Array;
  private times!: Float64Array;
  /** The window's memory when `words` and `times` were made. */
  private bytes: Uint8Array | undefined;
  private readonly window: ScanWindow;
  private readonly recordWords: number;
  /** Where the next one lies among `words`. */
  next = 0;

  /** @param recordWords words of a record, an even number; the first ones as assembly/csvlog-records.ts lays them */
  constructor(window: ScanWindow, recordWords: number, messages: readonly MessageBeginning[]) {
    this.window = window;
    this.recordWords = recordWords;
    this.messagesEnd = MESSAGES + 4 * MESSAGE_WORDS * messages.length;
    const table = new Int32Array(window.bytes.buffer, MESSAGES, MESSAGE_WORDS * messages.length);
    for (const [i, { text, class: activityClass }] of messages.entries()) {
      table.set([text.length, activityClass, ...text.words], i * MESSAGE_WORDS);
    }
  }

  /** A record has been read whose time stands between two places. */
  noteMinute(time: number, start: number, end: number): void {
    const ms = this.window.wasm.noteMinute(start, end);
    this.minute = ms < 0 ? Number.NaN : time - ms;
  }

  /** So many have been taken. */
  hold(count: number): boolean {
    this.left = count;
    this.next = 0;
    const { bytes } = this.window;
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.words = new Int32Array(bytes.buffer, TAKEN, TAKEN_BYTES / 4);
      this.times = new Float64Array(bytes.buffer, TAKEN, TAKEN_BYTES / 8);
    }
    return count > 0;
  }

  /** Puts time, session, class and place of the next one into a view, and gives where it lies among `words`. */
  give(view: TakenView): number {
    const { words, next: at } = this;
    view.time = this.times[at >> 1]!;
    view.sessionHigh = words[at + 2]!;
    view.sessionLow = words[at + 3]!;
    view.record.start = words[at + 4]!;
    view.record.end = words[at + 5]!;
    view.class = words[at + 7]!;
    this.drop();
    return at;
  }

  /** Passes over the next one. */
  drop(): void {
    this.next += this.recordWords;
    this.left--;
  }
}
