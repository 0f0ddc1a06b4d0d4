import { expect, it } from 'vitest';
import { addToTimeline, createTimeline } from './timeline.ts';

it('counts second by second at first', () => {
  const timeline = createTimeline(1000);
  for (const time of [1000, 1500, 3999]) {
    addToTimeline(timeline, time);
  }

  expect(timeline).toEqual({ startTime: 1000, stepMs: 1000, counts: [2, 0, 1] });
});

it('takes longer steps for a longer time, and loses none', () => {
  const timeline = createTimeline(0);
  for (let minute = 0; minute < 600; minute++) {
    addToTimeline(timeline, minute * 60_000);
  }

  expect(timeline.counts.length).toBeLessThanOrEqual(60);
  expect(timeline.counts.reduce((sum, count) => sum + count, 0)).toBe(600);
  expect(timeline.stepMs * timeline.counts.length).toBeGreaterThanOrEqual(599 * 60_000);
});

it('counts what came late to the first step', () => {
  const timeline = createTimeline(10_000);
  addToTimeline(timeline, 4000);

  expect(timeline.counts).toEqual([1]);
});
