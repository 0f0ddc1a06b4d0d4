import { grown } from '../../lib/pair-table.ts';
import type { SyslogHeader, SyslogHeaderReader } from '../../postgres/syslog-header.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import { readSequence, type Sequence } from './sequence.ts';

/** What a line is, as far as it tells by itself. */
export const LineKind = {
  /** No header of a syslog daemon. */
  headless: 0,
  /** Of another program. */
  foreign: 1,
  /** Begins an entry of PostgreSQL's. */
  head: 2,
  /** Goes on with an entry. */
  part: 3,
} as const;

/**
 * Lines of other processes that may stand between two parts of one entry. A backend writes all parts in one go, but
 * others write at the same time.
 */
const MAX_BETWEEN = 128;

/** The lines of a window, each with what its header tells and where its entry goes on. */
export interface LineTable {
  readonly count: number;
  kindOf(line: number): number;
  startOf(line: number): number;
  endOf(line: number): number;
  /** Where the text behind header and sequence number begins. */
  textOf(line: number): number;
  processOf(line: number): number;
  pidOf(line: number): number;
  /** The next part of the same entry; 0 where none is known. */
  nextOf(line: number): number;
  /** Whether no further part of the entry that begins at a line can come. */
  isWhole(head: number): boolean;
  /** Reads the lines of the window from `position` on. */
  fill(): void;
}

/**
 * @param kindOfText what a text without the number of a part is
 */
export function createLineTable(
  window: ScanWindow,
  headers: SyslogHeaderReader,
  kindOfText: (header: SyslogHeader, start: number, end: number) => number,
): LineTable {
  let kinds = new Uint8Array(1024);
  /** Six numbers of each line. */
  let numbers = new Int32Array(1024 * NUMBERS);
  /** The last line of each process, by its hash. */
  const lastLine = new Map<number, number>();
  const sequence: Sequence = { number: 0, part: 0, text: 0 };
  let first = 0;

  const table: LineTable & { count: number } = {
    count: 0,
    kindOf: (line) => kinds[line]!,
    startOf: (line) => (line === 0 ? first : window.index[line - 1]! + 1),
    endOf: (line) => window.index[line]!,
    textOf: (line) => numbers[line * NUMBERS + TEXT]!,
    processOf: (line) => numbers[line * NUMBERS + PROCESS]!,
    pidOf: (line) => numbers[line * NUMBERS + PID]!,
    nextOf: (line) => Math.max(0, numbers[line * NUMBERS + NEXT]!),
    isWhole,
    fill,
  };

  function fill(): void {
    first = window.position;
    table.count = window.indexCount;
    lastLine.clear();
    if (kinds.length < table.count) {
      kinds = grown(kinds, 2 * table.count);
      numbers = grown(numbers, 2 * table.count * NUMBERS);
    }
    for (let line = 0; line < table.count; line++) {
      readLine(line);
    }
  }

  function readLine(line: number): void {
    const { bytes, words } = window;
    const start = table.startOf(line);
    const end = table.endOf(line);
    if (!headers.read(bytes, words, start, end)) {
      kinds[line] = LineKind.headless;
      return;
    }
    const { header } = headers;
    readSequence(bytes, header.text, end, sequence);
    const isNumbered = sequence.part > 0;
    kinds[line] = isNumbered
      ? sequence.part === 1
        ? LineKind.head
        : LineKind.part
      : kindOfText(header, sequence.text, end);
    const at = line * NUMBERS;
    numbers[at + TEXT] = sequence.text;
    numbers[at + PROCESS] = header.process;
    numbers[at + PID] = header.pid;
    numbers[at + SEQUENCE] = sequence.number;
    numbers[at + PART] = sequence.part;
    numbers[at + NEXT] = UNKNOWN;
    link(line, at, isNumbered);
  }

  /** Tells the line before it of the same process whether this one goes on with it. */
  function link(line: number, at: number, isNumbered: boolean): void {
    const process = numbers[at + PROCESS]!;
    const last = lastLine.get(process);
    lastLine.set(process, line);
    if (last === undefined) {
      return;
    }
    const before = last * NUMBERS;
    const isNext =
      kinds[line] === LineKind.part &&
      numbers[before + SEQUENCE] === numbers[at + SEQUENCE] &&
      (!isNumbered || numbers[before + PART] === numbers[at + PART]! - 1) &&
      line - last <= MAX_BETWEEN;
    numbers[before + NEXT] = isNext ? line : NONE;
  }

  function isWhole(head: number): boolean {
    let line = head;
    for (let next = numbers[line * NUMBERS + NEXT]!; next > 0; next = numbers[line * NUMBERS + NEXT]!) {
      line = next;
    }
    return numbers[line * NUMBERS + NEXT] === NONE || table.count > line + MAX_BETWEEN;
  }

  return table;
}

const NUMBERS = 6;
const TEXT = 0;
const PROCESS = 1;
const PID = 2;
const SEQUENCE = 3;
const PART = 4;
/** The line that goes on with this one, or one of the two below. */
const NEXT = 5;
const NONE = -1;
const UNKNOWN = 0;
