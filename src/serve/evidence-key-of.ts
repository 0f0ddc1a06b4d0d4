import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ServerSettings } from '../config/server-schema.ts';
import { EVIDENCE_KEY_BYTES } from '../lib/evidence-seal.ts';
import { keptFile } from '../lib/kept-file.ts';
import { UserError } from '../lib/user-error.ts';

const HEX_DIGITS = 2 * EVIDENCE_KEY_BYTES;

/** The key of the evidence: the configured one, else that of a file beside the store, made at the first start. */
export async function evidenceKeyOf({ evidenceKey: given, directory }: ServerSettings): Promise<Uint8Array> {
  if (given !== undefined) {
    return new Uint8Array(Buffer.from(given, given.length === HEX_DIGITS ? 'hex' : 'base64'));
  }
  const path = join(directory, 'evidence.key');
  const key = await keptFile(path, async () => randomBytes(EVIDENCE_KEY_BYTES));
  if (key.length !== EVIDENCE_KEY_BYTES) {
    throw new UserError(
      `${path} must hold ${EVIDENCE_KEY_BYTES} bytes; bring back the file that belongs to this store.`,
    );
  }
  return new Uint8Array(key);
}
