import { HOUR_MS } from '../../calendar.ts';
import { chance, type Random, some, waiting, whole } from '../../draws.ts';
import { createShapes, type Shape, useShape } from '../schema.ts';
import { eachHour, type ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';

/** Days between two releases, and the part of the statements that one changes. */
const RELEASE_DAYS = 6;
const CHANGED_SHARE = 0.12;

export interface Release {
  /** As the client names itself. */
  application: string;
  shapes: readonly Shape[];
}

/** The application: pooled sessions all day, another release every few days, old and new side by side for an hour. */
export function appTraffic(world: ServerWorld): void {
  const random = world.random('app');
  const releaseAt = releasesOf(world);
  const sessionsAtNoon = whole(random, 2, 5);
  const isExtended = isExtendedOf(world);
  eachHour(world, (hour, load) => {
    for (
      let time = hour + waiting(random, HOUR_MS / (sessionsAtNoon * load));
      time < hour + HOUR_MS;
      time += waiting(random, HOUR_MS / (sessionsAtNoon * load))
    ) {
      const { application, shapes } = releaseAt(time - random.below(HOUR_MS));
      const client = world.client(world.app.user, application, world.app.addressAt(time));
      world.log.session(
        time,
        client,
        usesOf(random, shapes, isExtended, whole(random, 3, 14)),
        random.below(1_500_000),
      );
    }
  });
}

/** Whether the library of the application sends values apart from the text. */
export function isExtendedOf(world: ServerWorld): boolean {
  return chance(world.random('app-protocol'), 0.6);
}

export function usesOf(random: Random, shapes: readonly Shape[], isExtended: boolean, count: number): Step[] {
  return Array.from({ length: count }, () => useShape(random, random.pick(shapes), isExtended, 2 + random.below(9000)));
}

/** What runs at a time: some applications tell their version, a few are given another name once. */
export function releasesOf(world: ServerWorld): (time: number) => Release {
  const random = world.random('releases');
  const style = random.pick(['plain', 'orm'] as const);
  const isVersioned = chance(random, 0.5) && !world.app.application.includes(' ');
  const renameAt = chance(random, 0.1) ? whole(random, 4, 6) : undefined;
  const offset = random.below(RELEASE_DAYS);
  const minor = random.below(60);
  const releases: Release[] = [];
  let shapes = createShapes(random, world.schema, style, whole(random, 10, 24));
  let name = world.app.application;
  for (let number = 0; number * RELEASE_DAYS < world.days + 2 * RELEASE_DAYS; number++) {
    name = number === renameAt ? `${world.schema.database}-storefront` : name;
    releases.push({ application: isVersioned ? `${name}/2.${minor + number}.0` : name, shapes });
    const kept = some(random, shapes, Math.ceil(shapes.length * (1 - CHANGED_SHARE)));
    shapes = [...kept, ...createShapes(random, world.schema, style, shapes.length - kept.length)];
  }
  return (time) => releases[Math.max(0, Math.floor((world.dayOf(time) + offset) / RELEASE_DAYS))]!;
}
