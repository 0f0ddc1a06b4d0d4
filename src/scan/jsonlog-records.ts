import type { KeyTable } from './key-table.ts';
import { INDEX, KEYS, MESSAGES, RECORDS, TAKEN, TAKEN_END } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';
import { type MessageBeginning, TakenRecords } from './taken-records.ts';

/** Words of a record, and where those of its members begin: assembly/jsonlog-records.ts. */
const RECORD_WORDS = 32;
export const MEMBER_WORDS = 8;
export const NEWLINE_WORD = 6;

/** Takes jsonlog records out of a window, many at a time. */
export class JsonlogRecords {
  readonly taken: TakenRecords;
  private readonly window: ScanWindow;
  private readonly factor: number;

  /** @param keys what a `LineStrings` of the window put there */
  constructor(window: ScanWindow, keys: KeyTable, messages: readonly MessageBeginning[]) {
    this.window = window;
    this.factor = keys.factor;
    this.taken = new TakenRecords(window, RECORD_WORDS, messages);
  }

  /**
   * Takes the records that begin at the window's position; false when the first one is not among those that can be.
   *
   * @param line number of its line in the window's records
   * @param quote place in the index of its first quote
   */
  take(line: number, quote: number): boolean {
    const { window, taken, factor } = this;
    const { minute, messagesEnd } = taken;
    if (Number.isNaN(minute)) {
      return false;
    }
    const { wasm, position, recordCount } = window;
    const from = RECORDS + 4 * line;
    const to = RECORDS + 4 * recordCount;
    return taken.hold(
      wasm.takeJsonlog(from, to, INDEX, quote, position, KEYS, factor, MESSAGES, messagesEnd, minute, TAKEN, TAKEN_END),
    );
  }
}
