import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { MAX_SNAPSHOT_BYTES, SnapshotError } from '../lib/snapshot/snapshot-scope.ts';
import { LATEST_DICTIONARY, stateDictionary } from './state-dictionary.ts';

const CHECKSUM_BYTES = 4;
/** RFC 8878, 3.1.1, as little-endian bytes are read. */
const ZSTD_MAGIC = 0xfd2fb528;
/** Tells the layout of a state at half the time of the next better ones. */
const COMPRESSION_LEVEL = 3;

/**
 * A snapshot as it is stored: the CRC-32 of what follows, the number of the dictionary, a Zstandard frame. Of thousands
 * of small states most is names of members, which the dictionary holds.
 */
export function packState(snapshot: Uint8Array): Uint8Array {
  const params = { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL };
  const frame = zstdCompressSync(snapshot, { params, dictionary: stateDictionary(LATEST_DICTIONARY)! });
  const packed = Buffer.allocUnsafeSlow(CHECKSUM_BYTES + 1 + frame.length);
  packed[CHECKSUM_BYTES] = LATEST_DICTIONARY;
  packed.set(frame, CHECKSUM_BYTES + 1);
  packed.writeUInt32LE(crc32(packed.subarray(CHECKSUM_BYTES)), 0);
  return packed;
}

/** Throws `SnapshotError` when the bytes are damaged, or packed in a way that this program does not know. */
export function unpackState(packed: Uint8Array): Uint8Array {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (content.length === 0 || bytes.readUInt32LE(0) !== crc32(content)) {
    throw new SnapshotError('the state is damaged: its checksum is wrong');
  }
  const number = content[0]!;
  if (number <= LATEST_DICTIONARY) {
    return unpacked(content.subarray(1), stateDictionary(number));
  }
  // earlier versions wrote frames without a dictionary, and before that snapshots as they are
  const isFrame = content.length >= 4 && content.readUInt32LE(0) === ZSTD_MAGIC;
  return isFrame ? unpacked(content) : content;
}

function unpacked(frame: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: MAX_SNAPSHOT_BYTES, ...(dictionary && { dictionary }) });
  } catch (error) {
    throw new SnapshotError('the state cannot be unpacked', { cause: error });
  }
}
