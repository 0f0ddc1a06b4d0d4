import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, passwordProblem } from './password.ts';

describe('a password', () => {
  it('is known by its hash only', async () => {
    const hashed = await hashPassword('correct horse battery');

    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword('correct horse battery', hashed)).toBe(true);
    expect(await isPassword('correct horse batterie', hashed)).toBe(false);
  });

  it('of nobody is always wrong, after the same work', async () => {
    const hashed = await hashPassword('correct horse battery');
    const times = { known: 0, unknown: 0 };
    await isPassword('warm up', undefined);
    for (let i = 0; i < 5; i++) {
      times.known += await timed(() => isPassword('wrong password', hashed));
      times.unknown += await timed(() => isPassword('wrong password', undefined));
    }

    expect(await isPassword('anything', undefined)).toBe(false);
    expect(times.unknown / times.known).toBeGreaterThan(0.4);
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
