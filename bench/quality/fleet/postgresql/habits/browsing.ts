import { isWeekend, localTime } from '../../calendar.ts';
import { between, chance, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';

/** People turn pages, now and then many, and open tables as a whole where their tool shows its beginning only. */
export function browsing(world: ServerWorld): void {
  for (const person of world.people.filter(({ job }) => job !== 'administrator')) {
    const random = world.random('browsing', person.user);
    const isOpener = chance(random, 0.4);
    for (let day = 0; day < world.days - 1; day++) {
      if (isWeekend(day) || !chance(random, 0.35)) {
        continue;
      }
      const { name } = random.pick(world.schema.tables);
      const size = random.pick([50, 100, 200]);
      const pages = Array.from(
        { length: whole(random, 2, chance(random, 0.1) ? 40 : 8) },
        (_, page): Step => ({
          afterMs: whole(random, 3, 40) * 1000,
          sql: `SELECT * FROM ${name} ORDER BY id LIMIT ${size} OFFSET ${size * page}`,
          rows: size,
        }),
      );
      const opened = isOpener
        ? [{ afterMs: 9000, sql: `SELECT x.* FROM public.${random.pick(world.schema.tables).name} x`, rows: 200 }]
        : [];
      const time = localTime(day, person.startHour + between(random, 0.5, 7), person.zone);
      world.log.session(time, world.client(person.user, person.tools[0]!, person.addressOn(day)), [
        ...opened,
        ...pages,
      ]);
    }
  }
}

/** Somebody helps customers, and looks them up by their numbers all day. */
export function lookups(world: ServerWorld): void {
  const random = world.random('lookups');
  if (!chance(random, 0.3)) {
    return;
  }
  const person = random.pick(world.people);
  const { name } = world.schema.tables[0]!;
  for (let day = whole(random, 0, 3); day < world.days - 1; day++) {
    if (!isWeekend(day)) {
      const steps = Array.from(
        { length: whole(random, 20, 120) },
        (): Step => ({
          afterMs: whole(random, 20, 240) * 1000,
          sql: `SELECT * FROM ${name} WHERE id = ${random.below(90_000)}`,
          rows: 1,
        }),
      );
      const time = localTime(day, person.startHour + 0.4, person.zone);
      world.log.session(time, world.client(person.user, person.tools[0]!, person.addressOn(day)), steps);
    }
  }
}
