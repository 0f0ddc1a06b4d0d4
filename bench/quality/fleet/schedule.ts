import { DAY_MS, START } from './calendar.ts';
import { chance, type Random, some, whole } from './draws.ts';
import type { Attack, Difficulty, Kind } from './label.ts';

/** Who was involved, and when it began (where that is not when it was asked for) and ended. */
export interface Done {
  principals: string[];
  addresses: string[];
  from?: number;
  to: number;
}

/** What a plan of attacks needs to know of a kind of attack on resources of the type `World`. */
export interface Attempt<World> {
  title: string;
  difficulty: Difficulty;
  expects: readonly Kind[];
  suits(world: World): boolean;
  run(world: World, random: Random, from: number): Done;
}

/** Attacks begin when habits have been seen for two weeks, and leave each other alone. */
const FIRST_DAY = 15;
const GAP_DAYS = 2;
/** Resources on which nothing bad ever happens. */
const QUIET_SHARE = 0.3;
const MOST_ATTACKS = 6;

/** Attacks of a fleet: each resource takes those next in turn that suit it, so that every kind is tried about as often. */
export function createSchedule<World extends { id: string; end: number; attacks: Attack[] }>(
  attempts: readonly Attempt<World>[],
  random: Random,
): (world: World, random: Random) => void {
  let queue: Attempt<World>[] = [];
  return (world, own) => {
    if (chance(random, QUIET_SHARE)) {
      return;
    }
    let from = START + FIRST_DAY * DAY_MS + own.below(2 * DAY_MS);
    for (let left = whole(own, 2, MOST_ATTACKS); left > 0 && from < world.end - 9 * DAY_MS; left--) {
      if (!queue.some((attempt) => attempt.suits(world))) {
        queue = [...queue, ...some(random, attempts, attempts.length)];
      }
      const index = queue.findIndex((attempt) => attempt.suits(world));
      if (index < 0) {
        return;
      }
      const [attempt] = queue.splice(index, 1);
      const { title, difficulty, expects } = attempt!;
      const done = attempt!.run(world, own, from);
      world.attacks.push({ title, resource: world.id, difficulty, expects, from, ...done });
      from = Math.ceil(done.to) + GAP_DAYS * DAY_MS + own.below(DAY_MS);
    }
  };
}
