import { DAY_MS, HOUR_MS, START } from '../fleet/calendar.ts';
import type { Kind } from '../fleet/label.ts';
import type { ToldAlert } from '../scoring/told-alert.ts';
import type { Fact } from './facts.ts';

/** Where an address is: country and autonomous system; of private ones the /24. */
export type PlaceOf = (address: string) => { country: string; network: string };

/** A plain method, given the facts of one resource in order. */
export interface Rival {
  name: string;
  judge(resource: string, facts: readonly Fact[], placeOf: PlaceOf): ToldAlert[];
}

/** Learning period of the rivals. */
export const LEARNED = START + 14 * DAY_MS;

export function tell(
  resource: string,
  { time, principal, address }: Pick<Fact, 'time' | 'principal' | 'address'>,
  kind: Kind,
  text: string,
): ToldAlert {
  return { resource, kinds: [kind], severity: 'Low', principals: [principal], addresses: [address], time, text };
}

export function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}
