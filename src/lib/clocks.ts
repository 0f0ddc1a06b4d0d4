/** What time it is. */
export interface Clocks {
  /** As people set it. Milliseconds since the epoch, UTC; may go back. */
  wall: () => number;
  /** Milliseconds that pass evenly, whatever is done to the other clock: only differences between them mean something. */
  steady: () => number;
}

export const CLOCKS: Clocks = { wall: Date.now, steady: steadyTime };

/** See `Clocks.steady`; of one thread. */
export function steadyTime(): number {
  return performance.timeOrigin + performance.now();
}
