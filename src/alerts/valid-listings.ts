import type { AddressFacts, Listing } from '../model/address-facts.ts';

/** What lists of suspicious addresses say of an address at a time. */
export function validListings({ reputation }: AddressFacts, time: number): Listing[] {
  const lists = reputation?.lists ?? [];
  return lists.filter(({ validUntil }) => validUntil === undefined || time < validUntil);
}
