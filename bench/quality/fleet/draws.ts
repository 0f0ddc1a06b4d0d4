import { createRandom, type Random } from '../../throughput/random.ts';

export type { Random } from '../../throughput/random.ts';

/**
 * A source of its own for each purpose, so that a change to one habit leaves all others as they were.
 * FNV-1a over seed and purpose.
 */
export function randomOf(seed: number, ...purpose: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${purpose.join('/')}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return createRandom(hash);
}

export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability;
}

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + random.fraction() * (high - low);
}

/** Uniform integer from low to high, both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

/** Some of the list, each at most once, in random order. */
export function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(random.below(rest.length), 1)[0]!);
}

/** Waiting time until the next of events that come by chance, `mean` apart. */
export function waiting(random: Random, mean: number): number {
  return -Math.log(1 - random.fraction()) * mean;
}

export function hexText(random: Random, length: number): string {
  return Array.from({ length }, () => random.below(16).toString(16)).join('');
}

export function guidText(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => hexText(random, length)).join('-');
}

/** No vowels, so that no words come about. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Lower-case letters and digits, as orchestrators and vaults append them to names. */
export function tokenText(random: Random, length: number): string {
  return Array.from({ length }, () => LETTERS[random.below(LETTERS.length)]!).join('');
}
