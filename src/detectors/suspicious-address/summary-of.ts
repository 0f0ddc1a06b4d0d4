import type { Listing } from '../../model/address-facts.ts';
import { counted, describeAddress, listed, named } from '../describe.ts';
import type { Matter } from './matter.ts';

/** One sentence: who came from where, and what makes the address suspicious. */
export function summaryOf(matter: Matter): string {
  const { addresses, hasMoreAddresses } = matter;
  const [first] = addresses.values();
  const others = addresses.size > 1 ? ` (of ${hasMoreAddresses ? 'more than ' : ''}${addresses.size} addresses)` : '';
  return `${deed(matter)} from ${describeAddress(first.facts)}${others}, ${repute(first.listings)}.`;
}

function deed({ resource, variant, principals, hasMorePrincipals, count }: Matter): string {
  const isPostgresql = resource.engine === 'postgresql';
  const names = [...principals].map(named);
  const as = names.length === 0 ? '' : ` as ${listed(names)}${hasMorePrincipals ? ' or others' : ''}`;
  switch (variant) {
    case 'success':
      return `${names[0] ?? 'Somebody'} ${isPostgresql ? 'logged in to' : 'reached'} ${resource.name}`;
    case 'failure':
      return `${counted(count, isPostgresql ? 'failed login' : 'refused request')} to ${resource.name}${as} came`;
    case 'probe':
      return `${counted(count, 'connection')} to ${resource.name} without a login came`;
  }
}

/** `an exit of the Tor network by tor-exits.txt`, `which drop.txt lists as “SBL1” and level.netset lists as well`. */
function repute(listings: readonly Listing[]): string {
  const tor = listings.find(({ kind }) => kind === 'tor');
  const names = [...new Set(listings.map(({ name }) => name))];
  if (tor !== undefined) {
    const others = names.filter((name) => name !== tor.name);
    return `an exit of the Tor network according to ${tor.name}${others.length === 0 ? '' : `, listed by ${listed(others)} too`}`;
  }
  const [first] = listings;
  const as = first.note === undefined ? '' : ` as ${named(first.note)}`;
  const sure = first.confidence === undefined ? '' : ` with confidence ${first.confidence} of 100`;
  return `which ${first.name} lists${as}${sure}${names.length === 1 ? '' : `, ${listed(names.slice(1))} too`}`;
}
