import { grown, PairTable } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';

/** Sessions remembered at a time, per source. PostgreSQL allows a few thousand connections at most. */
const MAX_SESSIONS = 16_384;
/** Lines that open a session: received, authenticated, authorized. */
const LINES = 3;
/** What is kept of each: such lines are shorter than this unless names are long. */
const LINE_BYTES = 320;

const decoder = new TextDecoder();

/** A line kept from a session's opening: where it stands in the source, and in bytes. */
export interface OpeningLine {
  byteOffset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** The bytes that unread and just read records lie in. */
export interface RecordBytes {
  bytes: Uint8Array;
  offsetOf(position: number): number;
}

/**
 * Who is behind a line: the open sessions of one source, each with what its first lines told.
 *
 * A line that opens a session is copied only when it is about to leave memory: most sessions are shorter than a block.
 * A session that nobody has authenticated is the first to be forgotten when there are too many.
 */
export class Sessions {
  principal = new Int32Array(0);
  address = new Int32Array(0);
  private readonly window: RecordBytes;
  private readonly table = new PairTable();
  /** Event time of the last line that told something new; milliseconds. */
  private seen = new Float64Array(0);
  private lineCount = new Uint8Array(0);
  /** Lines that lie in `copies` already. */
  private copied = new Uint8Array(0);
  private lineOffset = new Float64Array(0);
  /** Where a line stands in the window, until it is copied. */
  private lineStart = new Int32Array(0);
  private lineLength = new Int32Array(0);
  /** Made when a line must be copied first: most sources of requests have no sessions. */
  private copies = new Uint8Array(0);
  /** Slots with lines to copy; may hold a slot twice, or one that is closed. */
  private pending = new Int32Array(16);
  private pendingCount = 0;

  constructor(window: RecordBytes) {
    this.window = window;
  }

  /** The slot of an open session; 0 when it is not known. */
  find(high: number, low: number): number {
    return this.table.find(high, low);
  }

  /** Opens a session, forgetting an earlier one of the same name. */
  open(high: number, low: number, time: number): number {
    let slot = this.table.find(high, low);
    if (slot === 0) {
      if (this.table.size >= MAX_SESSIONS) {
        this.forgetQuarter();
      }
      slot = this.table.add(high, low);
      this.reserve();
    }
    this.principal[slot] = 0;
    this.address[slot] = 0;
    this.seen[slot] = time;
    this.lineCount[slot] = 0;
    this.copied[slot] = 0;
    return slot;
  }

  close(slot: number): void {
    this.table.remove(slot);
    this.lineCount[slot] = 0;
    this.principal[slot] = 0;
    this.address[slot] = 0;
  }

  /** Notes who is behind a session. */
  authenticate(slot: number, principal: Id, time: number): void {
    this.principal[slot] = principal;
    this.seen[slot] = time;
  }

  /** Keeps a line of a session's opening, given by its place in the window. */
  keepLine(slot: number, start: number, end: number): void {
    const count = this.lineCount[slot]!;
    if (count === LINES) {
      return;
    }
    const line = slot * LINES + count;
    this.lineOffset[line] = this.window.offsetOf(start);
    this.lineStart[line] = start;
    this.lineLength[line] = Math.min(end - start, LINE_BYTES);
    this.lineCount[slot] = count + 1;
    if (count === this.copied[slot]) {
      this.addPending(slot);
    }
  }

  /** The lines that opened a session, oldest first. The bytes are valid until the window is refilled. */
  lines(slot: number): OpeningLine[] {
    const lines: OpeningLine[] = [];
    for (let i = 0; i < this.lineCount[slot]!; i++) {
      const line = slot * LINES + i;
      const isCopied = i < this.copied[slot]!;
      const start = isCopied ? line * LINE_BYTES : this.lineStart[line]!;
      const bytes = isCopied ? this.copies : this.window.bytes;
      lines.push({ byteOffset: this.lineOffset[line]!, bytes, start, end: start + this.lineLength[line]! });
    }
    return lines;
  }

  /** Copies what is about to leave the window. */
  beforeRefill(): void {
    if (this.pendingCount > 0 && this.copies.length === 0) {
      this.copies = new Uint8Array(this.seen.length * LINES * LINE_BYTES);
    }
    for (let p = 0; p < this.pendingCount; p++) {
      const slot = this.pending[p]!;
      for (let i = this.copied[slot]!; i < this.lineCount[slot]!; i++) {
        const line = slot * LINES + i;
        const start = this.lineStart[line]!;
        this.copies.set(this.window.bytes.subarray(start, start + this.lineLength[line]!), line * LINE_BYTES);
      }
      this.copied[slot] = this.lineCount[slot]!;
    }
    this.pendingCount = 0;
  }

  hold(holder: { principal(id: Id): void; address(id: Id): void }): void {
    this.table.forEach((slot) => {
      holder.principal(this.principal[slot]!);
      holder.address(this.address[slot]!);
    });
  }

  /** Forgets the lines that opened the sessions of some principals, or tell of them; of lines of others only is kept what counts. */
  forgetLines(principals: ReadonlySet<Id>, tellsOf: (text: string) => boolean): void {
    this.beforeRefill();
    const copies = new Uint8Array(this.copies.length);
    this.table.forEach((slot) => {
      const lines = this.lines(slot).map(({ bytes, start, end }) => bytes.subarray(start, end));
      if (principals.has(this.principal[slot]!) || lines.some((bytes) => tellsOf(decoder.decode(bytes)))) {
        this.lineCount[slot] = 0;
        this.copied[slot] = 0;
      } else {
        for (const [i, bytes] of lines.entries()) {
          copies.set(bytes, (slot * LINES + i) * LINE_BYTES);
        }
      }
    });
    this.copies = copies;
  }

  private addPending(slot: number): void {
    if (this.pendingCount === this.pending.length) {
      this.pending = grown(this.pending, 2 * this.pending.length);
    }
    this.pending[this.pendingCount++] = slot;
  }

  /** Forgets a quarter of the sessions: those nobody authenticated first, then those unheard of for longest. */
  private forgetQuarter(): void {
    const isKnown = (slot: number) => (this.principal[slot] === 0 ? 0 : 1);
    const byWorth = this.table.used().sort((a, b) => isKnown(a) - isKnown(b) || this.seen[a]! - this.seen[b]! || a - b);
    for (const slot of byWorth.slice(0, MAX_SESSIONS / 4)) {
      this.close(slot);
    }
  }

  private reserve(): void {
    const slots = this.table.capacity + 1;
    if (slots <= this.seen.length) {
      return;
    }
    this.principal = grown(this.principal, slots);
    this.address = grown(this.address, slots);
    this.seen = grown(this.seen, slots);
    this.lineCount = grown(this.lineCount, slots);
    this.copied = grown(this.copied, slots);
    this.lineOffset = grown(this.lineOffset, slots * LINES);
    this.lineStart = grown(this.lineStart, slots * LINES);
    this.lineLength = grown(this.lineLength, slots * LINES);
    this.copies = grown(this.copies, this.copies.length === 0 ? 0 : slots * LINES * LINE_BYTES);
  }
}
