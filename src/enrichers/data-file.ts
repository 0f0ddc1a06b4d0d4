import { readFile } from 'node:fs/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { UserError } from '../lib/user-error.ts';

/** How a compressed file begins: RFC 1952, 2.3.1 and RFC 8878, 3.1.1. */
const COMPRESSIONS = [
  { name: 'gzip', magic: Buffer.from([0x1f, 0x8b]), decompress: gunzipSync },
  { name: 'zstd', magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), decompress: zstdDecompressSync },
];

/** A file named in the configuration. */
export interface DataFile {
  /** For messages: the setting and the path. */
  label: string;
  /** Its bytes, decompressed. */
  bytes: Buffer;
}

/** Reads a file that `setting` names; gzip and zstd are recognized by content. Throws `UserError`. */
export async function readDataFile(setting: string, path: string): Promise<DataFile> {
  const label = `${setting}: ${path}`;
  const raw = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === 'ENOENT'
        ? `${label} does not exist; correct the path or remove it from the configuration`
        : `${label} cannot be read (${error.code ?? error.message}); give a file that this user may read`,
    );
  });
  const compression = COMPRESSIONS.find(({ magic }) => raw.subarray(0, magic.length).equals(magic));
  try {
    return { label, bytes: compression === undefined ? raw : compression.decompress(raw) };
  } catch {
    throw new UserError(`${label} is damaged: its ${compression?.name} data ends early or is wrong; fetch it again`);
  }
}
