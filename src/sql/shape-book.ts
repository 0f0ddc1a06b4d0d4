import { PairTable } from '../lib/pair-table.ts';
import { type Renaming, renameWithin } from '../lib/renaming.ts';
import { copiedText, isSame } from '../lib/word-text.ts';
import type { Activity } from '../model/activity.ts';
import type { Dialect, Fingerprint } from './fingerprint.ts';
import type { Shape } from './shape.ts';
import { shapeOf, tokenShapeOf } from './shape-of.ts';

/** Shapes remembered at a time, and bytes of their normal forms. */
const MAX_SHAPES = 65_536;
const MAX_BYTES = 16_000_000;
/**
 * Statements given to PostgreSQL's parser at once, and how long it takes until there is one more. A parse takes some
 * 0.1 ms: of a day that has nothing but new statements 0.07 s. An attack by a tool needs about a thousand.
 */
const MAX_PARSES = 2000;
const MS_PER_PARSE = 120_000;
/** Shapes at hand without a look at their normal form; a power of two. */
const AT_HAND = 256;

interface Entry {
  /** The normal form (see `copiedText`): hashes of 64 bits are not trusted alone. */
  normal: Int32Array;
  shape: Shape;
  /** Whether it was seen again since the last look. */
  isUsed: boolean;
}

/** Who tells of a statement: with its literals, and when it ran. */
type Told = Pick<Activity, 'statementText' | 'time'>;

/** What was read of the statement of the latest activity: several books ask for the same. */
const latest: { serial: number; dialect: Dialect; shape: Shape | undefined } = {
  serial: 0,
  dialect: 'postgresql',
  shape: undefined,
};

/**
 * Shapes of the statements of one resource by fingerprint. Each is worked out once; beyond a budget from tokens only,
 * so that made-up statements cost little, however many there are in a log that is read at once: the budget grows with
 * event time. Shapes seen once are the first to be forgotten: they push out no others.
 */
export class ShapeBook {
  static readonly omits = ['keptAtHand', 'entriesAtHand'];
  private readonly table = new PairTable();
  private readonly entries: (Entry | undefined)[] = [];
  private bytes = 0;
  /** Parses left, of new shapes and again of known ones, and the event time up to which they were given. */
  private newParses = MAX_PARSES;
  private moreParses = MAX_PARSES;
  private givenTime = 0;
  private readonly dialect: Dialect;
  /** Numbers of remembered statements, and their entries. */
  private keptAtHand: number[] = [];
  private entriesAtHand: Entry[] = [];

  constructor(dialect: Dialect = 'postgresql') {
    this.dialect = dialect;
  }

  restored(): void {
    this.keptAtHand = [];
    this.entriesAtHand = [];
  }

  /** What a statement does. Its text is asked for only when that is not known yet, or depends on its literals. */
  shapeOf(fingerprint: Fingerprint, told: Told): Shape {
    const place = fingerprint.low & (AT_HAND - 1);
    if (fingerprint.memory !== 0 && this.keptAtHand[place] === fingerprint.memory) {
      const entry = this.entriesAtHand[place]!;
      entry.isUsed = true;
      return entry.shape;
    }
    return this.look(fingerprint, told);
  }

  /** Whether the next new statement is read by PostgreSQL's parser. */
  mayParse(time: number): boolean {
    this.giveParses(time);
    return this.newParses > 0;
  }

  private look(fingerprint: Fingerprint, told: Told): Shape {
    const { low, high, start, length } = fingerprint;
    const slot = this.table.find(low, high);
    const known = slot === 0 ? undefined : this.entries[slot];
    if (known !== undefined && isSame(known.normal, 0, fingerprint.words, start, start + length)) {
      known.isUsed = true;
      if (known.shape.dependsOnLiterals) {
        return this.again(told);
      }
      if (fingerprint.memory !== 0) {
        this.keptAtHand[low & (AT_HAND - 1)] = fingerprint.memory;
        this.entriesAtHand[low & (AT_HAND - 1)] = known;
      }
      return known.shape;
    }
    const { serial } = fingerprint;
    const normal = copiedText(fingerprint.words, start, start + length);
    const shape = this.readNew(told, serial);
    if (known === undefined) {
      this.remember(low, high, { normal, shape, isUsed: false });
    }
    return shape;
  }

  private latestOf(serial: number): Shape | undefined {
    const isSame = serial !== 0 && latest.serial === serial && latest.dialect === this.dialect;
    return isSame ? latest.shape : undefined;
  }

  /** Costs a parse of the budget even where another book has read the statement: budgets must not depend on each other. */
  private readNew(told: Told, serial: number): Shape {
    const mayParse = this.mayParse(told.time);
    this.newParses = Math.max(0, this.newParses - 1);
    const known = this.latestOf(serial);
    if (known !== undefined) {
      return known;
    }
    latest.shape = (mayParse ? shapeOf : tokenShapeOf)(told.statementText(), this.dialect);
    latest.serial = serial;
    latest.dialect = this.dialect;
    return latest.shape;
  }

  private again(told: Told): Shape {
    this.giveParses(told.time);
    const shape = (this.moreParses > 0 ? shapeOf : tokenShapeOf)(told.statementText(), this.dialect);
    this.moreParses = Math.max(0, this.moreParses - 1);
    return shape;
  }

  private giveParses(time: number): void {
    const given = Math.floor((time - this.givenTime) / MS_PER_PARSE);
    if (given > 0) {
      this.givenTime += given * MS_PER_PARSE;
      this.newParses = Math.min(MAX_PARSES, this.newParses + given);
      this.moreParses = Math.min(MAX_PARSES, this.moreParses + given);
    }
  }

  private remember(low: number, high: number, entry: Entry): void {
    if (this.table.size >= MAX_SHAPES || this.bytes >= MAX_BYTES) {
      this.forgetUnused();
    }
    const slot = this.table.add(low, high);
    this.entries[slot] = entry;
    this.bytes += entry.normal.byteLength;
  }

  /** As part of a state: a statement that names a principal is read anew when it comes again. */
  rename(renaming: Renaming): void {
    this.restored();
    for (const slot of this.table.used()) {
      const { normal, shape } = this.entries[slot]!;
      const text = Buffer.from(normal.buffer, normal.byteOffset + normal.BYTES_PER_ELEMENT, normal[0]).toString();
      if (renaming.text(text) === text) {
        renameWithin(shape, renaming);
      } else {
        this.forget(slot);
      }
    }
  }

  private forget(slot: number): void {
    this.bytes -= this.entries[slot]!.normal.byteLength;
    this.table.remove(slot);
    this.entries[slot] = undefined;
  }

  private forgetUnused(): void {
    this.restored();
    const used = [...this.table.used()];
    const isCrowded = used.filter((slot) => this.entries[slot]!.isUsed).length > (3 / 4) * used.length;
    for (const slot of used) {
      const entry = this.entries[slot]!;
      if (isCrowded || !entry.isUsed) {
        this.forget(slot);
      }
      entry.isUsed = false;
    }
  }
}
