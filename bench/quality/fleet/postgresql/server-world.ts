import { addressIn, cloudAddress } from '../addresses.ts';
import { DAY_MS, HOUR_MS, localTime, START } from '../calendar.ts';
import { chance, type Random, randomOf, whole } from '../draws.ts';
import type { Attack, BenignCase } from '../label.ts';
import { type Company, createCompany, createPeople, type Person } from '../people.ts';
import { createSchema, type Schema } from './schema.ts';
import { type Client, createServerLog, type ServerLog } from './server-log.ts';
import type { LogStyle } from './statement-rows.ts';

/** A program that uses the database day and night. */
export interface Service {
  user: string;
  application: string;
  addressAt(time: number): string;
}

/** All that habits and attacks of one server know of it and write to. */
export interface ServerWorld {
  id: string;
  days: number;
  /** Nothing happens from here on; milliseconds. */
  end: number;
  style: LogStyle;
  schema: Schema;
  company: Company;
  people: readonly Person[];
  /** The application that the database is there for. */
  app: Service;
  backup: Service;
  log: ServerLog;
  /** On the list of suspicious addresses that the fleet is given. */
  torExits: readonly string[];
  attacks: Attack[];
  cases: BenignCase[];
  random(...purpose: readonly (string | number)[]): Random;
  /** Days since the start, with fractions. */
  dayOf(time: number): number;
  client(user: string, application: string, address: string, database?: string): Client;
}

const STYLES: readonly LogStyle[] = ['all', 'all', 'all', 'pgaudit', 'pgaudit', 'duration', 'errors'];
/** Nodes of a cluster have a /24 each, of which pods get their addresses. */
const NODES = 3;
/** In some clusters, nodes come and go within days. */
const NODE_DAYS = 3;

export function createServerWorld(seed: number, id: string, days: number, torExits: readonly string[]): ServerWorld {
  const random = randomOf(seed, id, 'world');
  const company = createCompany(random, chance(random, 0.5));
  const schema = createSchema(random);
  const style = random.pick(STYLES);
  return {
    id,
    days,
    end: START + (days - 1) * DAY_MS,
    style,
    schema,
    company,
    people: createPeople(random, company, seed, id),
    app: createApp(random, seed, id, company, schema),
    backup: createBackup(random, company),
    log: createServerLog(randomOf(seed, id, 'log'), style),
    torExits,
    attacks: [],
    cases: [],
    dayOf: (time) => (time - START) / DAY_MS,
    random: (...purpose) => randomOf(seed, id, ...purpose),
    client: (user, application, address, database = schema.database) => ({
      user,
      database,
      application,
      address,
      isEncrypted: company.isPublic,
    }),
  };
}

/** Pods that last half a day to a few days, on nodes of one cluster; on the internet a NAT gateway with two addresses. */
function createApp(random: Random, seed: number, id: string, company: Company, schema: Schema): Service {
  const user = random.pick([`${schema.database}_app`, `${schema.database}_api`, 'web', 'backend']);
  const application = random.pick([
    `${schema.database}-api`,
    `${schema.database}-web`,
    'PostgreSQL JDBC Driver',
    'gunicorn',
  ]);
  const cluster = whole(random, 64, 250);
  const gateways = [cloudAddress(random, 'aws', 'eu-central-1'), cloudAddress(random, 'aws', 'eu-central-1')];
  const isPods = chance(random, 0.7);
  const isScaled = chance(random, 0.4);
  const host = `10.${cluster}.${random.below(200)}.${10 + random.below(200)}`;
  return {
    user,
    application,
    addressAt(time) {
      if (company.isPublic) {
        return gateways[Math.floor(time / HOUR_MS) % gateways.length]!;
      }
      const now = randomOf(seed, id, 'pods', Math.floor(time / (12 * HOUR_MS)));
      const node = now.below(NODES) + (isScaled ? Math.floor(time / (NODE_DAYS * DAY_MS)) % 200 : 0);
      return isPods ? addressIn(now, `10.${cluster}.${node}.0`, 256) : host;
    },
  };
}

function createBackup(random: Random, company: Company): Service {
  const address = company.isPublic
    ? cloudAddress(random, 'aws', 'eu-central-1')
    : `10.9.${random.below(200)}.${5 + random.below(100)}`;
  return { user: random.pick(['backup', 'dumper', 'barman']), application: 'pg_dump', addressAt: () => address };
}

/** Calls for each hour of each day, with how busy the hour is: 1 at noon of a working day. */
export function eachHour(world: ServerWorld, call: (time: number, load: number, day: number) => void): void {
  for (let day = 0; day < world.days; day++) {
    const midnight = localTime(day, 0, world.company.zone);
    for (let hour = 0; hour < 24; hour++) {
      const time = midnight + hour * HOUR_MS;
      if (time >= START && time < START + (world.days - 1) * DAY_MS) {
        const daily = 0.15 + 0.85 * Math.max(0, Math.sin(((hour - 6) / 16) * Math.PI));
        call(time, daily * (day % 7 >= 5 ? 0.6 : 1), day);
      }
    }
  }
}
