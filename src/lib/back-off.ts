const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the next try: twice as long each time up to a minute, less up to half of it by chance, so
 * that many who failed together do not come back together.
 *
 * @param failures in a row, from 1
 */
export function backOffMs(failures: number, chance: number = Math.random()): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(longest * (1 - chance / 2));
}
