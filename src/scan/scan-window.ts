import type { Feed } from './feed.ts';
import {
  BLOCK,
  FOUND,
  FOUND_VALUES,
  INDEX,
  INDEX_ENTRIES,
  PADDING,
  PAGE_BYTES,
  RECORD_ENTRIES,
  RECORDS,
  SCRATCH,
} from './layout.ts';
import { Oddity } from './scan.ts';
import { TextHash } from './text-hash.ts';
import { behindNuls, byteOrderMarkAt } from './text-start.ts';
import { instantiateScan, SCAN_OF, type ScanKind } from './wasm-scan.ts';

/** Puts up to `length` bytes at `bytes[at]` and says how many; 0 is the end. */
export type ReadInto = (bytes: Uint8Array, at: number, length: number) => number | Promise<number>;

/** Small enough that block and index stay in the second-level cache. */
const READ_BYTES = 262_144;
/** A longer record is rejected: memory stays bounded whatever a source holds. */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024;
/** What is scanned after a broken record, doubled with each success: many broken records stay cheap. */
const CAUTIOUS_BYTES = 4096;

/** What is being read of a source: bytes and an index. Readers move `position` on; `refill` brings more, keeps the unread. */
export class ScanWindow {
  /** All of the memory; valid until the next `refill`. */
  bytes!: Uint8Array;
  /** 32-bit words of `bytes` at any offset, little-endian. */
  words!: DataView;
  index!: Int32Array;
  records!: Int32Array;
  /** Start and end of each value that was found of a record, by the number of its key; both 0 where there was none. */
  found!: Int32Array;
  indexCount = 0;
  recordCount = 0;
  /** JSON: no newline stands inside a string, so every second of the entries of a string is its closing quote. */
  areStringsWhole = true;
  /** Counts how often the index was made: entries of an earlier one mean nothing. */
  indexing = 0;
  /** JSON: a backslash stands somewhere in the bytes that the index is about. */
  mayHaveEscapes = true;
  /** What gives the text that a source carries; undefined: its bytes are read as they are. */
  feed: Feed | undefined;
  /** The reader tries to do without an index: `refill` makes none, `makeIndex` does. */
  isLazy = false;
  /** Whether the index is about the bytes from where it was made on; false: there is none. */
  isIndexed = true;
  /** Start of the first unread record in `bytes`. */
  position = BLOCK;
  /** What lies from here on is kept by `refill` although it has been read; undefined: only what is unread. */
  anchor: number | undefined;
  /** End of the bytes read. */
  end = BLOCK;
  /** Where the reader's unescaped text goes: up to the end of the first page. */
  readonly scratch = SCRATCH;
  /** Its memory is `bytes`. */
  readonly wasm = instantiateScan();
  readonly hash = new TextHash(this);
  private readonly scan: (typeof SCAN_OF)[ScanKind];
  private results!: Int32Array;
  private scannedTo = BLOCK;
  private scannedFrom = BLOCK;
  /** The scan stopped because an area was full. */
  private isFull = false;
  private scanLimit = Number.POSITIVE_INFINITY;
  /** Nothing but NUL bytes was read. */
  private isAtStart = true;
  /** Offset in the source of `bytes[0]` (negative at first). */
  private sourceOffset = -BLOCK;

  constructor(kind: ScanKind) {
    this.scan = SCAN_OF[kind];
    this.reserve(READ_BYTES);
  }

  /** Offset in the source of a position in `bytes`. */
  offsetOf(position: number): number {
    const offset = this.sourceOffset + position;
    return this.feed === undefined || this.feed.isPlain ? offset : this.feed.sourceOffset(offset);
  }

  /** Starts on another source, or in the middle of one. */
  restart(offset = 0): void {
    this.position = BLOCK;
    this.end = BLOCK;
    this.anchor = undefined;
    this.isAtStart = true;
    this.sourceOffset = offset - BLOCK;
    this.feed?.restart(offset);
    this.makeIndex();
  }

  /** Continues at `position` after a broken record, cautiously. */
  resume(position: number): void {
    this.position = position;
    this.scanLimit = CAUTIOUS_BYTES;
    this.buildIndex();
  }

  /** Whether bytes in the window still wait for their index: `refill` makes it without reading. */
  get isUnscanned(): boolean {
    return this.scannedTo < this.end;
  }

  /** Whether `refill` moves no bytes that are kept, and these are fewer than so many. */
  mayAdd(keptBytes: number): boolean {
    return this.anchor === BLOCK && this.end - BLOCK < keptBytes;
  }

  /** Why the record at `position` can never become whole; undefined when more bytes may help. */
  get obstacle(): string | undefined {
    if (this.end - this.position >= MAX_RECORD_BYTES) {
      return `longer than ${MAX_RECORD_BYTES / 1024 / 1024} MiB`;
    }
    return this.isFull && this.position === this.scannedFrom ? 'too many fields' : undefined;
  }

  /**
   * Goes to where the next record starts behind a broken one; false when no start was found, which -1 stands for. Then all
   * is passed over but the last `startBytes`, in which a start may be half told.
   */
  recover(start: number, isEnd: boolean, startBytes: number): boolean {
    const unknown = isEnd ? this.end : Math.max(this.position, this.end - startBytes);
    this.resume(start < 0 ? unknown : start);
    return start >= 0;
  }

  /**
   * JSON: whether the object at entry `now` of the index has the members of the one at entry `before`, which is whole
   * and has `count` entries: `isAlike` of plain-alike.ts. Only while strings are whole.
   */
  isAlike(before: number, now: number, count: number): boolean {
    return now + count <= this.indexCount && this.wasm.isAlike(INDEX + 4 * before, INDEX + 4 * now, count) !== 0;
  }

  /** Makes the index that `refill` has not made. */
  makeIndex(): void {
    this.scanLimit = Number.POSITIVE_INFINITY;
    this.buildIndex();
  }

  /** Scans what is unscanned or reads more; false when nothing changed: the source has ended. */
  async refill(read: ReadInto): Promise<boolean> {
    if (this.isUnscanned) {
      this.scanLimit *= 2;
      this.buildIndex();
      return true;
    }
    this.compact();
    this.reserve(this.end - BLOCK + READ_BYTES);
    const got = await (this.feed?.read(read, this.bytes, this.end, READ_BYTES) ??
      read(this.bytes, this.end, READ_BYTES));
    this.end += got;
    this.skipToText();
    if (this.isLazy && got > 0) {
      this.dropIndex();
    } else {
      this.buildIndex();
    }
    return got > 0;
  }

  /** The source has no more bytes: takes what the feed still held; false when that is nothing. */
  async finish(): Promise<boolean> {
    const isFed = this.feed?.isPlain === false; // it may find out now only that its text is plain
    this.feed?.finish();
    return isFed && this.refill(() => 0);
  }

  /** Adds a newline after the last byte of a source whose last line has none. */
  endLine(): void {
    this.bytes[this.end++] = 0x0a;
    this.makeIndex();
  }

  /** Passes over what may stand in front of a text: a byte order mark, NUL bytes. */
  private skipToText(): void {
    this.position = this.isAtStart ? behindNuls(this.bytes, this.position, this.end) : this.position;
    this.isAtStart &&= this.position === this.end;
    if (this.offsetOf(this.position) === 0) {
      this.position += byteOrderMarkAt(this.words, this.position, this.end);
    }
  }

  private compact(): void {
    const moved = (this.anchor ?? this.position) - BLOCK;
    if (moved !== 0) {
      this.bytes.copyWithin(BLOCK, BLOCK + moved, this.end);
    }
    this.sourceOffset += moved;
    this.feed?.forget(this.sourceOffset + BLOCK);
    this.end -= moved;
    this.position -= moved;
    if (this.anchor !== undefined) {
      this.anchor = BLOCK;
    }
  }

  /** Makes room for `blockBytes`. Grows by doubling: a long record costs linear time. */
  private reserve(blockBytes: number): void {
    const { memory } = this.wasm;
    const needed = BLOCK + blockBytes + PADDING;
    if (memory.buffer.byteLength < needed) {
      const target = Math.max(
        needed,
        Math.min(memory.buffer.byteLength * 2, BLOCK + MAX_RECORD_BYTES + READ_BYTES + PADDING),
      );
      memory.grow(Math.ceil((target - memory.buffer.byteLength) / PAGE_BYTES));
    }
    if (this.bytes?.buffer !== memory.buffer) {
      this.bytes = new Uint8Array(memory.buffer);
      this.words = new DataView(memory.buffer);
      this.results = new Int32Array(memory.buffer, 0, 4);
      this.index = new Int32Array(memory.buffer, INDEX, INDEX_ENTRIES);
      this.records = new Int32Array(memory.buffer, RECORDS, RECORD_ENTRIES);
      this.found = new Int32Array(memory.buffer, FOUND, 2 * FOUND_VALUES);
    }
  }

  private dropIndex(): void {
    this.bytes.fill(0, this.end, this.end + PADDING);
    this.isIndexed = false;
    this.isFull = false;
    this.indexCount = 0;
    this.indexing++;
    this.scannedTo = this.position;
  }

  private buildIndex(): void {
    const length = Math.min(this.end - this.position, this.scanLimit);
    this.bytes.fill(0, this.end, this.end + PADDING);
    const indexEnd = INDEX + INDEX_ENTRIES * 4;
    this.wasm[this.scan](this.position, length, INDEX, indexEnd, RECORDS, RECORDS + RECORD_ENTRIES * 4);
    this.indexCount = this.results[0]!;
    this.recordCount = this.results[1]!;
    this.areStringsWhole = (this.results[3]! & Oddity.newlineInString) === 0;
    this.mayHaveEscapes = (this.results[3]! & Oddity.backslash) !== 0;
    this.isFull = this.results[2]! < length;
    this.isIndexed = true;
    this.indexing++;
    this.scannedFrom = this.position;
    this.scannedTo = this.position + this.results[2]!;
  }
}
