import type { Habit } from '../baselines/habit-list.ts';
import { minute, named } from '../lib/wording.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { EvidenceTable } from '../model/finding.ts';

export { counted, day, duration, listed, minute, named } from '../lib/wording.ts';

/** Rows of a baseline table at most: more is not read. */
const MAX_ROWS = 12;

/** `203.0.113.7 (Brazil, AS28573 Claro NXT)`, `10.0.0.5 (Kubernetes cluster)`, or the address alone. */
export function describeAddress(facts: AddressFacts): string {
  const where = facts.namedNetwork?.name ?? publicPlace(facts);
  return where === undefined ? named(facts.address) : `${named(facts.address)} (${where})`;
}

function publicPlace({ place, location }: AddressFacts): string | undefined {
  if (place?.kind !== 'public') {
    return undefined;
  }
  return location?.city === undefined ? place.label : `${location.city}, ${place.label}`;
}

/** `1,204`. Kept: making one costs more than all the rest of a finding. */
const grouped = new Intl.NumberFormat('en-US');

/** `820 kB`, `29.2 MB`, `1,204 MB`; decimal units. */
export function bytes(count: number): string {
  if (count < 1_000_000) {
    return `${Math.round(count / 1000)} kB`;
  }
  const megabytes = count / 1_000_000;
  return `${megabytes >= 100 ? grouped.format(Math.round(megabytes)) : megabytes.toFixed(1)} MB`;
}

/** What is usual, as rows of value, first seen, last seen, count. */
export function habitTable(
  title: string,
  what: string,
  habits: readonly Habit[],
  label: (value: number) => string,
): EvidenceTable {
  return {
    title,
    columns: [what, 'First seen (UTC)', 'Last seen (UTC)', 'Count'],
    rows: habits
      .slice(0, MAX_ROWS)
      .map((habit) => [label(habit.value), minute(habit.firstTime), minute(habit.lastTime), String(habit.uses)]),
  };
}
