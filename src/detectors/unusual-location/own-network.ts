import type { Activity } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import { networkOf } from '../network-of.ts';

/** From so many subnets of a network on, what lives in it is known to move about in it. */
const SUBNETS = 2;

/**
 * Whether a private subnet belongs to a network in several subnets of which the principal is usual. Clusters give each
 * node a subnet of its own out of one network.
 */
export function isWithinItsNetwork(access: Activity, usual: readonly Place[]): boolean {
  return subnetsOf(access, usual) >= SUBNETS;
}

/** Whether a private subnet belongs to a network in which the principal is usual at all. */
export function isInItsNetwork(access: Activity, usual: readonly Place[]): boolean {
  return subnetsOf(access, usual) > 0;
}

function subnetsOf({ place, directory }: Activity, usual: readonly Place[]): number {
  const network = networkOf(directory.place(place));
  return network === undefined ? 0 : usual.filter((known) => networkOf(known) === network).length;
}
