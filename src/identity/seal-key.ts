import { randomBytes } from 'node:crypto';
import { keptFile } from '../lib/kept-file.ts';
import { UserError } from '../lib/user-error.ts';

const KEY_BYTES = 32;

/** The key of what is sealed in the store, from a file that is not part of it; made at the first start. */
export async function readSealKey(path: string): Promise<Uint8Array> {
  const key = await keptFile(path, async () => randomBytes(KEY_BYTES));
  if (key.length !== KEY_BYTES) {
    throw new UserError(`${path} must hold ${KEY_BYTES} bytes; bring back the file that belongs to this store.`);
  }
  return new Uint8Array(key);
}
