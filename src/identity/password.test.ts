import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, passwordProblem } from './password.ts';

describe('a password', () => {
  it('is known by its hash only', async () => {
    const hashed = await hashPassword('correct horse battery');

    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword('correct horse battery', hashed)).toBe(true);
    expect(await isPassword('correct horse batterie', hashed)).toBe(false);
    expect(await isPassword('correct horse battery', undefined)).toBe(false);
  });

  it.each([
    ['short', 'must have at least 12 characters'],
    ['x'.repeat(257), 'must have at most 256 characters'],
    ['aaaabbbbaaaabbbb', 'is too easy to guess: use more different characters, and not your name'],
    ['alice-in-wonderland', 'is too easy to guess: use more different characters, and not your name'],
    ['correct horse battery', undefined],
  ])('%j: %s', (password, problem) => {
    expect(passwordProblem(password, 'Alice')).toBe(problem);
  });
});
