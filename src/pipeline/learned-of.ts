import type { Detector } from '../detectors/detector.ts';
import type { Learned } from '../model/learned.ts';
import type { Lane } from './lane.ts';

/** What is usual on a resource by now, by detector. Changes nothing. */
export function learnedOf(lane: Lane, detectors: readonly Detector[]): Record<string, Learned[]> {
  const { state, detectors: states } = lane.save();
  const known = detectors.filter(({ id }) => states[id] !== undefined);
  return Object.fromEntries(known.map((it) => [it.id, it.learned(states[it.id], state.vocabulary, state.time)]));
}
