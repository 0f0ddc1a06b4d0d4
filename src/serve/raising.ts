import type { Routing } from '../delivery/routing.ts';
import type { AlertWrite } from '../store/alert-store.ts';
import type { Store } from '../store/store.ts';
import type { Suppressor } from './suppressor.ts';

/** Writes alerts that no shard owns as the judging threads' are: suppressed where a rule says so, told to people. */
export function raising(
  { alerts }: Store,
  routing: Routing,
  suppressor: Suppressor,
): (writes: readonly AlertWrite[]) => Promise<void> {
  return async (given) => {
    const writes = given.map((write) => suppressor.applied(write));
    await alerts.upsertOwn(writes, (await Promise.all(writes.map(routing))).flat());
  };
}
