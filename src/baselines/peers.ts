import type { Habits } from './habits.ts';

/** How many scopes vouch for values that fit, as `Judgement.peers` does for one; a scope counts for each of its values. */
export function peersOf(habits: Habits, fits: (value: number) => boolean, time: number): number {
  return habits.vouchersAt(time).counts.reduce((sum, count, value) => sum + (count > 0 && fits(value) ? count : 0), 0);
}

/** The groups of each that was asked, as of a day: who vouches for what is counted once a day. */
const latest = new WeakMap<Habits, { day: number; groups: ReadonlyMap<string, number> }>();

/**
 * The same by group, for what is asked so often that not all values can be looked at each time.
 *
 * @param groupOf a value, undefined where it is in none; the same for the same habits each time
 */
export function peersByGroup(
  habits: Habits,
  groupOf: (value: number) => string | undefined,
  time: number,
): ReadonlyMap<string, number> {
  const { day, counts } = habits.vouchersAt(time);
  const known = latest.get(habits);
  if (known?.day === day) {
    return known.groups;
  }
  const groups = new Map<string, number>();
  for (const [value, count] of counts.entries()) {
    const group = count > 0 ? groupOf(value) : undefined;
    if (group !== undefined) {
      groups.set(group, (groups.get(group) ?? 0) + count);
    }
  }
  latest.set(habits, { day, groups });
  return groups;
}
