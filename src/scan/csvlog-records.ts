import { INDEX, MESSAGES, RECORDS, TAKEN, TAKEN_END } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';
import { type MessageBeginning, TakenRecords, type TakenView } from './taken-records.ts';

/** Words of a record: assembly/csvlog-records.ts. */
const RECORD_WORDS = 8;
const FIRST_SEPARATOR = 6;

/** Takes csvlog records out of a window, many at a time. */
export class CsvlogRecords {
  readonly taken: TakenRecords;
  private readonly window: ScanWindow;

  constructor(window: ScanWindow, messages: readonly MessageBeginning[]) {
    this.window = window;
    this.taken = new TakenRecords(window, RECORD_WORDS, messages);
  }

  /**
   * Takes the records that begin at the window's position; false when the first one is not among those that can be.
   *
   * @param record its number in the window's records
   * @param separator place in the index of its first separator
   */
  take(record: number, separator: number): boolean {
    const { window, taken } = this;
    const { minute, messagesEnd } = taken;
    if (Number.isNaN(minute)) {
      return false;
    }
    const { wasm, position, recordCount } = window;
    const from = RECORDS + 4 * record;
    const to = RECORDS + 4 * recordCount;
    return taken.hold(
      wasm.takeCsvlog(from, to, INDEX, separator, position, MESSAGES, messagesEnd, minute, TAKEN, TAKEN_END),
    );
  }

  /** Puts what is told at once of the next one into a view, and gives its first separator. */
  give(view: TakenView): number {
    const { taken } = this;
    return taken.words[taken.give(view) + FIRST_SEPARATOR]!;
  }
}
