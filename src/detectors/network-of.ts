import type { Place } from '../model/address-facts.ts';

/** Groups of an address that name its network: 10.20.0.0/16, fd00:1:2::/48. */
const GROUPS = { '.': 2, ':': 3 };

/** The network that a private subnet is part of; undefined for other places. */
export function networkOf({ kind, key }: Place): string | undefined {
  if (kind !== 'private') {
    return undefined;
  }
  const separator = key.includes(':') ? ':' : '.';
  return key.split(separator, GROUPS[separator]).join(separator);
}
