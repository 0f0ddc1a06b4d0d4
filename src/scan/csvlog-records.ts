import type { ByteText } from '../lib/byte-text.ts';
import { FOUND, FOUND_END, FOUND_VALUES, INDEX, KEYS, RECORDS } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';

/** Words of a record and of a message: assembly/csvlog-records.ts. */
const RECORD_WORDS = 8;
const RECORD_TIMES = 4;
const MESSAGE_WORDS = 16;

/** A message of severity LOG by its first bytes, at most 48 of them. */
export interface MessageBeginning {
  text: ByteText;
  /** What such a record is; -1 is none that is looked for. */
  class: number;
}

/**
 * Takes csvlog records out of a window, many at a time: those that are as PostgreSQL writes them, of a minute that was
 * noted before, and that no client made or that say one of some messages. All others are left to the parser.
 */
export class CsvlogRecords {
  /** How many are taken and not yet given. */
  left = 0;
  private readonly window: ScanWindow;
  private readonly messagesEnd: number;
  /** The window's memory when `words` and `times` were made. */
  private bytes: Uint8Array | undefined;
  private words!: Int32Array;
  private times!: Float64Array;
  /** The minute that was noted, in milliseconds since the epoch; NaN when there is none. */
  private minute = Number.NaN;
  /** The next one, by its number among those taken at once. */
  private at = 0;

  constructor(window: ScanWindow, messages: readonly MessageBeginning[]) {
    this.window = window;
    this.messagesEnd = KEYS + 4 * MESSAGE_WORDS * messages.length;
    const table = new Int32Array(window.bytes.buffer, KEYS, MESSAGE_WORDS * messages.length);
    for (const [i, { text, class: activityClass }] of messages.entries()) {
      table.set([text.length, activityClass, ...text.words], i * MESSAGE_WORDS);
    }
  }

  /** A record has been read whose time stands between two places. */
  noteMinute(time: number, start: number, end: number): void {
    const ms = this.window.wasm.noteMinute(start, end);
    this.minute = ms < 0 ? Number.NaN : time - ms;
  }

  /**
   * Takes the records that begin at the window's position; false when the first one is not among those that can be.
   *
   * @param record its number in the window's records
   * @param separator place in the index of its first separator
   */
  take(record: number, separator: number): boolean {
    const { window, minute, messagesEnd } = this;
    if (Number.isNaN(minute)) {
      return false;
    }
    const { wasm, position, recordCount } = window;
    const from = RECORDS + 4 * record;
    const to = RECORDS + 4 * recordCount;
    this.left = wasm.takeCsvlog(from, to, INDEX, separator, position, KEYS, messagesEnd, minute, FOUND, FOUND_END);
    this.at = 0;
    if (this.bytes !== window.bytes) {
      this.bytes = window.bytes;
      this.words = new Int32Array(window.bytes.buffer, FOUND, FOUND_VALUES * 2);
      this.times = new Float64Array(window.bytes.buffer, FOUND, FOUND_VALUES);
    }
    return this.left > 0;
  }

  /** Puts time, session, class and place of the next one into a view, and gives its first separator. */
  give(view: TakenView): number {
    const { words, at } = this;
    const word = at * RECORD_WORDS;
    view.time = this.times[at * RECORD_TIMES]!;
    view.sessionHigh = words[word + 2]!;
    view.sessionLow = words[word + 3]!;
    view.record.start = words[word + 4]!;
    view.record.end = words[word + 5]!;
    view.class = words[word + 7]!;
    this.at = at + 1;
    this.left--;
    return words[word + 6]!;
  }
}

/** The part of a record's view that is told at once. */
interface TakenView {
  class: number;
  time: number;
  sessionHigh: number;
  sessionLow: number;
  record: { start: number; end: number };
}
