import type { Report } from '../detector.ts';
import { findingOf } from './finding-of.ts';
import { addSighting, createMatter, type Matter, matterKey, type Sighting, type Variant } from './matter.ts';

/** Matters followed at a time; of more, the quarter that has been quiet for longest is settled and forgotten. */
const MAX_MATTERS = 4096;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;

/** By `matterKey`. */
export type Matters = Map<string, Matter>;

/** Adds a sighting to its matter and reports it: at length when it is news, else as one more. */
export function follow(matters: Matters, variant: Variant, sighting: Sighting, report: Report): void {
  const matter = matterOf(matters, variant, sighting, report);
  const isNews = addSighting(matter, sighting);
  const isOneMore = !isNews && sighting.count === 1 && report.again(matter.dedupKey, sighting.lastTime);
  if (!isOneMore) {
    tell(matter, report);
  }
}

/** Brings alerts up to date: counts by address are told only here. */
export function settleMatters(matters: Matters, report: Report): void {
  for (const matter of matters.values()) {
    settle(matter, report);
  }
}

function matterOf(matters: Matters, variant: Variant, sighting: Sighting, report: Report): Matter {
  const key = matterKey(variant, sighting);
  const known = matters.get(key);
  if (known !== undefined && sighting.firstTime - known.lastTime <= QUIET_MS) {
    return known;
  }
  if (known !== undefined) {
    settle(known, report);
  } else if (matters.size === MAX_MATTERS) {
    forgetQuietest(matters, report);
  }
  const matter = createMatter(variant, sighting);
  matters.set(key, matter);
  return matter;
}

function forgetQuietest(matters: Matters, report: Report): void {
  const byAge = [...matters].sort(([, a], [, b]) => a.lastTime - b.lastTime);
  for (const [key, matter] of byAge.slice(0, MAX_MATTERS / 4)) {
    settle(matter, report);
    matters.delete(key);
  }
}

function settle(matter: Matter, report: Report): void {
  if (matter.count > matter.told) {
    tell(matter, report);
  }
}

function tell(matter: Matter, report: Report): void {
  matter.told = matter.count;
  report.finding(findingOf(matter));
}
