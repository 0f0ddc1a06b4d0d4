import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: too many to guess, so that a fast hash is enough to keep them. */
const SECRET_BYTES = 32;

/** A secret that nobody chose: shown once, kept as its hash. The prefix lets scanners of leaked secrets know it. */
export function newSecret(prefix: string): string {
  const secret = `${prefix}${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return secret.startsWith('-') ? newSecret(prefix) : secret; // command lines take that for an option: `az login -p -x…`
}

/** SHA-256 in hexadecimal of a secret of `newSecret`; never of what a person chose. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Takes the same time wherever the two differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
