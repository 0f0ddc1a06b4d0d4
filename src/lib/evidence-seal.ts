import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const EVIDENCE_KEY_BYTES = 32;

let key: Uint8Array | undefined;

/** Holds for this thread from now on. Without a key nothing is sealed. */
export function useEvidenceKey(next: Uint8Array): void {
  key = next;
}

/** Whether evidence is sealed at all. */
export function isSealing(): boolean {
  return key !== undefined;
}

/**
 * A text that only the key opens (AES-256-GCM), as base64; undefined where there is no key. The same text is sealed to the
 * same, so that what is judged again changes nothing: the nonce follows from the text, by another key.
 *
 * @param place binds the text to where it stood: elsewhere it does not open
 * @param by default: the key of this thread
 */
export function sealEvidence(text: string, place: string, by = key): string | undefined {
  if (by === undefined) {
    return undefined;
  }
  const nonce = createHmac('sha256', createHmac('sha256', by).update('nonce').digest())
    .update(`${place}\n${text}`)
    .digest()
    .subarray(0, IV_BYTES);
  const cipher = createCipheriv(CIPHER, by, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** As `openEvidence`, by the key of this thread; undefined where it has none, or another. */
export function openOwnEvidence(sealed: string, place: string): string | undefined {
  try {
    return key && openEvidence(sealed, place, key);
  } catch {
    return undefined;
  }
}

/** Throws where the key is another, the place is another, or the text was tampered with. */
export function openEvidence(sealed: string, place: string, by: Uint8Array): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, by, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
