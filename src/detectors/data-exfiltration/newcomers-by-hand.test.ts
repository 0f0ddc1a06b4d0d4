import { expect, it } from 'vitest';
import { at, dataAccess, type Happening, office, replayOnce, series } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const MB = 1_000_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const BROWSER = 'Mozilla/5.0';

/** Hours in which somebody looks into the data. */
function looks(principal: string, days: readonly number[], what: Partial<Happening> = {}): Happening[] {
  return days.flatMap((day) =>
    series(at(day, 9), 2, HOUR).flatMap((start) =>
      series(start, 4, MINUTE).map((time) =>
        query({ time, principal, application: BROWSER, responseBytes: 0.5 * MB, ...what }),
      ),
    ),
  );
}

function query(what: Partial<Happening>): Happening {
  return dataAccess({ operation: 'Query', container: 'orders', address: office, ...what });
}

/** Everything, by a script. */
function copy(principal: string, day: number, pages: number): Happening[] {
  return series(at(day, 10), pages, 1000).map((time) =>
    query({ time, principal, application: 'azsdk-python-cosmos/4.7', responseBytes: MB }),
  );
}

const days = series(0, 12, 1);
const staff = ['anna', 'ben', 'carla'].flatMap((name) => looks(name, days));
const newcomer = looks('dora', [9]);

function found(...history: Happening[]): string[] {
  return replayOnce(
    dataExfiltration,
    history.toSorted((a, b) => a.time - b.time),
    {},
  ).map(({ finding }) => `${finding.entities.principal}: ${finding.variant} ${finding.severity}`);
}

it('tells of a new colleague who reads far more than anybody who works by hand', () => {
  expect(found(...staff, ...newcomer, ...copy('dora', 11, 40))).toEqual(['dora: newcomer Low']);
});

it('is quiet about as much as others read, about programs, and where nobody can be told from others', () => {
  expect(found(...staff, ...newcomer, ...copy('dora', 11, 8))).toEqual([]);
  expect(found(...staff, ...copy('loader', 10, 1), ...copy('loader', 11, 40))).toEqual([]);
  expect(found(...staff.slice(0, 90), ...newcomer, ...copy('dora', 11, 40))).toEqual([]);
  expect(found(...staff, ...looks('dora', [2]), ...copy('dora', 4, 40))).toEqual([]);
});
