import { type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COLUMNS = /"columns"\s*:\s*$/i;
const ROWS = /"rows"\s*:\s*$/i;
/** What is kept in front of a bracket, to know the key it stands behind. */
const KEY_BYTES = 64;

/** A column, as the query interface of Log Analytics names it, and as its older one does. */
interface Column {
  name?: string;
  ColumnName?: string;
}

/**
 * Gives each row of `{"tables": [{"columns": [{"name": …}, …], "rows": [[…], …]}]}` as an object of JSON, what is null left
 * out. An answer is never held whole, a row that is too long is passed over.
 */
export function createJsonRowStage(emit: Emit): Stage {
  let kept: Buffer = Buffer.alloc(0);
  let keptOffset = 0;
  /** Brackets open within the list that is being taken. */
  let depth = 0;
  let start = -1;
  let isColumns = false;
  let isInRows = false;
  let isInString = false;
  let isEscaped = false;
  let names: readonly string[] = [];

  function push(piece: Buffer, offset: number): void {
    const from = kept.length;
    keptOffset = from > 0 ? keptOffset : offset;
    const bytes = from > 0 ? Buffer.concat([kept, piece]) : piece;
    for (let p = from; p < bytes.length; p++) {
      pass(bytes, p);
    }
    const keep = start >= 0 ? start : Math.max(0, bytes.length - KEY_BYTES);
    const isTooLong = bytes.length - keep > MAX_LINE_BYTES;
    kept = isTooLong ? Buffer.alloc(0) : Buffer.from(bytes.subarray(keep));
    keptOffset += isTooLong ? bytes.length : keep;
    start = start >= 0 && !isTooLong ? 0 : -1;
  }

  function pass(bytes: Buffer, p: number): void {
    const byte = bytes[p]!;
    if (isInString) {
      isInString = isEscaped || byte !== QUOTE;
      isEscaped = byte === BACKSLASH && !isEscaped;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (depth > 0) {
      depth += byte === OPEN_BRACKET || byte === OPEN_BRACE ? 1 : 0;
      depth -= byte === CLOSE_BRACKET || byte === CLOSE_BRACE ? 1 : 0;
      if (depth === 0) {
        take(bytes, p + 1);
      }
    } else if (byte === OPEN_BRACKET) {
      open(bytes, p);
    } else if (byte === CLOSE_BRACKET) {
      isInRows = false;
    }
  }

  function open(bytes: Buffer, p: number): void {
    const before = bytes.toString('latin1', Math.max(0, p - KEY_BYTES), p);
    isColumns = COLUMNS.test(before);
    if (isColumns || isInRows) {
      depth = 1;
      start = p;
    } else {
      isInRows = ROWS.test(before);
    }
  }

  function take(bytes: Buffer, end: number): void {
    const list = start < 0 ? undefined : listIn(bytes.subarray(start, end));
    const offset = keptOffset + start;
    start = -1;
    if (list === undefined) {
      return;
    }
    if (isColumns) {
      names = (list as Column[]).map(({ name, ColumnName }) => name ?? ColumnName ?? '');
    } else {
      const members = list.flatMap((cell, i) => (cell === null || cell === '' ? [] : [[names[i] ?? '', cell]]));
      emit(Buffer.from(`${JSON.stringify(Object.fromEntries(members))}\n`), offset);
    }
  }

  return {
    push,
    finish: () => undefined,
    get heldOffset() {
      return kept.length > 0 ? keptOffset : undefined;
    },
  };
}

function listIn(text: Buffer): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text.toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
