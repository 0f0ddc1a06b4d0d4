import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane (cheatsheetseries.owasp.org, Password Storage). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** NIST SP 800-63B: length is what counts; the upper end bounds the work. Characters. */
export const PASSWORD_LENGTH = { min: 12, max: 256 } as const;

/** Compared against where nobody of that name exists, so that the answer takes as long. */
let nobody: Promise<string> | undefined;

export async function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

/** Whether the password is the one of the hash; without a hash: no, after the same time. */
export async function isPassword(password: string, hashed: string | undefined): Promise<boolean> {
  nobody ??= hash(randomBytes(16), ARGON2ID);
  const matches = await verify(hashed ?? (await nobody), password);
  return matches && hashed !== undefined;
}

/** End of a sentence that begins with the password; undefined: it will do. */
export function passwordProblem(password: string, name: string): string | undefined {
  if (password.length < PASSWORD_LENGTH.min) {
    return `must have at least ${PASSWORD_LENGTH.min} characters`;
  }
  if (password.length > PASSWORD_LENGTH.max) {
    return `must have at most ${PASSWORD_LENGTH.max} characters`;
  }
  if (new Set(password).size < 5 || password.toLowerCase().includes(name.toLowerCase())) {
    return 'is too easy to guess: use more different characters, and not your name';
  }
  return undefined;
}
