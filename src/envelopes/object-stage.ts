import { MAX_LINE_BYTES, NEWLINE, type Stage } from './stage.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Lists of records within an object of their own, as CloudWatch Logs writes them: `{"logEvents": [{…}, {…}]}`. */
const LIST = /"(?:logEvents|events)"\s*:\s*$/;
const LIST_BYTES = 64;

export interface ObjectListener {
  /** A whole object. Its bytes are valid until this returns. */
  onObject: (object: Buffer, offset: number) => void;
  /** What there is of one that is too long, or that the source ends in. */
  onTorn: (beginning: Buffer, offset: number) => void;
  /** Longer objects are torn. */
  maxBytes?: number;
}

/**
 * Cuts JSON into its objects: one behind the other, with or without newlines between them, in a list, or in the list of
 * an object around them. It may be met in its middle. An object that is broken ends with its line.
 */
export function createObjectStage({ onObject, onTorn, maxBytes = MAX_LINE_BYTES }: ObjectListener): Stage {
  const held = createHeldBytes();
  let openOffset = 0;
  /** Brackets and braces open within the object; 0: outside of any. */
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    const { length } = held;
    const bytes = held.with(piece);
    let start = depth > 0 ? 0 : -1;
    const offsetAt = (at: number) => (at < length ? openOffset : isSource ? offset + at - length : offset);
    const end = (at: number) => {
      onObject(bytes.subarray(start, at), offsetAt(start));
      start = -1;
      depth = 0;
      isInString = false;
    };
    for (let p = length; p < bytes.length; p++) {
      const byte = bytes[p]!;
      if (isInString) {
        if (byte === NEWLINE) {
          end(p);
        } else if (isEscaped) {
          isEscaped = false;
        } else {
          isEscaped = byte === BACKSLASH;
          isInString = byte !== QUOTE;
        }
      } else if (start < 0) {
        if (byte === OPEN_BRACE) {
          start = p;
          depth = 1;
        }
      } else if (byte === QUOTE) {
        isInString = true;
      } else if (byte === OPEN_BRACE) {
        depth++;
      } else if (byte === OPEN_BRACKET) {
        depth++;
        if (depth === 2 && LIST.test(bytes.toString('latin1', Math.max(start, p - LIST_BYTES), p))) {
          start = -1;
          depth = 0;
        }
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) {
        end(p + 1);
      }
    }
    openOffset = start < 0 ? openOffset : offsetAt(start);
    held.keep(bytes, start < 0 ? bytes.length : start);
    if (held.length > maxBytes) {
      finish();
    }
  }

  function finish(): void {
    if (held.length > 0) {
      onTorn(held.with(NOTHING), openOffset);
    }
    held.keep(NOTHING, 0);
    depth = 0;
    isInString = false;
    isEscaped = false;
  }

  return {
    push,
    finish,
    get heldOffset() {
      return held.length > 0 ? openOffset : undefined;
    },
  };
}

const NOTHING = Buffer.alloc(0);

/** Bytes that wait for more, in room that doubles: what is added piece by piece is copied twice at most. */
function createHeldBytes() {
  let room: Buffer = NOTHING;
  let length = 0;
  return {
    get length() {
      return length;
    },
    /** All of it with a piece behind it. */
    with(piece: Buffer): Buffer {
      if (length === 0) {
        return piece;
      }
      const needed = length + piece.length;
      if (room.length < needed) {
        const larger = Buffer.allocUnsafeSlow(2 * needed);
        room.copy(larger, 0, 0, length);
        room = larger;
      }
      piece.copy(room, length);
      return room.subarray(0, needed);
    },
    /** Goes on with what `with` gave, from a place on. */
    keep(bytes: Buffer, start: number): void {
      if (start > 0 || length === 0) {
        room = Buffer.from(bytes.subarray(start));
      }
      length = bytes.length - start;
    },
  };
}
