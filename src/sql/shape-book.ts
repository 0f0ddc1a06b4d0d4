import { PairTable } from '../lib/pair-table.ts';
import type { Dialect, Fingerprint } from './fingerprint.ts';
import type { Shape } from './shape.ts';
import { shapeOf, tokenShapeOf } from './shape-of.ts';

/** Shapes remembered at a time, and bytes of their normal forms. */
const MAX_SHAPES = 8192;
const MAX_BYTES = 8_000_000;
/** Statements given to PostgreSQL's parser in a minute of event time: new shapes, and again those of known ones. */
const PARSES_PER_MINUTE = 200;
const MINUTE_MS = 60_000;

interface Entry {
  /** The normal form: hashes of 64 bits are not trusted alone. */
  normal: Uint8Array;
  shape: Shape;
  /** Whether it was seen again since the last look. */
  isUsed: boolean;
}

/**
 * Shapes of the statements of one resource by fingerprint. Each is worked out once; beyond a budget from tokens only,
 * so that made-up statements cost little. Shapes seen once are the first to be forgotten: they push out no others.
 */
export class ShapeBook {
  private readonly table = new PairTable();
  private readonly entries: (Entry | undefined)[] = [];
  private bytes = 0;
  private minute = 0;
  private newParses = 0;
  private moreParses = 0;
  private readonly dialect: Dialect;

  constructor(dialect: Dialect = 'postgresql') {
    this.dialect = dialect;
  }

  /** What a statement does. `text` is asked for only when that is not known yet, or depends on its literals. */
  shapeOf(fingerprint: Fingerprint, text: () => string, time: number): Shape {
    const { low, high } = fingerprint;
    const slot = this.table.find(low, high);
    const known = slot === 0 ? undefined : this.entries[slot];
    if (known !== undefined && isSame(known.normal, fingerprint)) {
      known.isUsed = true;
      return known.shape.dependsOnLiterals ? this.again(text(), time) : known.shape;
    }
    const normal = fingerprint.bytes.slice(0, fingerprint.end);
    this.beginMinute(time);
    const shape = this.read(text(), this.newParses++);
    if (known === undefined) {
      this.remember(low, high, { normal, shape, isUsed: false });
    }
    return shape;
  }

  private again(sql: string, time: number): Shape {
    this.beginMinute(time);
    return this.read(sql, this.moreParses++);
  }

  private read(sql: string, parses: number): Shape {
    const isParsed = this.dialect === 'postgresql' && parses < PARSES_PER_MINUTE;
    return isParsed ? shapeOf(sql) : tokenShapeOf(sql, this.dialect);
  }

  private beginMinute(time: number): void {
    const minute = Math.floor(time / MINUTE_MS);
    if (minute > this.minute) {
      this.minute = minute;
      this.newParses = 0;
      this.moreParses = 0;
    }
  }

  private remember(low: number, high: number, entry: Entry): void {
    if (this.table.size >= MAX_SHAPES || this.bytes >= MAX_BYTES) {
      this.forgetUnused();
    }
    const slot = this.table.add(low, high);
    this.entries[slot] = entry;
    this.bytes += entry.normal.length;
  }

  private forgetUnused(): void {
    const used = [...this.table.used()];
    const isCrowded = used.filter((slot) => this.entries[slot]!.isUsed).length > (3 / 4) * used.length;
    for (const slot of used) {
      const entry = this.entries[slot]!;
      if (isCrowded || !entry.isUsed) {
        this.table.remove(slot);
        this.entries[slot] = undefined;
        this.bytes -= entry.normal.length;
      }
      entry.isUsed = false;
    }
  }
}

function isSame(normal: Uint8Array, { bytes, end }: Fingerprint): boolean {
  let p = normal.length === end ? 0 : -1;
  while (p >= 0 && p < end && normal[p] === bytes[p]) {
    p++;
  }
  return p === end;
}
