import { type BulkRun, weightOf } from './bulk-run.ts';
import { DRIP_FACTOR, RATIO, type Verdict } from './judge-run.ts';
import { FACTOR, type Settings } from './settings.ts';

/**
 * What a run of bulk reads says of a principal of which nothing is known yet: it is compared with whoever uses the same
 * application from the same place, so that a backup under another role is as usual as it was.
 *
 * @param largest the most that such a client reads on a day, weighed as by `weightOf`
 */
export function judgeNewcomer(run: BulkRun, largest: number, options: Settings): Verdict | undefined {
  const most = Math.ceil(DRIP_FACTOR * options.newTableCount * FACTOR[options.sensitivity]);
  const isEvery = run.everyTable !== undefined && run.fresh.has(run.everyTable);
  const value = weightOf(run);
  const isWide = run.tables.size >= options.newTableCount * FACTOR[options.sensitivity];
  const threshold = Math.max(isWide || isEvery ? Math.min(value, most) : most, isEvery ? 0 : RATIO * largest + 1);
  return value >= threshold ? { variant: 'newcomer', severity: 'Low', value, threshold } : undefined;
}
