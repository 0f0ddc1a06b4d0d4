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

/** Counts what detectors have to tell: findings, further events of alerts, and that they may have more to tell. */
export interface Telling {
  told: number;
}

/** The detectors that a resource has on, as far as there are data for them to go by. */
export function createWatchers(
  { resource, settings }: ResourcePlan,
  detectors: readonly Detector[],
  enrichment: Enrichment,
  book: AlertBook,
  saved: Readonly<Record<string, unknown>> | undefined,
): { watchers: Watcher[]; telling: Telling } {
  const telling: Telling = { told: 0 };
  const able = detectors.filter(
    ({ id, needs }) => settings[id] !== undefined && (needs === undefined || !enrichment.empty.has(needs)),
  );
  const watchers = able.map((detector): Watcher => {
    const { id } = detector;
    const again: Report['again'] = (dedupKey, time) => {
      const isOpen = book.again(id, dedupKey, time);
      telling.told += isOpen ? 1 : 0;
      return isOpen;
    };
    const finding: Report['finding'] = (found) => {
      telling.told++;
      return book.raise(id, found);
    };
    const unsettled: Report['unsettled'] = () => {
      telling.told++;
    };
    const report: Report = { finding, again, unsettled };
    const confirm: Report = { ...report, finding: (found) => book.confirm(id, found) };
    return { id, watch: detector.watch(resource, settings[id], saved?.[id]), report, confirm };
  });
  return { watchers, telling };
}
