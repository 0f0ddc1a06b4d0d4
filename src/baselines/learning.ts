const DAY_MS = 86_400_000;

/** When a scope has been watched for long enough to be judged. */
export interface LearningPeriod {
  minDays: number;
  maxDays: number;
  minCount: number;
}

/** What DESIGN settles for all detectors: 7 days and 10 logins, or 14 days with whatever there was. */
export const LEARNING: LearningPeriod = { minDays: 7, maxDays: 14, minCount: 10 };

/** Whether a scope first seen at `firstTime` (milliseconds) and seen `count` times since is still learning. */
export function isLearning(firstTime: number, count: number, time: number, period = LEARNING): boolean {
  const days = (time - firstTime) / DAY_MS;
  return days < period.minDays || (count < period.minCount && days < period.maxDays);
}
