import { DeliveryError } from '../notifiers/delivery-error.ts';

const FIRST_MS = 2000;
const LONGEST_MS = 5 * 60_000;
/** Pauses differ by up to this part, so that many senders do not come back at once. */
const JITTER = 0.25;

/** How long a receiver is left alone after so many failures in a row, milliseconds: twice as long each time. */
export function pauseAfter(failures: number, error: Error, random: () => number): number {
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  const pause = grown * (1 - JITTER + 2 * JITTER * random());
  const asked = error instanceof DeliveryError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(pause, asked);
}
