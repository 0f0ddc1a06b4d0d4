const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time in words: `2 minutes`, `1.1 hours`. Milliseconds. */
export function lengthText(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ['second', 1000];
  const count = Math.round((ms / size) * 10) / 10;
  return `${count.toLocaleString()} ${unit}${count === 1 ? '' : 's'}`;
}
