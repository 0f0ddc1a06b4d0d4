import { describe, expect, it } from 'vitest';
import { at, brazil, dataAccess, home, office, replay } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

/** An application uses the primary key for a fortnight, and another key from then on. */
function rotated(principal: string) {
  return Array.from({ length: 24 * 17 }, (_, n) =>
    dataAccess({ time: at(0, n), address: office, ...(n >= 24 * 14 && { principal }) }),
  );
}

const found = (principal: string, address = brazil) =>
  replay(unusualLocation, [...rotated(principal), dataAccess({ time: at(17, 3), principal, address })]).map(
    ({ finding }) => `${finding.entities.principal} ${finding.variant}`,
  );

describe('fires', () => {
  it.each(['SecondaryMasterKey', 'secondarymasterkey'])('on %s from elsewhere, three days after a rotation', (key) => {
    expect(found(key)).toEqual([`${key} new country`]);
  });
});

describe('stays quiet', () => {
  it.each([
    ['about the new key where the old one was usual', 'SecondaryMasterKey', office],
    ['about another carrier of the country, once an application changed its', 'SecondaryReadOnlyMasterKey', home],
    ['about a key of another kind, which others may hold, while it is learning', 'SecondaryReadOnlyMasterKey', brazil],
    ['about an identity that is learning', '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c', brazil],
  ])('%s', (_, principal, address) => {
    expect(found(principal, address)).toEqual([]);
  });
});
