import type { DetectorProgress } from '../../api/baseline.ts';

/** Which part of what a detector is to learn it has learned: the mean over all that it knows. @param now event time, milliseconds */
export function progressShare({ known, learning }: Pick<DetectorProgress, 'known' | 'learning'>, now: number): number {
  if (known === 0) {
    return 0;
  }
  const isOfResource = learning.some(({ principal }) => principal === '');
  const missing = learning.reduce((sum, { firstTime, judgedTime }) => sum + missingOf(firstTime, judgedTime, now), 0);
  return 1 - missing / (isOfResource ? 1 : known);
}

function missingOf(firstTime: string, judgedTime: string, now: number): number {
  const [start, end] = [Date.parse(firstTime), Date.parse(judgedTime)];
  return Math.min(1, Math.max(0, (end - now) / (end - start)));
}
