import type { Activity } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';

/** From so many subnets of a network on, what lives in it is known to move about in it. */
const SUBNETS = 2;
/** Groups of an address that name its network: 10.20.0.0/16, fd00:1:2::/48. */
const GROUPS = { '.': 2, ':': 3 };

/**
 * Whether a private subnet belongs to a network in several subnets of which the principal is usual. Clusters give each
 * node a subnet of its own out of one network.
 */
export function isWithinItsNetwork({ place, directory }: Activity, usual: readonly Place[]): boolean {
  const network = networkOf(directory.place(place));
  return network !== undefined && usual.filter((known) => networkOf(known) === network).length >= SUBNETS;
}

/** Of a private subnet; undefined for other places. */
function networkOf({ kind, key }: Place): string | undefined {
  if (kind !== 'private') {
    return undefined;
  }
  const separator = key.includes(':') ? ':' : '.';
  return key.split(separator, GROUPS[separator]).join(separator);
}
