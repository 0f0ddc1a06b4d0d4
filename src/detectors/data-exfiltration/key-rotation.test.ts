import { expect, it } from 'vitest';
import { at, dataAccess, type Happening, replay, series } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const MB = 1_000_000;
const HOUR = 3_600_000;

/** A service that reads a megabyte each hour. */
function service(principal: string, firstDay: number, days: number): Happening[] {
  return series(at(firstDay, 0), days * 24, HOUR).map((time) =>
    dataAccess({ principal, time, operation: 'Query', container: 'orders', responseBytes: MB }),
  );
}

function told(...later: Happening[]): string[] {
  const history = [...service('PrimaryMasterKey', 0, 20), ...later].sort((a, b) => a.time - b.time);
  return replay(dataExfiltration, history).map(({ finding }) => `${finding.variant} ${finding.entities.principal}`);
}

function copy(principal: string, time: number): Happening {
  return dataAccess({ principal, time, operation: 'ReadFeed', container: 'orders', responseBytes: 40 * MB });
}

it('tells of a copy by the new key on the day of a rotation', () => {
  const rotated = service('SecondaryMasterKey', 20, 3);

  expect(told(...rotated, copy('SecondaryMasterKey', at(20, 14)))).toEqual(['volume SecondaryMasterKey']);
  expect(told(...rotated)).toEqual([]);
});

it('knows nothing of a key of another kind', () => {
  const readOnly = service('PrimaryReadOnlyMasterKey', 20, 3);

  expect(told(...readOnly, copy('PrimaryReadOnlyMasterKey', at(20, 14)))).toEqual([]);
});
