import { Plainness } from './plainness.ts';
import { BYTE_CLASSES, ByteClass, LOWER_CASE } from './sql-bytes.ts';
import { WORD_MULTIPLIER } from './word-code.ts';
import { Word, wordBits } from './word-table.ts';

const Kind = { none: 0, word: 1, literal: 2, other: 3 } as const;
/** What a pair of brackets holds. */
const List = { none: 0, values: 1, rows: 2 } as const;
/** Brackets within brackets for which lists are folded; deeper ones are copied as they are. */
const MAX_DEPTH = 64;
const DOLLAR = 0x24;
/**
 * Writes the normal form of a statement, token by token: words in lower case, one blank between words, `?` for
 * literals. Behind IN, VALUES and `[` a list of literals is one literal; rows of VALUES that are equal are one row.
 */
export class NormalForm {
  readonly bytes: Uint8Array;
  readonly words: DataView;
  /** What the tokens tell of what the statement does. */
  readonly plainness = new Plainness();
  end = 0;
  depth = 0;
  hasStacked = false;
  private last: number = Kind.none;
  private hasSemicolon = false;
  private wordStart = 0;
  /** What the table knows of the latest word. */
  private wordBits = 0;
  /** By depth: what the brackets hold, and where they stand. */
  private readonly lists = new Uint8Array(MAX_DEPTH + 1);
  private readonly opened = new Int32Array(MAX_DEPTH + 1);
  /** Where the row of VALUES read last begins and ends; -1 when there is none. */
  private rowStart = -1;
  private rowEnd = -1;

  /** @param maxBytes of the statements; each token gives at most its own length and a blank */
  constructor(maxBytes: number) {
    this.bytes = new Uint8Array(2 * maxBytes + 64);
    this.words = new DataView(this.bytes.buffer);
  }

  restart(): void {
    this.end = 0;
    this.depth = 0;
    this.hasStacked = false;
    this.last = Kind.none;
    this.hasSemicolon = false;
    this.rowEnd = -1;
    this.lists[0] = List.none;
    this.plainness.restart();
  }

  /** Writes the word that begins at `start` and says where it ends. */
  word(input: Uint8Array, start: number, stop: number): number {
    this.begin(true);
    const { bytes } = this;
    let to = this.end;
    let code = 0;
    let p = start;
    this.wordStart = to;
    for (; p < stop; p++) {
      const byte = input[p]!;
      if (BYTE_CLASSES[byte]! < ByteClass.word && byte !== DOLLAR) {
        break;
      }
      const lower = LOWER_CASE[byte]!;
      bytes[to++] = lower;
      code = (Math.imul(code, WORD_MULTIPLIER) + lower) | 0;
    }
    this.end = to;
    const bits = wordBits(code);
    this.wordBits = bits;
    if (p - start <= 5 && (bits & Word.literal) !== 0 && this.isLiteralAsked()) {
      this.end = this.wordStart;
      this.literal();
    } else {
      this.last = Kind.word;
      this.plainness.word(bits, to - this.wordStart < 3 ? 0 : this.words.getInt32(this.wordStart, true));
    }
    return p;
  }

  /** A quoted name: written as it stands, for its case counts. */
  name(input: Uint8Array, start: number, end: number): void {
    this.begin(true);
    this.bytes.set(input.subarray(start, end), this.end);
    this.plainness.quoted(this.words.getInt32(this.end, true));
    this.end += end - start;
    this.wordStart = this.end;
    this.wordBits = 0;
    this.last = Kind.word;
  }

  literal(): void {
    this.begin(true);
    this.plainness.literal();
    const { bytes } = this;
    this.dropSign();
    const isFolded = this.list !== List.none && bytes[this.end - 1] === 0x2c && bytes[this.end - 2] === 0x3f;
    if (isFolded) {
      this.end--;
    } else {
      bytes[this.end++] = 0x3f;
    }
    this.last = Kind.literal;
  }

  other(byte: number): void {
    this.plainness.other(byte);
    this.write(byte);
  }

  private write(byte: number): void {
    this.begin(false);
    this.bytes[this.end++] = byte;
    this.last = Kind.other;
  }

  semicolon(): void {
    this.hasSemicolon ||= this.last !== Kind.none;
  }

  open(byte: number): void {
    const list = this.listBefore(byte);
    this.plainness.open(byte);
    this.write(byte);
    this.depth++;
    if (this.depth <= MAX_DEPTH) {
      this.lists[this.depth] = list;
      this.opened[this.depth] = this.end - 1;
    }
  }

  close(byte: number): void {
    this.other(byte);
    if (this.depth <= 0) {
      this.depth--;
      return;
    }
    const isRow = this.depth <= MAX_DEPTH && this.lists[this.depth] === List.rows;
    if (isRow) {
      this.closeRow(this.opened[this.depth]!);
    }
    this.depth--;
  }

  /** Drops a row that is equal to the one before. */
  private closeRow(start: number): void {
    const { bytes, end, rowStart, rowEnd } = this;
    const follows = rowEnd >= 0 && rowEnd === start - 1;
    if (follows && rowEnd - rowStart === end - start && isSame(bytes, rowStart, start, end - start)) {
      this.end = rowEnd;
      return;
    }
    this.rowStart = start;
    this.rowEnd = end;
  }

  /** Whether a point that comes next belongs to a name: `t.1` is junk, `.1` a number. */
  get endsInWord(): boolean {
    return this.end > 0 && BYTE_CLASSES[this.bytes[this.end - 1]!]! >= ByteClass.word;
  }

  private get list(): number {
    return this.depth >= 0 && this.depth <= MAX_DEPTH ? this.lists[this.depth]! : List.none;
  }

  /** What the bracket that comes next will hold. */
  private listBefore(byte: number): number {
    if (byte === 0x5b) {
      return List.values;
    }
    if (this.last === Kind.word) {
      return (this.wordBits & Word.listBefore) !== 0
        ? List.values
        : (this.wordBits & Word.rowsBefore) !== 0
          ? List.rows
          : List.none;
    }
    return this.rowEnd >= 0 && this.rowEnd === this.end - 1 && this.bytes[this.end - 1] === 0x2c
      ? List.rows
      : List.none;
  }

  private isLiteralAsked(): boolean {
    return this.list !== List.none || this.bytes[this.wordStart - 1] === 0x3d;
  }

  /** What every token does first: semicolons are told only between statements, blanks only between words. */
  private begin(isWord: boolean): void {
    if (this.hasSemicolon) {
      this.hasSemicolon = false;
      this.hasStacked = true;
      this.bytes[this.end++] = 0x3b;
      this.last = Kind.other;
      this.wordStart = this.end;
    }
    if (isWord && (this.last === Kind.word || this.last === Kind.literal)) {
      this.bytes[this.end++] = 0x20;
    }
  }

  /** Drops the minus sign at the end when it belongs to the literal that follows. */
  private dropSign(): void {
    const { bytes, end } = this;
    if (this.last !== Kind.other || bytes[end - 1] !== 0x2d) {
      return;
    }
    const before = bytes[end - 2]!;
    const isWord = end > 1 && BYTE_CLASSES[before]! >= ByteClass.word;
    const isValue = before === 0x29 || before === 0x5d || before === 0x3f || before === 0x22; // ) ] ? "
    if (end === 1 || (isWord ? (this.wordBits & Word.signBefore) !== 0 : !isValue)) {
      this.end--;
      if (isWord) {
        bytes[this.end++] = 0x20;
      }
    }
  }
}

function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    if (bytes[a + i] !== bytes[b + i]) {
      return false;
    }
  }
  return true;
}
