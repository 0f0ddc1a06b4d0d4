import { addressIn, addressOn, carriersOf, cloudAddress, lineOf } from '../../addresses.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, START } from '../../calendar.ts';
import { type Random, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';
import {
  anywhere,
  foreignAddress,
  isPrivate,
  isPublic,
  type ServerAttack,
  strangeAddress,
  victim,
} from './server-attack.ts';

/** Role that was used in the first days only. */
export const DORMANT_ROLE = 'contractor';

export const ACCESS_ATTACKS: readonly ServerAttack[] = [
  {
    title: 'a stolen password is used from another country',
    difficulty: 'plain',
    expects: ['unusual-location'],
    suits: isPublic,
    run: (world, random, from) =>
      intrude(world, random, from, victim(world, random).user, 'psql', foreignAddress(world, random)),
  },
  {
    title: 'a stolen password is used from another carrier of the same country, with the usual tool',
    difficulty: 'hard',
    expects: ['unusual-location'],
    suits: ({ company }) => company.isPublic && carriersOf(company.country, 'host').length > 0,
    run(world, random, from) {
      const person = victim(world, random);
      const line = lineOf(random, random.pick(carriersOf(world.company.country, 'host')));
      return intrude(world, random, from, person.user, person.tools[0]!, addressOn(random, line));
    },
  },
  {
    title: 'a stolen password is used from a cloud',
    difficulty: 'plain',
    expects: ['unusual-data-center'],
    suits: isPublic,
    run: (world, random, from) =>
      intrude(world, random, from, victim(world, random).user, 'psql', cloudAddress(random, 'azure', 'northeurope')),
  },
  {
    title: "the application's role is used from outside",
    difficulty: 'plain',
    expects: ['unusual-location'],
    suits: isPublic,
    run: (world, random, from) => intrude(world, random, from, world.app.user, 'psql', foreignAddress(world, random)),
  },
  {
    title: 'an intruder moves on from another subnet, with the usual tool',
    difficulty: 'hard',
    expects: ['unusual-location'],
    suits: isPrivate,
    run(world, random, from) {
      const person = victim(world, random);
      return intrude(world, random, from, person.user, person.tools[0]!, strangeAddress(world, random));
    },
  },
  {
    title: 'a role that an intruder made logs in',
    difficulty: 'plain',
    expects: ['unfamiliar-principal'],
    suits: anywhere,
    run: (world, random, from) =>
      intrude(
        world,
        random,
        from,
        random.pick(['svc_sync', 'pgbackup2', 'test1', 'support']),
        'psql',
        strangeAddress(world, random),
      ),
  },
  {
    title: 'a role that was unused for weeks is woken',
    difficulty: 'hard',
    expects: ['unfamiliar-principal'],
    suits: ({ days }) => days > 38,
    run(world, random, from) {
      sleepUntilNow(world);
      const time = Math.max(from, START + 36.4 * DAY_MS);
      return intrude(world, random, time, DORMANT_ROLE, 'psql', strangeAddress(world, random));
    },
  },
  {
    title: 'a login through Tor',
    difficulty: 'plain',
    expects: ['suspicious-address'],
    suits: isPublic,
    run: (world, random, from) =>
      intrude(world, random, from, victim(world, random).user, 'psql', random.pick(world.torExits)),
  },
  {
    title: 'a script without a name uses the role of the application, next to it',
    difficulty: 'hard',
    expects: ['harmful-application'],
    suits: ({ company, app }) => !company.isPublic && app.application !== '',
    run(world, random, from) {
      const neighbour = addressIn(random, world.app.addressAt(from).replace(/\d+$/, '0'), 256);
      return intrude(world, random, from, world.app.user, '', neighbour);
    },
  },
  {
    title: 'a tool for attacks gives its name',
    difficulty: 'plain',
    expects: ['harmful-application'],
    suits: anywhere,
    run: (world, random, from) =>
      intrude(
        world,
        random,
        from,
        victim(world, random).user,
        random.pick(['sqlmap/1.8.4', 'pgsql-brute', 'metasploit']),
        strangeAddress(world, random),
      ),
  },
  {
    title: 'the service is fingerprinted',
    difficulty: 'plain',
    expects: ['harmful-application'],
    suits: anywhere,
    run: fingerprint,
  },
];

function intrude(world: ServerWorld, random: Random, from: number, user: string, application: string, address: string) {
  const to = world.log.session(
    from,
    world.client(user, application, address),
    lookAround(world, random),
    20 * MINUTE_MS,
  );
  return { principals: [user], addresses: [address], from, to };
}

/** What intruders ask first. */
function lookAround(world: ServerWorld, random: Random): Step[] {
  const { name } = random.pick(world.schema.tables);
  return [
    { afterMs: 4000, sql: 'SELECT version()' },
    { afterMs: 9000, sql: 'SELECT current_user, session_user' },
    { afterMs: 15_000, sql: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", rows: 8 },
    { afterMs: 30_000, sql: `SELECT * FROM ${name} LIMIT 5`, rows: 5 },
  ];
}

/** In the first three days somebody has worked under the role. */
function sleepUntilNow(world: ServerWorld): void {
  const random = world.random('dormant');
  const address = world.company.isPublic
    ? addressIn(random, world.company.office.first, world.company.office.size)
    : addressIn(random, world.company.vpn.first, world.company.vpn.size);
  for (let hour = 8; hour < 66; hour += whole(random, 2, 7)) {
    world.log.session(START + hour * HOUR_MS, world.client(DORMANT_ROLE, 'psql', address), [
      { afterMs: 9000, sql: 'SELECT 1' },
    ]);
  }
}

/** As `nmap -sV` does it. */
function fingerprint(world: ServerWorld, random: Random, from: number) {
  const address = strangeAddress(world, random);
  for (let packet = 0; packet < 14; packet++) {
    const time = from + packet * 60;
    world.log.bare(
      time,
      address,
      packet < 11
        ? { severity: 'LOG', state: '08P01', message: 'invalid length of startup packet' }
        : {
            severity: 'FATAL',
            state: '0A000',
            message: `unsupported frontend protocol ${27_265 + packet}.28208: server supports 3.0 to 3.0`,
          },
    );
  }
  return { principals: [], addresses: [address], to: from + 14 * 60 };
}
