import { expect, it } from 'vitest';
import { at, dataAccess, office, replay } from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const SDK = 'azsdk-net-Cosmos/3.31.0';
const PLAIN = 'curl/8.5.0';

/** An application uses the primary key for a fortnight, another key for three days, and that through a client. */
function found(principal: string, application: string): string[] {
  const history = Array.from({ length: 24 * 17 }, (_, n) =>
    dataAccess({ time: at(0, n), address: office, application: SDK, ...(n >= 24 * 14 && { principal }) }),
  );
  const access = dataAccess({ time: at(17, 3), principal, address: office, application });
  return replay(harmfulApplication, [...history, access]).map(
    ({ finding }) => `${finding.entities.principal} ${finding.severity}`,
  );
}

it('fires on a rotated key through another client', () => {
  expect(found('SecondaryMasterKey', PLAIN)).toEqual(['SecondaryMasterKey Low']);
});

it.each([
  ['a rotated key through the usual client', 'SecondaryMasterKey', SDK],
  ['a key of another kind, which others may hold, while it is learning', 'SecondaryReadOnlyMasterKey', PLAIN],
])('stays quiet about %s', (_, principal, application) => {
  expect(found(principal, application)).toEqual([]);
});
