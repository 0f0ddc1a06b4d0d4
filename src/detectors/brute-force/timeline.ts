/** Steps that a timeline has at most. */
const MAX_STEPS = 60;
const FIRST_STEP_MS = 1000;

/** How many there were, step by step: the steps grow with the time that they cover. At most 500 bytes. */
export interface Timeline {
  /** Milliseconds since the epoch. */
  startTime: number;
  stepMs: number;
  readonly counts: number[];
}

export function createTimeline(startTime: number): Timeline {
  return { startTime, stepMs: FIRST_STEP_MS, counts: [] };
}

export function restartTimeline(timeline: Timeline, startTime: number): void {
  timeline.startTime = startTime;
  timeline.stepMs = FIRST_STEP_MS;
  timeline.counts.length = 0;
}

/** What came late counts to the first step. */
export function addToTimeline(timeline: Timeline, time: number): void {
  const { counts } = timeline;
  const passed = Math.max(0, time - timeline.startTime);
  while (passed >= MAX_STEPS * timeline.stepMs) {
    widen(timeline);
  }
  const step = Math.floor(passed / timeline.stepMs);
  while (counts.length <= step) {
    counts.push(0);
  }
  counts[step]++;
}

function widen(timeline: Timeline): void {
  const { counts } = timeline;
  const half = Math.ceil(counts.length / 2);
  for (let step = 0; step < half; step++) {
    counts[step] = counts[2 * step] + (counts[2 * step + 1] ?? 0);
  }
  counts.length = half;
  timeline.stepMs *= 2;
}
