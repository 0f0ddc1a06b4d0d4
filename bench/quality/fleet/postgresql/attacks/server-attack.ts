import { addressIn, addressOn, carriersOf, lineOf } from '../../addresses.ts';
import { CARRIERS } from '../../carriers.ts';
import { type Random, whole } from '../../draws.ts';
import type { Person } from '../../people.ts';
import type { Attempt } from '../../schedule.ts';
import type { ServerWorld } from '../server-world.ts';

export type ServerAttack = Attempt<ServerWorld>;

export const isPublic = ({ company }: ServerWorld): boolean => company.isPublic;
export const isPrivate = ({ company }: ServerWorld): boolean => !company.isPublic;
export const logsStatements = ({ style }: ServerWorld): boolean => style !== 'errors';
export const anywhere = (): boolean => true;

/** Where attackers come from: abroad over the internet, or another subnet where there is no way in from outside. */
export function strangeAddress(world: ServerWorld, random: Random): string {
  return world.company.isPublic
    ? foreignAddress(world, random)
    : addressIn(random, `10.${whole(random, 1, 7)}.${random.below(250)}.0`, 256);
}

/** Of a country that nobody of the company lives in or travels to. */
export function foreignAddress({ company }: ServerWorld, random: Random): string {
  const countries = ['BR', 'CN', 'ID', 'NG', 'RU', 'TR', 'VN', 'UA', 'KR'].filter(
    (country) => country !== company.country,
  );
  const country = random.pick(countries);
  return addressOn(random, lineOf(random, random.pick(carriersOf(country, 'fixed', 'mobile'))));
}

/** A machine that anybody can rent. */
export function rentedAddress(random: Random): string {
  return addressOn(random, lineOf(random, random.pick(CARRIERS.filter(({ kind }) => kind === 'host'))));
}

/** Somebody of the staff. */
export function victim(world: ServerWorld, random: Random, ...jobs: readonly Person['job'][]): Person {
  const suitable = world.people.filter(({ job }) => jobs.length === 0 || jobs.includes(job));
  return random.pick(suitable.length > 0 ? suitable : world.people);
}
