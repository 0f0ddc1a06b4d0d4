import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;
/** For a machine that is busy with other things, too. */
const PATIENCE_MS = 180_000;

/** Waits until something holds; throws, saying what, when it does not in time: within three minutes. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await holds()); await pause(LOOK_EVERY_MS)) {
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
  }
}
