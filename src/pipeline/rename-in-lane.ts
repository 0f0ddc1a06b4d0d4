import { type Renaming, renameWithin } from '../lib/renaming.ts';
import type { Provenance } from './current-activity.ts';
import type { LaneState } from './lane-state.ts';
import type { Counts } from './plan.ts';

/**
 * Puts another name in the place of a principal's in what a lane remembers beside its detectors. Ids stay: a session that
 * is open goes on under the other name.
 */
export function renameInLane(
  { vocabulary, poolers, queries, faults }: LaneState,
  sources: Iterable<Provenance>,
  counts: Counts,
  renaming: Renaming,
): void {
  const renamed = new Set(vocabulary.renamePrincipal(renaming));
  for (const { sessions } of sources) {
    sessions.forgetLines(renamed, (text) => renaming.text(text) !== text);
  }
  for (const part of [poolers, queries, faults, counts]) {
    renameWithin(part, renaming);
  }
}
