import { type Guessing, MAX_ADDRESSES, MAX_NAMES } from './guessing.ts';

/** Adds all that has been noted of another matter; what is shown of it stays its own. */
export function absorb(guessing: Guessing, other: Guessing): void {
  guessing.failures += other.failures;
  guessing.notAllowed += other.notAllowed;
  guessing.isLate ||= other.isLate;
  guessing.lastFailureTime = Math.max(guessing.lastFailureTime, other.lastFailureTime);
  guessing.lastTime = Math.max(guessing.lastTime, other.lastTime);
  for (const [id, { failures, role }] of other.names) {
    const known = guessing.names.get(id)?.failures ?? 0;
    if (known > 0 || guessing.names.size < MAX_NAMES) {
      guessing.names.set(id, { failures: known + failures, role });
    }
  }
  for (const [id, failures] of other.addresses) {
    const known = guessing.addresses.get(id) ?? 0;
    if (known > 0 || guessing.addresses.size < MAX_ADDRESSES) {
      guessing.addresses.set(id, known + failures);
    } else {
      guessing.hasMoreAddresses = true;
    }
  }
}
