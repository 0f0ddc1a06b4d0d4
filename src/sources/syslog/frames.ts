const NEWLINE = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits of a length, RFC 6587; more would be no length that we take. */
const MAX_DIGITS = 9;

export interface Frames {
  /** Messages that are whole with these bytes, in order; a longer one than allowed comes as its length alone. */
  push(chunk: Buffer): (Buffer | number)[];
  /** The rest, where the sender ended without a line break. */
  end(): Buffer | undefined;
}

/**
 * Messages of a stream, RFC 6587: each begins with its length (`57 <134>…`) or ends with a line break. A sender may do
 * either; a message that begins with a digit other than 0 has its length before it.
 */
export function createFrames(maxBytes: number): Frames {
  let rest: Buffer = Buffer.alloc(0);
  /** Bytes of a message that is too long, still to be passed over; -1: up to the line break. */
  let passing = 0;
  let passed = 0;

  /** Undefined when more bytes are needed. */
  function next(): Buffer | number | undefined {
    if (passing !== 0) {
      return pass();
    }
    const first = rest[0];
    if (first === undefined) {
      return undefined;
    }
    const space = first > ZERO && first <= NINE ? rest.subarray(0, MAX_DIGITS + 1).indexOf(SPACE) : -1;
    const isCounted = first > ZERO && first <= NINE && (space > 0 || rest.length <= MAX_DIGITS);
    return isCounted && (space < 0 || isNumber(space)) ? counted(space) : untilBreak();
  }

  function isNumber(end: number): boolean {
    return rest.subarray(0, end).every((byte) => byte >= ZERO && byte <= NINE);
  }

  function counted(space: number): Buffer | number | undefined {
    if (space < 0) {
      return undefined;
    }
    const length = Number(rest.toString('latin1', 0, space));
    if (length > maxBytes) {
      rest = rest.subarray(space + 1);
      passing = length;
      passed = 0;
      return pass();
    }
    const end = space + 1 + length;
    return rest.length < end ? undefined : take(space + 1, end, end);
  }

  function untilBreak(): Buffer | number | undefined {
    const end = rest.indexOf(NEWLINE);
    if (end > maxBytes || (end < 0 && rest.length > maxBytes)) {
      passing = -1;
      passed = 0;
      return pass();
    }
    return end < 0 ? undefined : take(0, end, end + 1);
  }

  function pass(): number | undefined {
    const end = passing < 0 ? rest.indexOf(NEWLINE) : Math.min(passing, rest.length);
    const bytes = end < 0 ? rest.length : end;
    passed += bytes;
    const isOver = passing < 0 ? end >= 0 : bytes === passing;
    passing -= passing < 0 ? 0 : bytes;
    rest = rest.subarray(bytes + (passing < 0 && isOver ? 1 : 0));
    if (!isOver) {
      return undefined;
    }
    passing = 0;
    return passed;
  }

  function take(start: number, end: number, next: number): Buffer {
    const message = rest.subarray(start, end);
    rest = rest.subarray(next);
    return message;
  }

  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const found: (Buffer | number)[] = [];
      for (let message = next(); message !== undefined; message = next()) {
        found.push(message);
      }
      return found;
    },
    end: () => (rest.length > 0 && passing === 0 ? rest : undefined),
  };
}
