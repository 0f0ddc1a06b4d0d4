import { cloudAddress } from '../addresses.ts';
import { DAY_MS, START } from '../calendar.ts';
import { chance, guidText, type Random, randomOf, some, whole } from '../draws.ts';
import type { Attack, BenignCase } from '../label.ts';
import { type Company, createCompany, createPeople, type Person } from '../people.ts';
import { type AccountLog, type Caller, createAccountLog } from './account-log.ts';

/** A program with a credential of its own. */
export interface Program {
  objectId?: string;
  key?: NonNullable<Caller['key']>;
  /** Its SDK; another version after a release. */
  agentAt(time: number): string;
  addressAt(time: number): string;
}

/** All that habits and attacks of one account know of it and write to. */
export interface AccountWorld {
  id: string;
  days: number;
  /** Nothing happens from here on; milliseconds. */
  end: number;
  company: Company;
  /** Each with the object id of their Entra identity. */
  people: readonly (Person & { objectId: string })[];
  /** The first one holds the primary key. */
  programs: readonly [Program, ...Program[]];
  containers: readonly string[];
  /** Whether texts of queries are logged. */
  hasQueries: boolean;
  torExits: readonly string[];
  log: AccountLog;
  attacks: Attack[];
  cases: BenignCase[];
  random(...purpose: readonly (string | number)[]): Random;
  dayOf(time: number): number;
}

export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';
const CONTAINERS = ['carts', 'profiles', 'events', 'sessions', 'devices', 'orders', 'invoices', 'messages'] as const;
const SDKS = [
  (minor: number) => `azsdk-js-cosmos/4.${minor}.0 (Node.js/v22.11.0; linux; x64)`,
  (minor: number) => `azsdk-java-cosmos/4.${60 + minor}.0 Linux/6.8.0-1021-azure JRE/21.0.5`,
  (minor: number) => `cosmos-netstandard-sdk/3.${46 + minor}.1|1|X64|Linux 6.8|.NET 8.0.11|N|F 00000010|`,
] as const;

export function createAccountWorld(seed: number, id: string, days: number, torExits: readonly string[]): AccountWorld {
  const random = randomOf(seed, id, 'world');
  const company = createCompany(random, true);
  const people = createPeople(random, company, seed, id).slice(0, 4);
  return {
    id,
    days,
    end: START + (days - 1) * DAY_MS,
    company,
    people: people.map((person) => ({ ...person, objectId: guidText(random) })),
    programs: [
      createProgram(random, true),
      ...Array.from({ length: whole(random, 1, 2) }, () => createProgram(random, false)),
    ],
    containers: some(random, CONTAINERS, whole(random, 3, 6)),
    hasQueries: chance(random, 0.6),
    torExits,
    log: createAccountLog(randomOf(seed, id, 'log'), id, random.pick(['shop', 'core', 'platform'])),
    attacks: [],
    cases: [],
    random: (...purpose) => randomOf(seed, id, ...purpose),
    dayOf: (time) => (time - START) / DAY_MS,
  };
}

/** In Azure's region of the account, behind two addresses. */
function createProgram(random: Random, holdsKey: boolean): Program {
  const sdk = random.pick(SDKS);
  const addresses = [cloudAddress(random, 'azure', 'westeurope'), cloudAddress(random, 'azure', 'westeurope')];
  const releaseDay = whole(random, 8, 34);
  return {
    ...(holdsKey ? { key: 'PrimaryMasterKey' as const } : { objectId: guidText(random) }),
    agentAt: (time) => sdk(time < START + releaseDay * DAY_MS ? 1 : 2),
    addressAt: (time) => addresses[Math.floor(time / 3_600_000) % 2]!,
  };
}

export function callerOf(program: Program, time: number): Caller {
  const { objectId, key } = program;
  const who = { agent: program.agentAt(time), address: program.addressAt(time) };
  return key === undefined ? { ...who, objectId: objectId! } : { ...who, key };
}

/** As alerts name who has a credential. */
export function principalOf({ objectId, key }: Pick<Caller, 'objectId' | 'key'>): string {
  return objectId ?? key!;
}
