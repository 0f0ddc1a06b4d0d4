import type { Habits } from '../../baselines/habits.ts';
import { peersOf } from '../../baselines/peers.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { countryPeers } from '../country-peers.ts';
import { networkOf } from '../network-of.ts';

/** From so many places of others in a country on, people live there who work here. */
const COUNTRY_PEERS = 3;

/** Whether a private place is part of a network in which the principal, or for a week somebody else, is usual. */
export function isInOwnNetwork(places: Habits, { principal, place, time, directory }: Activity): boolean {
  const network = place === 0 ? undefined : networkOf(directory.place(place));
  const isThere = (known: Id): boolean => networkOf(directory.place(known)) === network;
  return (
    network !== undefined &&
    (places.habitsOf(principal, time).some(({ value }) => isThere(value)) || peersOf(places, isThere, time) > 0)
  );
}

/** Whether others of this resource have come from the country for a week or longer. */
export function isInUsualCountry(places: Habits, access: Activity): boolean {
  const countryCode = access.place === 0 ? undefined : access.directory.place(access.place).countryCode;
  return (countryPeers(places, access).get(countryCode ?? '') ?? 0) >= COUNTRY_PEERS;
}
