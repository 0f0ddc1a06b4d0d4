import { PLAIN_BITS, Word } from './word-table.ts';

/** What stood last. `callable`: a name of a function, which may be that of a column as well. */
const Token = { none: 0, name: 1, callable: 2, clause: 3, literal: 4, point: 5, colon: 6, other: 7 } as const;

const POINT = 0x2e;
const COLON = 0x3a;
const AMPERSAND = 0x26;
const ROUND_BRACKET = 0x28;
/** `pg_`, as a little-endian number. */
const SYSTEM = 0x5f6770;
/** `inf` of `"information_schema"`. */
const INFORMATION = 0x666e69;
/** Words that are no names of columns. */
const RESERVED = Word.clause | Word.negation;

/**
 * Tells of most statements of applications, token by token, that they read or write rows of tables and do no more:
 * PostgreSQL's parser, which takes a thousand times as long, would find no sign of an injection and no effect in them.
 * What is not certain is not plain: a function that is not known for harmless, anything of the system catalog, a
 * condition that does not begin with a column.
 */
export class Plainness {
  /** Nothing was told so far that needs a closer look. */
  private isClear = false;
  private last: number = Token.none;
  /** Bits of the word that stood last; 0 behind a name. */
  private wordBefore = 0;
  /** A condition has begun, and no column of it was seen. */
  private isOpen = false;
  /** A condition begins with the names that stood last: a literal behind them makes them a type. */
  private isColumn = false;
  /** Behind INTO: a table, and its columns in brackets. */
  private isTarget = false;
  /** What stood before the latest colon may be cast without a look at it. */
  private isSimple = false;
  /** Behind what may be the start of U&"…", which spells any name. */
  private isUnicode = false;

  restart(): void {
    this.isClear = true;
    this.last = Token.none;
    this.wordBefore = 0;
    this.isOpen = false;
    this.isColumn = false;
    this.isTarget = false;
    this.isUnicode = false;
  }

  /** Of the whole statement, once all of its tokens were told. */
  get isPlain(): boolean {
    return this.isClear && !this.isOpen && this.last !== Token.none;
  }

  /** @param given what the table knows of the word @param head its first four bytes */
  word(given: number, head: number): void {
    const bits = given & PLAIN_BITS;
    if (bits === 0) {
      this.name((head & 0xffffff) === SYSTEM);
      return;
    }
    const isMisplaced =
      (this.last === Token.none && (bits & Word.first) === 0) ||
      ((bits & Word.into) !== 0 && (this.wordBefore & Word.beforeInto) === 0) ||
      ((bits & Word.typing) !== 0 && this.isColumn);
    this.isClear = this.isClear && !isMisplaced && (bits & Word.telling) === 0;
    this.isTarget = (bits & Word.into) !== 0;
    this.isColumn = false;
    this.wordBefore = bits;
    this.last = (bits & RESERVED) === 0 ? Token.callable : Token.clause;
    if (this.isOpen || (bits & (Word.condition | Word.between)) !== 0) {
      this.condition(bits);
    }
  }

  /** A quoted name. @param head the quote and the three bytes behind it */
  quoted(head: number): void {
    const start = head >>> 8;
    this.name(start === SYSTEM || start === INFORMATION || this.isUnicode);
  }

  literal(): void {
    this.isClear = this.isClear && !this.isOpen && !this.isColumn && this.last !== Token.none;
    this.last = Token.literal;
  }

  open(byte: number): void {
    if (byte === ROUND_BRACKET && !this.isCallable()) {
      this.isClear = false;
    }
    this.isTarget = false;
    this.isColumn = false;
    this.last = this.last === Token.none ? Token.none : Token.other;
  }

  close(): void {
    this.other(ROUND_BRACKET);
  }

  other(byte: number): void {
    if (byte === COLON) {
      this.colon();
      return;
    }
    this.isClear = this.isClear && this.last !== Token.none;
    this.isUnicode = byte === AMPERSAND;
    this.isColumn = this.isColumn && byte === POINT;
    this.isOpen = this.isOpen && this.last !== Token.callable;
    this.last = byte === POINT ? Token.point : Token.other;
  }

  private name(isTelling: boolean): void {
    this.isClear = this.isClear && !isTelling && this.last !== Token.none;
    this.isColumn ||= this.isOpen;
    this.isOpen = false;
    this.wordBefore = 0;
    this.isUnicode = false;
    this.last = Token.name;
  }

  /** Whether a bracket may open behind what stood last. */
  private isCallable(): boolean {
    return this.last === Token.name
      ? this.isTarget
      : (this.last !== Token.callable && this.last !== Token.clause) || (this.wordBefore & Word.callable) !== 0;
  }

  private condition(bits: number): void {
    if (this.isOpen && (bits & Word.clause) !== 0) {
      this.isClear = this.isClear && (bits & Word.existence) !== 0; // it is over, or begins with what is no column
      this.isOpen = false;
    }
    if ((bits & Word.between) !== 0) {
      this.isClear = false; // which AND is its own, only a parser can tell
    } else if ((bits & Word.condition) !== 0) {
      this.isOpen = true;
    }
  }

  /** `a::int`: what is cast to a number may be a text with a secret in it, unless it is but a name or a literal. */
  private colon(): void {
    if (this.last === Token.colon && !this.isSimple) {
      this.isClear = false;
    }
    this.isSimple = this.last === Token.literal || this.last === Token.name;
    this.isColumn = false;
    this.last = Token.colon;
  }
}
