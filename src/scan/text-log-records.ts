import { INDEX, KEYS, MESSAGES, TAKEN, TAKEN_END } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';
import { type MessageBeginning, TakenRecords } from './taken-records.ts';

/** Words of an entry, and what stands in which of them: assembly/text-log-records.ts. */
export const RECORD_WORDS = 24;
export const TextWord = {
  sessionHigh: 2,
  sessionLow: 3,
  start: 4,
  end: 5,
  lastLine: 6,
  class: 7,
  text: 8,
  told: 9,
  principal: 10,
  database: 12,
  address: 14,
  application: 16,
  pid: 18,
  lineNumber: 19,
  names: 20,
  word: 21,
  /** For what nobody asks for. */
  nothing: 22,
} as const;

/** Words that stand before more about an entry; those of entries are told by their first letter. */
export const SupplementWord = { detail: 1, statement: 2 } as const;

/** Words of an operation, and where its literal stands in it, and which of the literal's bytes count. */
const OPERATION_WORDS = 16;
const LITERAL = 16;
const MASK = 32;
const KINDS = ['literal', 'quit', 'time', 'number', 'remote', 'open', 'session'];
const SESSION_WORD = 2;
const IS_FIRST_NAME = 1;
const MAY_BE_LONGER = 2;

/** How the quick way to read a prefix goes. */
export interface TextPrefix {
  steps: readonly TextStep[];
  timeOffset: number;
  tellsClient: boolean;
  splitsAtLast: boolean;
  hasSession: boolean;
  /** Bytes behind the first name in which no second severity may stand; 0 for a prefix without names. */
  reach: number;
}

interface TextStep {
  kind: 'literal' | 'quit' | 'time' | 'number' | 'remote' | 'open' | 'session';
  field: 'principal' | 'database' | 'address' | 'application' | 'pid' | 'lineNumber' | undefined;
  literal: Uint8Array;
  takesLiteral: boolean;
  isFirstName: boolean;
  mayBeLonger: boolean;
  maxBytes: number;
}

/** Takes entries of a text log out of a window, many at a time. */
export class TextLogRecords {
  readonly taken: TakenRecords;
  private readonly window: ScanWindow;
  private readonly prefix: TextPrefix;
  private readonly flags: number;
  private readonly stepsEnd: number;
  private readonly login: number;

  /** @param login class of the messages that tell user and database */
  constructor(window: ScanWindow, prefix: TextPrefix, messages: readonly MessageBeginning[], login: number) {
    this.window = window;
    this.prefix = prefix;
    this.login = login;
    this.flags = (prefix.tellsClient ? 1 : 0) | (prefix.splitsAtLast ? 2 : 0) | (prefix.hasSession ? 4 : 0);
    this.taken = new TakenRecords(window, RECORD_WORDS, messages);
    this.stepsEnd = KEYS + 4 * OPERATION_WORDS * prefix.steps.length;
    for (const [i, step] of prefix.steps.entries()) {
      this.write(KEYS + 4 * OPERATION_WORDS * i, step);
    }
  }

  private write(at: number, step: TextStep): void {
    const { bytes } = this.window;
    const { literal } = step;
    const word = step.kind === 'session' ? SESSION_WORD : TextWord[step.field ?? 'nothing'];
    const flags = (step.isFirstName ? IS_FIRST_NAME : 0) | (step.mayBeLonger ? MAY_BE_LONGER : 0);
    const words = new Int32Array(bytes.buffer, at, OPERATION_WORDS).fill(0);
    words.set([KINDS.indexOf(step.kind), step.takesLiteral ? literal.length : 0, 4 * word, flags]);
    words.set([step.maxBytes, literal.length], 12);
    bytes.set(literal, at + LITERAL);
    bytes.fill(0xff, at + MASK, at + MASK + literal.length);
  }

  /** An entry has been read that begins at a place. */
  noteMinute(time: number, start: number): void {
    const ms = this.window.wasm.noteTextMinute(start + this.prefix.timeOffset);
    this.taken.minute = ms < 0 ? Number.NaN : time - ms;
  }

  /**
   * Takes the entries that begin at the window's position; false when the first one is not among those that can be.
   *
   * @param line place in the index of the end of its line
   * @param seed of the hash of names
   */
  take(line: number, seed: number): boolean {
    const { window, prefix, taken, stepsEnd, flags, login } = this;
    const { minute, messagesEnd } = taken;
    if (Number.isNaN(minute)) {
      return false;
    }
    const { wasm, position, indexCount, end } = window;
    return taken.hold(
      wasm.takeTextLog(
        line,
        indexCount,
        INDEX,
        position,
        end,
        KEYS,
        stepsEnd,
        flags,
        prefix.reach,
        MESSAGES,
        messagesEnd,
        login,
        minute,
        seed,
        TAKEN,
        TAKEN_END,
      ),
    );
  }
}
