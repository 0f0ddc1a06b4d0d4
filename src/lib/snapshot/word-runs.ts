import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { SnapshotError } from './snapshot-scope.ts';

const WORD = 4;
/** Fewer zeros in a row are not worth the numbers that leave them out. */
const MIN_ZEROS = 2;

/** Writes bytes as runs: so many words of zeros, so many that follow, and these; then what is no whole word. */
export function writeRuns(writer: ByteWriter, buffer: ArrayBuffer): void {
  const count = Math.floor(buffer.byteLength / WORD);
  const words = new Int32Array(buffer, 0, count);
  let at = 0;
  while (at < count) {
    let start = at;
    while (start < count && words[start] === 0) {
      start++;
    }
    let end = start;
    let zeros = 0;
    for (let i = start; i < count && zeros < MIN_ZEROS; i++) {
      zeros = words[i] === 0 ? zeros + 1 : 0;
      end = zeros === 0 ? i + 1 : end;
    }
    writer.varint(start - at);
    writer.varint(end - start);
    writer.bytes(new Uint8Array(buffer, WORD * start, WORD * (end - start)));
    at = end;
  }
  writer.bytes(new Uint8Array(buffer, WORD * count));
}

/** Fills a buffer of zeros of the length that was written. */
export function readRuns(reader: ByteReader, buffer: ArrayBuffer): void {
  const bytes = new Uint8Array(buffer);
  const count = Math.floor(buffer.byteLength / WORD);
  let at = 0;
  while (at < count) {
    const start = at + reader.varint();
    const length = reader.varint();
    if (start + length > count || start + length === at) {
      throw new SnapshotError('a snapshot holds numbers beyond the end of their array');
    }
    bytes.set(reader.bytes(WORD * length), WORD * start);
    at = start + length;
  }
  bytes.set(reader.bytes(buffer.byteLength - WORD * count), WORD * count);
}
