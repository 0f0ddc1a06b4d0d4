import { addressIn, addressOn, carriersOf, type Line, lineOf } from './addresses.ts';
import type { Zone } from './calendar.ts';
import { between, chance, type Random, randomOf, whole } from './draws.ts';

/** What a person does with a database. */
export type Job = 'developer' | 'analyst' | 'administrator';

export interface Person {
  user: string;
  job: Job;
  zone: Zone;
  /** Local hour at which the working day begins. */
  startHour: number;
  /** Clients in use, the usual one first. */
  tools: readonly string[];
  /** Where the person is reached on a day; the same on all occasions of the day but for `onTheMove`. */
  addressOn(day: number): string;
  /** The telephone's network, of the same country. */
  onTheMove(day: number): string;
}

/** What all people of one company share. */
export interface Company {
  country: string;
  zone: Zone;
  /** Of private networks the /24, of public ones the few addresses of the exit. */
  office: { first: string; size: number };
  vpn: { first: string; size: number };
  /** From this day on the VPN has another exit; none where it stays. */
  vpnMoveDay: number | undefined;
  vpnLater: { first: string; size: number };
  /** Whether the database is reached over the internet. */
  isPublic: boolean;
}

const COUNTRIES: readonly { country: string; zone: Zone }[] = [
  { country: 'DE', zone: 'Europe/Berlin' },
  { country: 'DE', zone: 'Europe/Berlin' },
  { country: 'FR', zone: 'Europe/Berlin' },
  { country: 'GB', zone: 'Europe/London' },
  { country: 'US', zone: 'America/New_York' },
  { country: 'IN', zone: 'Asia/Kolkata' },
];
const NAMES = [
  'anna',
  'ben',
  'carla',
  'deniz',
  'emil',
  'fatima',
  'goran',
  'hana',
  'ivan',
  'jule',
  'kofi',
  'lena',
  'mateo',
  'nora',
  'omar',
  'petra',
  'quentin',
  'rosa',
  'sven',
  'tara',
  'uwe',
  'vera',
  'wim',
  'yuki',
  'zoe',
] as const;
const TOOLS: Readonly<Record<Job, readonly string[]>> = {
  developer: ['psql', 'DBeaver 24.1.0 - SQLEditor <Script.sql>', 'DataGrip 2025.3.1', 'pgAdmin 4 - DB:main'],
  analyst: ['DBeaver 24.1.0 - SQLEditor <Script.sql>', 'Tableau 2025.1', 'R', 'pgAdmin 4 - DB:main'],
  administrator: ['psql', 'psql', 'pgAdmin 4 - DB:main'],
};
/** Neighbours of Europe and beyond to which people go on business. */
const DESTINATIONS = ['AT', 'CH', 'IT', 'ES', 'PL', 'CZ', 'US', 'JP'] as const;

/** Addresses behind which everybody of an office, or of a VPN, is. */
const EXITS = 2;

export function createCompany(random: Random, isPublic: boolean): Company {
  const { country, zone } = random.pick(COUNTRIES);
  const fixed = carriersOf(country, 'fixed', 'mobile');
  const host = carriersOf(random.pick(['DE', 'FR', 'US']), 'host');
  const exit = (): { first: string; size: number } => ({ first: random.pick(random.pick(host).prefixes), size: EXITS });
  const [site, subnet] = [whole(random, 16, 63), random.below(200)];
  return {
    country,
    zone,
    isPublic,
    office: isPublic
      ? { first: random.pick(random.pick(fixed).prefixes), size: EXITS }
      : { first: `10.${site}.${subnet}.0`, size: 256 },
    vpn: isPublic ? exit() : { first: `10.8.${subnet}.0`, size: 256 },
    vpnMoveDay: chance(random, 0.15) ? whole(random, 18, 36) : undefined,
    vpnLater: isPublic ? exit() : { first: `10.8.${subnet + 1}.0`, size: 256 },
  };
}

/** A few administrators, some developers and analysts. Names are unique within one database. */
export function createPeople(random: Random, company: Company, seed: number, resource: string): Person[] {
  const count = whole(random, 3, 9);
  return Array.from({ length: count }, (_, index) => {
    const job: Job = index === 0 ? 'administrator' : random.pick(['developer', 'developer', 'analyst']);
    const first = (random.below(NAMES.length - count) + index * 2) % NAMES.length;
    const user = index === 0 && chance(random, 0.5) ? 'dba' : `${NAMES[first]}${index > 4 ? index : ''}`;
    return createPerson(random, { user: `${user}${index}`.replace(/^dba0$/, 'dba'), job }, company, seed, resource);
  });
}

function createPerson(
  random: Random,
  { user, job }: { user: string; job: Job },
  company: Company,
  seed: number,
  resource: string,
): Person {
  const home = lineOf(random, random.pick(carriersOf(company.country, 'fixed')));
  const phone = lineOf(random, random.pick(carriersOf(company.country, 'mobile', 'fixed')));
  const homeShare = between(random, 0.1, 0.6);
  const vpnShare = company.isPublic ? random.pick([0, 0.3, 0.7]) : 1;
  const isTraveller = chance(random, 0.12);
  const tools = TOOLS[job];
  const travels = isTraveller ? tripsOf(random) : [];
  const daily = (day: number, purpose: string): Random => randomOf(seed, resource, user, purpose, day);
  return {
    user,
    job,
    zone: company.zone,
    startHour: between(random, 7.5, 9.5),
    tools: chance(random, 0.6) ? [tools[0]!] : [tools[0]!, random.pick(tools.slice(1))],
    onTheMove: (day) =>
      company.isPublic ? addressOn(daily(day, 'phone'), phone) : vpnAddress(company, daily(day, 'vpn'), day),
    addressOn(day) {
      const today = daily(day, 'place');
      const trip = travels.find(({ from, to }) => day >= from && day <= to);
      if (trip && company.isPublic && !chance(today, vpnShare)) {
        return addressOn(today, trip.line);
      }
      if (trip || chance(today, homeShare)) {
        return chance(today, vpnShare) ? vpnAddress(company, today, day) : homeAddress(home, seed, resource, user, day);
      }
      return addressIn(today, company.office.first, company.office.size);
    },
  };
}

function vpnAddress(
  { vpn, vpnLater, vpnMoveDay = Number.POSITIVE_INFINITY }: Company,
  random: Random,
  day: number,
): string {
  const { first, size } = day < vpnMoveDay ? vpn : vpnLater;
  return addressIn(random, first, size);
}

/** Carriers give out another address every few days; it is of the same neighbourhood. */
function homeAddress(line: Line, seed: number, resource: string, user: string, day: number): string {
  return addressOn(randomOf(seed, resource, user, 'lease', Math.floor((day + user.length) / 4)), line);
}

/** Every week or two to another country, from the first week on. */
function tripsOf(random: Random): { from: number; to: number; line: Line }[] {
  const trips = [];
  for (let day = whole(random, 1, 4); day < 60; day += whole(random, 5, 11)) {
    const [carrier] = carriersOf(random.pick(DESTINATIONS), 'fixed', 'mobile');
    trips.push({ from: day, to: day + whole(random, 1, 3), line: lineOf(random, carrier!) });
  }
  return trips;
}
