import type { AlertBook } from '../alerts/alert-book.ts';
import type { Detector, Report, Watch } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import type { ResourcePlan } from './plan.ts';

/** A detector at work, and where its findings go. */
export interface Watcher {
  id: string;
  watch: Watch;
  report: Report;
  /** For what may have been told already. */
  confirm: Report;
}

/** The detectors that a resource has on, as far as there are data for them to go by. */
export function createWatchers(
  { resource, settings }: ResourcePlan,
  detectors: readonly Detector[],
  enrichment: Enrichment,
  book: AlertBook,
  saved: Readonly<Record<string, unknown>> | undefined,
): Watcher[] {
  const able = detectors.filter(
    ({ id, needs }) => settings[id] !== undefined && (needs === undefined || !enrichment.empty.has(needs)),
  );
  return able.map((detector): Watcher => {
    const { id } = detector;
    const again: Report['again'] = (dedupKey, time) => book.again(id, dedupKey, time);
    const report: Report = { finding: (finding) => book.raise(id, finding), again };
    const confirm: Report = { finding: (finding) => book.confirm(id, finding), again };
    return { id, watch: detector.watch(resource, settings[id], saved?.[id]), report, confirm };
  });
}
