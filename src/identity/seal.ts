import { CompactEncrypt, compactDecrypt } from 'jose';

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const;

/** A value that can only be read with the key (32 bytes): JSON Web Encryption, compact. */
export async function seal(value: unknown, key: Uint8Array): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(value))).setProtectedHeader(HEADER).encrypt(key);
}

/** Rejects where the key is another, or the text was tampered with. */
export async function unseal(sealed: string, key: Uint8Array): Promise<unknown> {
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: [HEADER.alg],
    contentEncryptionAlgorithms: [HEADER.enc],
  });
  return JSON.parse(Buffer.from(plaintext).toString());
}

/** Both with one key. */
export function sealingBy(key: Uint8Array) {
  return { seal: (value: unknown) => seal(value, key), unseal: (sealed: string) => unseal(sealed, key) };
}
