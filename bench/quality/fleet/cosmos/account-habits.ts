import { DAY_MS, HOUR_MS, isMonthEnd, isWeekend, localTime, MINUTE_MS, SECOND_MS, START } from '../calendar.ts';
import { between, chance, guidText, type Random, waiting, whole } from '../draws.ts';
import type { Request } from './account-log.ts';
import { type AccountWorld, BROWSER, callerOf, principalOf } from './account-world.ts';

const KIB = 1024;

/** What goes on at an account on which nothing bad happens. */
export const ACCOUNT_HABITS: readonly ((world: AccountWorld) => void)[] = [
  programs,
  nightlyExport,
  people,
  rotatedKey,
  keyListings,
];

/** Requests all day, more by day than by night; some are throttled or not found. */
function programs(world: AccountWorld): void {
  for (const [index, program] of world.programs.entries()) {
    const random = world.random('program', index);
    const noonGapMs = whole(random, 90, 240) * SECOND_MS;
    for (let time = START; time < world.end; ) {
      const hour = ((time / HOUR_MS) % 24) - 14;
      const load = (0.2 + 0.8 * Math.exp((-hour * hour) / 30)) * (isWeekend(Math.floor(world.dayOf(time))) ? 0.6 : 1);
      time += waiting(random, noonGapMs / load);
      world.log.request(time, callerOf(program, time), requestOf(world, random));
    }
  }
}

function requestOf(world: AccountWorld, random: Random): Request {
  const container = random.pick(world.containers);
  const operation = random.pick(['Read', 'Read', 'Query', 'Query', 'Upsert', 'Create', 'ReadFeed'] as const);
  const bytes =
    operation === 'Query' || operation === 'ReadFeed' ? between(random, 1, 60) * KIB : between(random, 0.2, 3) * KIB;
  const request: Request = { operation, container, bytes };
  if (operation === 'Query' && world.hasQueries) {
    return { ...request, query: queryOf(random) };
  }
  return chance(random, 0.02) ? { ...request, bytes: 300, status: random.pick([404, 429, 409]) } : request;
}

/** Some applications put values into the text themselves. */
function queryOf(random: Random): string {
  return random.pick([
    'SELECT * FROM c WHERE c.userId = @userId',
    `SELECT TOP ${random.pick([10, 50])} c.id, c.name FROM c WHERE c.status = 'open' ORDER BY c._ts DESC`,
    `SELECT VALUE COUNT(1) FROM c WHERE c.day = ${random.below(365)}`,
    `SELECT * FROM c WHERE c.name = "${random.pick(["o'neil", 'union', 'drop it', 'garden'])}"`,
  ]);
}

/** Everything goes to a data lake each night; it grows, and is more when a month is closed. */
function nightlyExport(world: AccountWorld): void {
  const random = world.random('export');
  const program = world.programs.at(-1)!;
  const size = between(random, 4, 20) * KIB * KIB;
  for (let day = 0; day < world.days - 1; day++) {
    const time = localTime(day, 3, world.company.zone) + random.below(20 * MINUTE_MS);
    const total = size * (1 + day / 60) * between(random, 0.9, 1.1) * (isMonthEnd(day) ? 1.8 : 1);
    for (let page = 0; page < 12; page++) {
      world.log.request(time + page * 20 * SECOND_MS, callerOf(program, time), {
        operation: 'ReadFeed',
        container: world.containers[page % world.containers.length]!,
        bytes: total / 12,
      });
    }
  }
}

/** Developers look into the data by the portal, from where they are. */
function people(world: AccountWorld): void {
  for (const person of world.people) {
    const random = world.random('person', person.user);
    for (let day = 0; day < world.days - 1; day++) {
      if (isWeekend(day) || !chance(random, 0.5)) {
        continue;
      }
      let time = localTime(day, person.startHour + between(random, 0, 6), person.zone);
      for (let left = whole(random, 3, 25); left > 0; left--) {
        const address = chance(random, 0.01) ? person.onTheMove(day) : person.addressOn(day);
        world.log.request(
          time,
          { objectId: person.objectId, agent: BROWSER, address },
          { ...requestOf(world, random), operation: 'Query' },
        );
        time += whole(random, 5, 400) * SECOND_MS;
      }
    }
  }
}

/** The key is replaced: the program is refused until it has the other one. A firewall rule is forgotten. */
function rotatedKey(world: AccountWorld): void {
  const random = world.random('rotation');
  for (let day = whole(random, 4, 20); day < world.days - 3; day += whole(random, 10, 20)) {
    const from = localTime(day, between(random, 8, 18), world.company.zone);
    const to = from + between(random, 0.2, 3) * HOUR_MS;
    const caller = callerOf(world.programs[0], from);
    const status = random.pick([401, 401, 403]);
    for (let time = from; time < to; time += whole(random, 4, 30) * SECOND_MS) {
      world.log.request(time, caller, { operation: 'Query', container: world.containers[0]!, bytes: 200, status });
    }
    world.cases.push({
      title: 'a rotated key loops',
      resource: world.id,
      principals: [principalOf(caller)],
      addresses: [caller.address],
      from,
      to,
    });
  }
}

/** A pipeline lists the keys when it deploys; so do people now and then. */
function keyListings(world: AccountWorld): void {
  const random = world.random('keys');
  const pipeline = { caller: guidText(random), address: world.programs[0].addressAt(START) };
  const [owner] = world.people;
  for (let day = 0; day < world.days - 1; day += whole(random, 1, 3)) {
    world.log.listKeys(localTime(day, 10, world.company.zone), pipeline);
    if (owner && chance(random, 0.3)) {
      world.log.listKeys(START + day * DAY_MS + 11 * HOUR_MS, {
        caller: `${owner.user}@example.com`,
        address: owner.addressOn(day),
      });
    }
  }
}
