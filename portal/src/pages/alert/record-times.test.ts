import { expect, it } from 'vitest';
import { recordOffsets } from './record-times.ts';

it('tells how long after the first record each was written', () => {
  expect(
    recordOffsets([
      '2026-11-17 02:14:05.003 UTC,,,16436,"45.155.204.10:42445"',
      '{"timestamp":"2026-11-17T02:14:07.503Z"}',
      'no time at all',
    ]),
  ).toEqual([0, 2500, undefined]);
});

it('takes no impossible time', () => {
  expect(recordOffsets(['2026-99-99 99:99:99'])).toEqual([undefined]);
});
