import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;
/** For a machine that is busy with other things, too. */
const PATIENCE_MS = 180_000;

/** Waits until something holds; throws, saying what, when it does not within three minutes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await pause(LOOK_EVERY_MS)) {
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
  }
}
