import type { Activity, Id } from '../../model/activity.ts';
import type { Guessing } from './guessing.ts';
import { restartTimeline } from './timeline.ts';

/** Begins afresh where nothing has been told yet: cheaper than another one. */
export function restartGuessing(guessing: Guessing, { time }: Activity): void {
  guessing.firstTime = time;
  guessing.lastTime = time;
  guessing.lastFailureTime = time;
  guessing.failures = 0;
  restartTimeline(guessing.timeline, time);
  guessing.notAllowed = 0;
  guessing.names.clear();
  guessing.hasMoreNames = false;
  guessing.addresses.clear();
  guessing.hasMoreAddresses = false;
  guessing.databases.length = 0;
  guessing.firstRecords.length = 0;
  guessing.isLate = false;
}

/** Takes back failures of one name from one address: they have turned out to be typing errors. */
export function removeFailures(guessing: Guessing, name: Id, address: Id, failures: number): void {
  const guessed = guessing.names.get(name);
  guessing.failures = Math.max(0, guessing.failures - failures);
  guessing.addresses.delete(address);
  if (guessed !== undefined) {
    guessed.failures -= failures;
    if (guessed.failures <= 0) {
      guessing.names.delete(name);
    }
  }
}
