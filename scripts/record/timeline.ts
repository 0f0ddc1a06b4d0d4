import type { DrivenClock } from './driven-clock.ts';

/** Waits for a time of the driven clock (milliseconds since the epoch, UTC). */
export type Until = (time: number) => Promise<void>;

/** Something that begins at a time and may go on for hours of it. */
export interface Scene {
  time: number;
  play(until: Until): Promise<void>;
}

interface Waiting {
  time: number;
  resume: () => void;
}

/**
 * Plays scenes in the order of the driven clock, moving it from each awaited time to the next.
 * One scene runs at a time: it has the floor until it waits or ends. A scene that throws ends the play.
 */
export async function playTimeline(clock: DrivenClock, scenes: readonly Scene[]): Promise<void> {
  const waiting: Waiting[] = [];
  let yieldFloor: () => void = () => undefined;
  let giveUp: (error: unknown) => void = () => undefined;
  const until: Until = (time) =>
    new Promise((resume) => {
      waiting.push({ time, resume });
      yieldFloor();
    });
  const begin = (scene: Scene): void =>
    void scene.play(until).then(
      () => yieldFloor(),
      (error) => giveUp(error),
    );
  waiting.push(...scenes.map((scene) => ({ time: scene.time, resume: () => begin(scene) })));
  for (let next = takeEarliest(waiting); next !== undefined; next = takeEarliest(waiting)) {
    const { time, resume } = next;
    clock.advanceTo(time);
    await new Promise<void>((resolve, reject) => {
      yieldFloor = resolve;
      giveUp = reject;
      resume();
    });
  }
}

/** The first one of those that wait for the earliest time. */
function takeEarliest(waiting: Waiting[]): Waiting | undefined {
  const times = waiting.map(({ time }) => time);
  const index = times.indexOf(times.reduce((earliest, time) => Math.min(earliest, time), Infinity));
  return waiting.splice(index, index < 0 ? 0 : 1)[0];
}
