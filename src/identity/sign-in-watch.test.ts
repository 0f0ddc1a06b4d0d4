import { describe, expect, it } from 'vitest';
import { createSignInWatch, type SignInAttempt } from './sign-in-watch.ts';

const START = Date.UTC(2026, 10, 17, 2);

function failure(n: number, attempt: Partial<SignInAttempt> = {}): SignInAttempt {
  return { name: 'alice', address: '203.0.113.7', isSuccess: false, time: START + 1000 * n, ...attempt };
}

function told(attempts: readonly SignInAttempt[]) {
  const watch = createSignInWatch();
  return attempts.flatMap((attempt) => watch.note(attempt));
}

const failures = (count: number, attempt: (n: number) => Partial<SignInAttempt> = () => ({})) =>
  Array.from({ length: count }, (_, n) => failure(n, attempt(n)));

describe('fires', () => {
  it('at the tenth failure of an address, and again when it has doubled', () => {
    expect(told(failures(40)).map(({ failures: count }) => count)).toEqual([10, 20, 40]);
  });

  it('when many addresses guess at one name', () => {
    const guessing = told(failures(12, (n) => ({ address: `203.0.113.${n}` })));

    expect(guessing).toMatchObject([{ by: 'name', key: 'alice', failures: 10 }]);
  });

  it('when somebody got in after guessing', () => {
    const guessing = told([...failures(10), failure(11, { isSuccess: true })]);

    expect(guessing.at(-1)).toMatchObject({ succeededAs: 'alice', failures: 10, key: '203.0.113.7' });
  });
});

describe('stays quiet', () => {
  it('for who mistypes a password', () => {
    expect(told([...failures(9), failure(9, { isSuccess: true }), ...failures(9)])).toEqual([]);
  });

  it('for failures that are far apart', () => {
    expect(told(failures(30, (n) => ({ time: START + n * 11 * 60_000 })))).toEqual([]);
  });
});

it('forgets the quietest where somebody makes up names', () => {
  const watch = createSignInWatch();
  for (let n = 0; n < 20_000; n++) {
    watch.note(failure(n, { name: `made-up-${n}`, address: `2001:db8::${n.toString(16)}` }));
  }

  expect(failures(10).flatMap((attempt) => watch.note(attempt))).toHaveLength(1);
});
