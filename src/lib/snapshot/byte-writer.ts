const encoder = new TextEncoder();
const FIRST_BYTES = 4096;
/** Of one UTF-16 unit in UTF-8. */
const UNIT_BYTES = 3;
const DOUBLE_BYTES = 8;
const VARINT_BYTES = 8;

/** Bytes that grow. */
export interface ByteWriter {
  byte(value: number): void;
  /** A whole number from 0 to 2^53: seven bits a byte, the lowest first. */
  varint(value: number): void;
  double(value: number): void;
  /** Length in bytes, then UTF-8. */
  text(value: string): void;
  bytes(value: Uint8Array): void;
  /** What was written. */
  taken(): Uint8Array;
}

export function createByteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let end = 0;

  function reserve(more: number): void {
    if (end + more > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * buffer.length, end + more));
      larger.set(buffer.subarray(0, end));
      buffer = larger;
    }
  }

  function varint(value: number): void {
    reserve(VARINT_BYTES);
    let rest = value;
    while (rest >= 0x80) {
      buffer[end++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[end++] = rest;
  }

  return {
    byte(value) {
      reserve(1);
      buffer[end++] = value;
    },
    varint,
    double(value) {
      reserve(DOUBLE_BYTES);
      end = buffer.writeDoubleLE(value, end);
    },
    text(value) {
      const most = UNIT_BYTES * value.length;
      reserve(most + VARINT_BYTES);
      // the length comes first: written behind its longest form, then moved to where it belongs
      const at = end + VARINT_BYTES;
      const { written } = encoder.encodeInto(value, buffer.subarray(at));
      varint(written);
      buffer.copyWithin(end, at, at + written);
      end += written;
    },
    bytes(value) {
      reserve(value.length);
      buffer.set(value, end);
      end += value.length;
    },
    taken: () => buffer.subarray(0, end),
  };
}
