import type { Revision } from '../model/decision.ts';
import type { Learned } from '../model/learned.ts';
import type { Detector } from './detector.ts';
import { activityOf, catalog, type Happening, orders } from './testkit.ts';
import { createVocabulary } from './testkit-vocabulary.ts';

/** What a detector has learned by the end of a history, after people corrected it. */
export function learnedFrom(detector: Detector, history: readonly Happening[], revisions: readonly Revision[] = []) {
  const watch = detector.watch(history[0]?.engine === 'cosmosdb' ? catalog : orders, {});
  const vocabulary = createVocabulary(1);
  for (const [position, happening] of history.entries()) {
    watch.evaluate(activityOf(happening, position, vocabulary), {
      finding: () => true,
      again: () => false,
      unsettled: () => {},
    });
  }
  for (const revision of revisions) {
    watch.revise(revision, vocabulary.directory);
  }
  const time = history.at(-1)?.time ?? 0;
  return detector.learned(watch.state, vocabulary.directory, time) as Readonly<Learned>[];
}
