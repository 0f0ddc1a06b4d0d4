import { LEARNING } from '../model/learned.ts';

const DAY_MS = 86_400_000;

/** Whether a scope first seen at `firstTime` (milliseconds) and seen `count` times since is still learning. */
export function isLearning(firstTime: number, count: number, time: number, period = LEARNING): boolean {
  const days = (time - firstTime) / DAY_MS;
  return days < period.minDays || (count < period.minCount && days < period.maxDays);
}

/** What `Learned` tells of a scope that is still learning; nothing of others. Times in milliseconds. */
export function learningOf(
  firstTime: number,
  uses: number,
  time: number,
): { learning?: { firstTime: number; uses: number } } {
  return isLearning(firstTime, uses, time) ? { learning: { firstTime, uses } } : {};
}
