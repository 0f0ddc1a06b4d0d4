import { expect, it } from 'vitest';
import { progressShare } from './progress-share.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day)).toISOString();
const scope = (principal: string, first: number, judged: number) => ({
  principal,
  uses: 3,
  firstTime: at(first),
  judgedTime: at(judged),
});
const now = Date.parse(at(8));

it.each([
  ['nothing is known', { known: 0, learning: [] }, 0],
  ['all is known', { known: 3, learning: [] }, 1],
  ['one of two is half way', { known: 2, learning: [scope('a', 1, 15)] }, 0.75],
  ['the resource is half way', { known: 9, learning: [scope('', 1, 15)] }, 0.5],
  ['the log ended before', { known: 1, learning: [scope('a', 1, 5)] }, 1],
])('when %s', (_, progress, share) => {
  expect(progressShare(progress, now)).toBe(share);
});
