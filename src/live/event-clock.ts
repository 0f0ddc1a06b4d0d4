/** Between two looks at what is over, in event time. */
const STEP_MS = 1000;
/** Silence is believed so much later: what was logged before may still be on its way. */
const HOLD_BACK_MS = 1000;
/** The longer a silence is, the more seldom it is looked at: after so much more of it. */
const PATIENCE = 0.1;
/** After so long a silence nothing is waited for any longer. */
const MAX_SILENCE_MS = 26 * 3_600_000;

/** What is kept of an event clock. */
export interface EventClockState {
  /** Event time of the newest record, and at which windows are looked at next. Epoch milliseconds; −∞: none came yet. */
  newest: number;
  nextStep: number;
}

/** Event time of one resource, in steps: told by its records and, in silence, by a clock that is steady. */
export interface EventClock {
  /** To be called before a record is judged. */
  record(time: number): void;
  /** To be called now and then when there are no records. Gives the time at which to call again; infinite: never. */
  silence(now: number, lastArrival: number): number;
  readonly newest: number;
  save(): EventClockState;
}

/** @param pass told when event time has come to a new step: always a multiple of a second, so that a re-run has the same */
export function createEventClock(
  pass: (time: number) => void,
  saved: EventClockState = { newest: Number.NEGATIVE_INFINITY, nextStep: Number.NEGATIVE_INFINITY },
): EventClock {
  let { newest, nextStep } = saved;

  function stepTo(time: number): void {
    const step = Math.floor(time / STEP_MS) * STEP_MS;
    const isFirst = nextStep === Number.NEGATIVE_INFINITY;
    nextStep = step + STEP_MS;
    if (!isFirst) {
      pass(step);
    }
  }

  return {
    record(time) {
      if (time >= nextStep) {
        stepTo(time);
      }
      if (time > newest) {
        newest = time;
      }
    },
    silence(now, lastArrival) {
      const silence = now - lastArrival;
      if (newest === Number.NEGATIVE_INFINITY || silence > MAX_SILENCE_MS) {
        return Number.POSITIVE_INFINITY;
      }
      const time = newest + silence - HOLD_BACK_MS;
      if (time >= nextStep) {
        stepTo(time);
      }
      return now + Math.max(STEP_MS, PATIENCE * silence);
    },
    get newest() {
      return newest;
    },
    save: () => ({ newest, nextStep }),
  };
}
