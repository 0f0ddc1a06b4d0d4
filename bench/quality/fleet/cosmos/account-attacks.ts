import { addressOn, carriersOf, cloudAddress, lineOf } from '../addresses.ts';
import { HOUR_MS, localTime, MINUTE_MS, SECOND_MS } from '../calendar.ts';
import { CARRIERS } from '../carriers.ts';
import { between, guidText, type Random, whole } from '../draws.ts';
import type { Attempt, Done } from '../schedule.ts';
import type { Caller, Request } from './account-log.ts';
import { type AccountWorld, BROWSER, callerOf, principalOf } from './account-world.ts';

const MIB = 1024 * 1024;
type AccountAttack = Attempt<AccountWorld>;
const anywhere = (): boolean => true;

export const ACCOUNT_ATTACKS: readonly AccountAttack[] = [
  {
    title: 'the key of the account is used from another country',
    difficulty: 'plain',
    expects: ['unusual-location'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        key: 'PrimaryMasterKey',
        agent: world.programs[0].agentAt(from),
        address: foreign(random),
      }),
  },
  {
    title: "somebody's session is used from another country",
    difficulty: 'plain',
    expects: ['unusual-location'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        objectId: random.pick(world.people).objectId,
        agent: BROWSER,
        address: foreign(random),
      }),
  },
  {
    title: "a program's credential is used from another cloud, with its SDK",
    difficulty: 'hard',
    expects: ['unusual-data-center'],
    suits: anywhere,
    run(world, random, from) {
      const { objectId = '' } = world.programs[1]!;
      return browse(world, random, from, {
        objectId,
        agent: world.programs[1]!.agentAt(from),
        address: cloudAddress(random, 'aws', 'ap-southeast-1'),
      });
    },
  },
  {
    title: 'all containers are copied by day',
    difficulty: 'plain',
    expects: ['data-exfiltration'],
    suits: anywhere,
    run: (world, random, from) =>
      draw(world, from, { ...callerOf(world.programs[0], from), address: foreign(random) }, 60, 3 * MIB),
  },
  {
    title: "an insider copies a container, with the portal's agent",
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: anywhere,
    run(world, random, from) {
      const { objectId, ...person } = random.pick(world.people);
      const day = Math.floor(world.dayOf(from));
      const time = localTime(day + 1, between(random, 20, 23), person.zone);
      return {
        ...draw(world, time, { objectId, agent: BROWSER, address: person.addressOn(day) }, 25, 1.4 * MIB),
        from: time,
      };
    },
  },
  {
    title: 'a stolen key draws a little each hour, for days',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: anywhere,
    run(world, _, from) {
      const caller = callerOf(world.programs[0], from);
      let to = from;
      for (let hour = 0; hour < 60; hour++) {
        ({ to } = draw(world, from + hour * HOUR_MS, caller, 6, 1.2 * MIB));
      }
      return { principals: [principalOf(caller)], addresses: [caller.address], to };
    },
  },
  {
    title: 'keys are guessed, or an old one is tried from abroad',
    difficulty: 'plain',
    expects: ['brute-force'],
    suits: anywhere,
    run: (world, random, from) => refused(world, from, foreign(random), 60, 3 * SECOND_MS),
  },
  {
    title: 'a few requests a day with an old key, from abroad',
    difficulty: 'hard',
    expects: ['brute-force'],
    suits: anywhere,
    run: (world, random, from) => refused(world, from, foreign(random), 36, 4.5 * HOUR_MS),
  },
  {
    title: 'a script holds the key, from abroad',
    difficulty: 'plain',
    expects: ['harmful-application'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        key: 'PrimaryMasterKey',
        agent: 'python-requests/2.32.3',
        address: foreign(random),
      }),
  },
  {
    title: 'a script holds the key, in the place of the program',
    difficulty: 'hard',
    expects: ['harmful-application'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        key: 'PrimaryMasterKey',
        agent: 'curl/8.5.0',
        address: world.programs[0].addressAt(from),
      }),
  },
  {
    title: 'input reaches the text of a query',
    difficulty: 'plain',
    expects: ['sql-injection'],
    suits: ({ hasQueries }) => hasQueries,
    run: inject,
  },
  {
    title: 'the keys are listed by a stranger from abroad',
    difficulty: 'plain',
    expects: ['key-extraction'],
    suits: anywhere,
    run: (world, random, from) => list(world, from, guidText(random), foreign(random)),
  },
  {
    title: 'the keys are listed by a colleague who never did, and one is used from a rented machine',
    difficulty: 'hard',
    expects: ['key-extraction'],
    suits: ({ people }) => people.length > 1,
    run(world, random, from) {
      const caller = `${world.people.at(-1)!.user}@example.com`;
      list(world, from, caller, world.people[0]!.addressOn(Math.floor(world.dayOf(from))));
      const thief = { ...callerOf(world.programs[0], from), address: rented(random) };
      const used = browse(world, random, from + HOUR_MS, thief);
      return { ...used, principals: [caller, ...used.principals] };
    },
  },
  {
    title: 'the key is used through Tor',
    difficulty: 'plain',
    expects: ['suspicious-address'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, { ...callerOf(world.programs[0], from), address: random.pick(world.torExits) }),
  },
  {
    title: 'an identity that an intruder made reads data',
    difficulty: 'plain',
    expects: ['unfamiliar-principal'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        objectId: guidText(random),
        agent: 'azsdk-python-cosmos/4.9.0',
        address: foreign(random),
      }),
  },
  {
    title: 'the key that nobody uses is used, from a rented machine',
    difficulty: 'hard',
    expects: ['unfamiliar-principal'],
    suits: anywhere,
    run: (world, random, from) =>
      browse(world, random, from, {
        key: 'SecondaryMasterKey',
        agent: world.programs[0].agentAt(from),
        address: rented(random),
      }),
  },
];

function foreign(random: Random): string {
  return addressOn(
    random,
    lineOf(random, random.pick(carriersOf(random.pick(['BR', 'CN', 'ID', 'NG', 'RU', 'TR', 'VN']), 'fixed', 'mobile'))),
  );
}

function rented(random: Random): string {
  return addressOn(random, lineOf(random, random.pick(CARRIERS.filter(({ kind }) => kind === 'host'))));
}

function browse(world: AccountWorld, random: Random, from: number, caller: Caller): Done {
  let to = from;
  for (let left = whole(random, 4, 20); left > 0; left--) {
    world.log.request(to, caller, { operation: 'Query', container: random.pick(world.containers), bytes: 20_000 });
    to += random.below(40 * SECOND_MS);
  }
  return { principals: [principalOf(caller)], addresses: [caller.address], to };
}

/** Reads pages of whole containers. */
function draw(world: AccountWorld, from: number, caller: Caller, pages: number, bytes: number): Done {
  for (let page = 0; page < pages; page++) {
    const container = world.containers[Math.floor((page * world.containers.length) / pages)]!;
    world.log.request(from + page * 8 * SECOND_MS, caller, { operation: 'ReadFeed', container, bytes });
  }
  return { principals: [principalOf(caller)], addresses: [caller.address], to: from + pages * 8 * SECOND_MS };
}

function refused(world: AccountWorld, from: number, address: string, count: number, gapMs: number): Done {
  const caller: Caller = { key: 'PrimaryMasterKey', agent: 'azsdk-python-cosmos/4.9.0', address };
  const request: Request = { operation: 'Query', container: world.containers[0]!, bytes: 200, status: 401 };
  for (let index = 0; index < count; index++) {
    world.log.request(from + index * gapMs, caller, request);
  }
  return { principals: [], addresses: [address], to: from + count * gapMs };
}

function list(world: AccountWorld, from: number, caller: string, address: string): Done {
  world.log.listKeys(from, { caller, address });
  return { principals: [caller], addresses: [address], to: from };
}

function inject(world: AccountWorld, _: Random, from: number): Done {
  const caller = callerOf(world.programs[0], from);
  const texts = [
    "' OR 1=1",
    "' OR 'a'='a",
    "x' OR true --",
    "' UNION SELECT * FROM users--",
    "1' OR IS_DEFINED(c.password) OR '1'='2",
  ];
  for (const [index, text] of texts.entries()) {
    const query = `SELECT * FROM c WHERE c.name = '${text}`;
    world.log.request(from + index * 20 * SECOND_MS, caller, {
      operation: 'Query',
      container: world.containers[0]!,
      bytes: 40_000,
      query,
    });
  }
  return { principals: [principalOf(caller)], addresses: [caller.address], to: from + 2 * MINUTE_MS };
}
