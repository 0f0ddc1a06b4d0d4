import { SnapshotError } from './snapshot-scope.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const DOUBLE_BYTES = 8;
const VARINT_BYTES = 8;

/** Reads what `ByteWriter` wrote; throws `SnapshotError` where the bytes end too early. */
export interface ByteReader {
  readonly left: number;
  byte(): number;
  varint(): number;
  double(): number;
  text(): string;
  bytes(length: number): Uint8Array;
}

export function createByteReader(source: Uint8Array): ByteReader {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  let at = 0;

  function take(length: number): number {
    if (length > buffer.length - at) {
      throw new SnapshotError('a snapshot ends too early');
    }
    at += length;
    return at - length;
  }

  function varint(): number {
    let value = 0;
    let weight = 1;
    for (let i = 0; i < VARINT_BYTES; i++) {
      const byte = buffer[take(1)]!;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) {
        return value;
      }
      weight *= 0x80;
    }
    throw new SnapshotError('a snapshot holds a number that is too long');
  }

  return {
    get left() {
      return buffer.length - at;
    },
    byte: () => buffer[take(1)]!,
    varint,
    double: () => buffer.readDoubleLE(take(DOUBLE_BYTES)),
    text() {
      const length = varint();
      const start = take(length);
      try {
        return decoder.decode(buffer.subarray(start, start + length));
      } catch {
        throw new SnapshotError('a snapshot holds a text that is none');
      }
    },
    bytes(length) {
      const start = take(length);
      return buffer.subarray(start, start + length);
    },
  };
}
