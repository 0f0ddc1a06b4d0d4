export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const DAY_HOURS = 24;
const WEEK_HOURS = 168;
const HOUR_MS = 3_600_000;
/** Hours from the beginning of a week, a Monday, to that of the epoch. */
const EPOCH_HOURS = 72;
const SHOWN = 3;

/** What a map of the week shows of the hours in which something happened. */
export function weekWords(week: readonly number[], seen: readonly number[]): string {
  const words = seen
    .slice(0, SHOWN)
    .map((at) => `${WEEKDAYS[Math.floor(at / DAY_HOURS)]}, ${clock(at)}: ${countText(week[at] ?? 0)}`);
  const more = seen.length > SHOWN ? `; and ${seen.length - SHOWN} more hours` : '';
  return `${words.join('; ')}${more}.`;
}

/** Hours of the week, from Monday at midnight on (UTC), that a time touches; each once. */
export function weekHours(from: string, to: string): number[] {
  const [first, last] = [from, to].map((iso) => Math.floor(Date.parse(iso) / HOUR_MS)) as [number, number];
  const count = Math.min(WEEK_HOURS, last - first + 1);
  return Array.from({ length: count }, (_, n) => (first + n + EPOCH_HOURS) % WEEK_HOURS);
}

function countText(count: number): string {
  return count === 0
    ? 'never active then'
    : `${count.toLocaleString()} ${count === 1 ? 'activity' : 'activities'} then`;
}

function clock(at: number): string {
  return `${String(at % DAY_HOURS).padStart(2, '0')}:00`;
}
