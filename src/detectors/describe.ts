import type { Habit } from '../baselines/habits.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { EvidenceTable } from '../model/finding.ts';

/** Rows of a baseline table at most: more is not read. */
const MAX_ROWS = 12;

/** `203.0.113.7 (Brazil, AS28573 Claro NXT)`, `10.0.0.5 (Kubernetes cluster)`, or the address alone. */
export function describeAddress(facts: AddressFacts): string {
  const where = facts.namedNetwork?.name ?? publicPlace(facts);
  return where === undefined ? facts.address : `${facts.address} (${where})`;
}

function publicPlace({ place, location }: AddressFacts): string | undefined {
  if (place?.kind !== 'public') {
    return undefined;
  }
  return location?.city === undefined ? place.label : `${location.city}, ${place.label}`;
}

/** `2026-11-12 03:20`, UTC. */
export function minute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** `Germany, France and 3 more`. */
export function listed(names: readonly string[], max = 3): string {
  const shown = names.slice(0, max);
  const rest = names.length - shown.length;
  if (rest > 0) {
    return `${shown.join(', ')} and ${rest} more`;
  }
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 login`, `36 failed logins`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

/** What is usual, as rows of value, first seen, last seen, count. */
export function habitTable(title: string, what: string, habits: readonly Habit[], label: (value: number) => string): EvidenceTable {
  return {
    title,
    columns: [what, 'First seen (UTC)', 'Last seen (UTC)', 'Count'],
    rows: habits
      .slice(0, MAX_ROWS)
      .map((habit) => [label(habit.value), minute(habit.firstTime), minute(habit.lastTime), String(habit.uses)]),
  };
}
