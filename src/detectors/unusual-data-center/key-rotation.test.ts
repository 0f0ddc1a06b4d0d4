import { expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, dataAccess, publicAddress, replay } from '../testkit.ts';
import { unusualDataCenter } from './unusual-data-center.ts';

function inAzure(region: string, host: string): AddressFacts {
  const facts = publicAddress(host, 'NL', 'Netherlands', 8075, 'Hosting');
  return { ...facts, cloudRegion: { provider: 'Azure', region, label: region } };
}

const usual = inAzure('westeurope', '192.0.2.1');
const other = inAzure('brazilsouth', '192.0.2.2');

/** An application uses the primary key for a fortnight, another key for three days, and that from an address. */
function found(principal: string, address: AddressFacts): string[] {
  const history = Array.from({ length: 24 * 17 }, (_, n) =>
    dataAccess({ time: at(0, n), address: usual, ...(n >= 24 * 14 && { principal }) }),
  );
  return replay(unusualDataCenter, [...history, dataAccess({ time: at(17, 3), principal, address })]).map(
    ({ finding }) => `${finding.entities.principal} ${finding.variant}`,
  );
}

it('fires on a rotated key from another region', () => {
  expect(found('SecondaryMasterKey', other)).toEqual(['SecondaryMasterKey region']);
});

it.each([
  ['a rotated key from the usual region', 'SecondaryMasterKey', usual],
  ['a key of another kind, which others may hold, while it is learning', 'SecondaryReadOnlyMasterKey', other],
] as const)('stays quiet about %s', (_, principal, address) => {
  expect(found(principal, address)).toEqual([]);
});
