/** Failures closer together than this are one try of a program: a pool that opens, or one with and one without TLS. */
const SAME_TRY_MS = 1000;
/** A pause is steady when it is about as long as the one before, or a program waits longer and longer. */
const SHORTEST_RATIO = 0.5;
const LONGEST_RATIO = 3;
/** Share of steady pauses from which a program is at work: of random ones 42 % are (Poisson). */
const STEADY_SHARE = 0.7;
/** A program waits before it tries again; a tool that guesses does not. */
const MIN_PAUSE_MS = 1500;
/** Pauses compared before anything is said. */
const MIN_COMPARED = 3;

/** The rhythm of a client's failures. */
export interface Pace {
  tryStart: number;
  last: number;
  /** Failures of the try in hand, and of the largest one. */
  size: number;
  largest: number;
  tries: number;
  /** Milliseconds from one try to the next; 0 before the second. */
  pause: number;
  compared: number;
  steady: number;
}

export function createPace(time: number): Pace {
  return { tryStart: time, last: time, size: 0, largest: 0, tries: 1, pause: 0, compared: 0, steady: 0 };
}

export function addToPace(pace: Pace, time: number): void {
  if (time - pace.last < SAME_TRY_MS) {
    pace.size++;
  } else {
    const pause = time - pace.tryStart;
    if (pace.pause > 0) {
      const ratio = pause / pace.pause;
      pace.compared++;
      pace.steady += pause >= MIN_PAUSE_MS && ratio >= SHORTEST_RATIO && ratio <= LONGEST_RATIO ? 1 : 0;
    }
    pace.pause = pause;
    pace.tryStart = time;
    pace.size = 1;
    pace.tries++;
  }
  pace.largest = Math.max(pace.largest, pace.size);
  pace.last = Math.max(pace.last, time);
}

/** Whether it is the rhythm of a program that tries again and again. */
export function isSteady({ compared, steady }: Pace): boolean {
  return compared >= MIN_COMPARED && steady >= STEADY_SHARE * compared;
}

/** Too early to tell. */
export function isUntold({ compared }: Pace): boolean {
  return compared < MIN_COMPARED;
}
