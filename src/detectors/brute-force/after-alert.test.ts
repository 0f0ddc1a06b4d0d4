import { expect, it } from 'vitest';
import { at, brazil, failedSignIn, replay, series, signIn } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const NIGHT = at(3, 2);
const guesses = (time: number) => series(time, 12, SECOND).map((each) => failedSignIn({ time: each }));

it('says of guesses weeks after a login by guessing that an alert told of the logins since', () => {
  const logins = series(NIGHT + 60 * SECOND, 15, DAY).map((time) =>
    signIn({ principal: 'postgres', address: brazil, time }),
  );
  const { finding } = replay(bruteForce, [...guesses(NIGHT), ...logins, ...guesses(NIGHT + 16 * DAY)]).at(-1)!;

  expect(finding.summary).toContain('in the 60 days before, but for logins that an alert told of.');
  expect(finding).toMatchObject({
    baseline: {
      rows: [['postgres', 'seems to exist', '12', 'did not get in', 'none but those that an alert told of']],
    },
  });
});
