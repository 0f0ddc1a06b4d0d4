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
/** What is given of an object that is too long: enough to be seen among the rejected. */
const SHOWN_BYTES = 1024;

/**
 * Cuts JSON into its objects: one behind the other, with or without newlines between them, in a list, or in the list of
 * an object around them. It may be met in its middle. An object that is broken ends with its line.
 */
export function createObjectStage(onObject: (object: Buffer, offset: number) => void): Stage {
  let open: Buffer = Buffer.alloc(0);
  let openOffset = 0;
  /** Brackets and braces open within the object; 0: outside of any. */
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    const bytes = open.length > 0 ? Buffer.concat([open, piece]) : piece;
    let start = depth > 0 ? 0 : -1;
    const offsetAt = (at: number) => (isSource ? offset + at - open.length : offset);
    const end = (at: number) => {
      onObject(bytes.subarray(start, at), start < open.length && open.length > 0 ? openOffset : offsetAt(start));
      start = -1;
      depth = 0;
      isInString = false;
    };
    for (let p = open.length; p < bytes.length; p++) {
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
    keep(bytes, start, offsetAt);
  }

  function keep(bytes: Buffer, start: number, offsetAt: (at: number) => number): void {
    if (start < 0) {
      open = Buffer.alloc(0);
      return;
    }
    openOffset = start < open.length && open.length > 0 ? openOffset : offsetAt(start);
    open = Buffer.from(bytes.subarray(start));
    if (open.length > MAX_LINE_BYTES) {
      finish();
    }
  }

  function finish(): void {
    if (open.length > 0) {
      onObject(open.subarray(0, SHOWN_BYTES), openOffset);
    }
    open = Buffer.alloc(0);
    depth = 0;
    isInString = false;
    isEscaped = false;
  }

  return {
    push,
    finish,
    get heldOffset() {
      return open.length > 0 ? openOffset : undefined;
    },
  };
}
