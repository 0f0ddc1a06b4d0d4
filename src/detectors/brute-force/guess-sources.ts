import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { findingOf } from './finding-of.ts';
import { createGuessSource, type GuessSource } from './guess-source.ts';

/** Sources watched at a time; of more, the quarter without a failure for longest is forgotten. */
const MAX_SOURCES = 4096;

/** By address id. */
export type GuessSources = Map<Id, GuessSource>;

/** The source of a failure, started afresh when it had none for the window. */
export function sourceOf(
  sources: GuessSources,
  activity: Activity,
  windowMs: number,
  report: Report,
  resource: Resource,
): GuessSource {
  const { address } = activity;
  const known = sources.get(address);
  const source =
    known !== undefined && isActive(known, activity, windowMs) ? known : createGuessSource(activity, resource);
  if (known === source) {
    return source;
  }
  if (known !== undefined) {
    settleSource(known, report);
  } else if (sources.size === MAX_SOURCES) {
    forgetOldest(sources, report);
  }
  sources.set(address, source);
  return source;
}

/** Whether its latest failure is so recent that what happens now belongs to it. */
export function isActive(source: GuessSource, { time }: Activity, windowMs: number): boolean {
  return time - source.lastFailureTime <= windowMs;
}

/** Tells the failures of a reported source that have not been told yet. */
export function settleSource(source: GuessSource, report: Report): void {
  if (source.brokenRule !== undefined && source.failures > source.reportedFailures) {
    source.reportedFailures = source.failures;
    report.finding(findingOf(source, source.brokenRule));
  }
}

/** A quarter at a time, so that a flood of made-up addresses costs a sort for many, not a search for each. */
function forgetOldest(sources: GuessSources, report: Report): void {
  const byAge = [...sources].sort(([, a], [, b]) => a.lastFailureTime - b.lastFailureTime);
  for (const [address, source] of byAge.slice(0, MAX_SOURCES / 4)) {
    settleSource(source, report);
    sources.delete(address);
  }
}
