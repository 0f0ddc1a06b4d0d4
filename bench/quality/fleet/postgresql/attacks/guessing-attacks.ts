import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../calendar.ts';
import { between, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';
import {
  anywhere,
  foreignAddress,
  isPublic,
  rentedAddress,
  type ServerAttack,
  strangeAddress,
  victim,
} from './server-attack.ts';

const USUAL_NAMES = [
  'postgres',
  'admin',
  'root',
  'test',
  'user',
  'oracle',
  'mysql',
  'dev',
  'guest',
  'demo',
  'pgsql',
  'sa',
  'web',
  'backup',
  'report',
  'app',
  'monitor',
  'ftp',
  'deploy',
  'jenkins',
  'zabbix',
  'nagios',
] as const;

export const GUESSING_ATTACKS: readonly ServerAttack[] = [
  {
    title: 'a dictionary is tried on one role',
    difficulty: 'plain',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const { user } = victim(world, random);
      const address = strangeAddress(world, random);
      const to = guess(
        world,
        address,
        Array.from({ length: whole(random, 30, 200) }, () => user),
        from,
        between(random, 0.1, 4) * SECOND_MS,
      );
      return { principals: [user], addresses: [address], to };
    },
  },
  {
    title: 'a few passwords are sprayed over many names',
    difficulty: 'plain',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const address = strangeAddress(world, random);
      const names = [...USUAL_NAMES, ...world.people.map(({ user }) => user)];
      const to = guess(world, address, [...names, ...names], from, between(random, 0.1, 9) * SECOND_MS);
      return { principals: names, addresses: [address], to };
    },
  },
  {
    title: 'a dictionary finds the password',
    difficulty: 'plain',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const { user } = victim(world, random);
      const address = strangeAddress(world, random);
      const last = guess(
        world,
        address,
        Array.from({ length: whole(random, 15, 90) }, () => user),
        from,
        SECOND_MS,
      );
      const to = world.log.session(last + SECOND_MS, world.client(user, '', address), [
        { afterMs: 900, sql: 'SELECT version()' },
      ]);
      return { principals: [user], addresses: [address], to };
    },
  },
  {
    title: 'many addresses try one role, a few times each',
    difficulty: 'hard',
    expects: ['brute-force'],
    suits: isPublic,
    run(world, random, from) {
      const { user } = victim(world, random);
      const addresses = Array.from({ length: whole(random, 25, 60) }, () =>
        random.below(2) ? rentedAddress(random) : foreignAddress(world, random),
      );
      let to = from;
      for (const address of addresses) {
        to += between(random, 2, 14) * MINUTE_MS;
        guess(
          world,
          address,
          Array.from({ length: whole(random, 1, 3) }, () => user),
          to,
          5 * SECOND_MS,
        );
      }
      return { principals: [user], addresses, to };
    },
  },
  {
    title: 'one address tries a few passwords a day',
    difficulty: 'hard',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const { user } = victim(world, random);
      const address = strangeAddress(world, random);
      const days = 7;
      for (let time = from; time < from + days * DAY_MS; time += between(random, 3, 7) * HOUR_MS) {
        guess(world, address, [user], time, 0);
      }
      return { principals: [user], addresses: [address], to: from + days * DAY_MS };
    },
  },
  {
    title: 'one guess every two minutes',
    difficulty: 'hard',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const address = strangeAddress(world, random);
      const names = Array.from({ length: 90 }, () =>
        random.pick(['postgres', world.app.user, victim(world, random).user]),
      );
      const to = guess(world, address, names, from, 2.1 * MINUTE_MS);
      return { principals: [...new Set(names)], addresses: [address], to };
    },
  },
  {
    title: 'guesses from a network that pg_hba.conf refuses',
    difficulty: 'plain',
    expects: ['brute-force'],
    suits: anywhere,
    run(world, random, from) {
      const address = strangeAddress(world, random);
      const names = Array.from({ length: 60 }, () => random.pick(['postgres', 'admin']));
      for (const [index, user] of names.entries()) {
        world.log.refuse(from + index * 300, world.client(user, '', address, 'template1'), 'hba');
      }
      return { principals: ['postgres', 'admin'], addresses: [address], to: from + 60 * 300 };
    },
  },
];

/** Failed logins, one after the other; gives the time of the last. */
function guess(world: ServerWorld, address: string, names: readonly string[], from: number, gapMs: number): number {
  const known = new Set([
    ...world.people.map(({ user }) => user),
    world.app.user,
    world.backup.user,
    'postgres',
    'monitoring',
  ]);
  for (const [index, user] of names.entries()) {
    const isKnown = known.has(user);
    world.log.refuse(
      from + index * gapMs,
      world.client(user, '', address, 'template1'),
      isKnown ? 'password' : 'unknown',
    );
  }
  return from + (names.length - 1) * gapMs;
}
