import { expect, it } from 'vitest';
import { arrived, createRhythm, quietForMs } from './rhythm.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 16);

/** Arrivals each `stepMs`, from start to `hours` later. */
function busy(hours: number, stepMs: number) {
  const rhythm = createRhythm(START);
  for (let time = START; time <= START + hours * HOUR_MS; time += stepMs) {
    arrived(rhythm, time);
  }
  return rhythm;
}

it('calls a busy log quiet after a quarter of an hour', () => {
  const rhythm = busy(30, 60_000);
  const last = START + 30 * HOUR_MS;

  expect(quietForMs(rhythm, last + 899_999)).toBeUndefined();
  expect(quietForMs(rhythm, last + 900_000)).toBe(900_000);
});

it('grants a log the silence that it is used to', () => {
  const rhythm = busy(80, 8 * HOUR_MS);
  const last = START + 80 * HOUR_MS;

  expect(quietForMs(rhythm, last + 24 * HOUR_MS - 1)).toBeUndefined();
  expect(quietForMs(rhythm, last + 24 * HOUR_MS)).toBe(24 * HOUR_MS);
});

it('says nothing within the first day', () => {
  expect(quietForMs(busy(23, 60_000), START + 40 * HOUR_MS)).toBeUndefined();
});

it('forgets a silence after seven days', () => {
  const rhythm = busy(8, 8 * HOUR_MS);
  for (let time = START + 8 * HOUR_MS; time <= START + 10 * 24 * HOUR_MS; time += 60_000) {
    arrived(rhythm, time);
  }

  expect(rhythm.silencesMs).toHaveLength(7);
  expect(quietForMs(rhythm, rhythm.lastArrival + 900_000)).toBe(900_000);
});

it('goes on with what an earlier process had learned', () => {
  const now = START + 1000 * HOUR_MS;
  const rhythm = createRhythm(now, { silencesMs: [HOUR_MS, 5], lastArrival: START });

  expect(quietForMs(rhythm, now + 2 * HOUR_MS)).toBeUndefined();
  expect(quietForMs(rhythm, now + 3 * HOUR_MS)).toBe(3 * HOUR_MS);
});
