import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, dataAccess, type Happening, home, office, replay } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const CONTAINERS = ['cards', 'ledger', 'customers', 'secrets'];
const OPERATIONS = ['Read', 'Query', 'Delete'];
const settled = Array.from({ length: 10 }, (_, n) => dataAccess({ time: at(n, 9), container: 'invoices' }));

/** So many refused requests, one each few seconds. */
function refusals(count: number, containers: readonly string[], what: Partial<Happening> = {}, everyMs = 4000) {
  return Array.from({ length: count }, (_, n) =>
    dataAccess({
      class: ActivityClass.dataAccessDenied,
      status: 403,
      responseBytes: 0,
      time: at(10, 10) + n * everyMs,
      container: containers[n % containers.length]!,
      operation: OPERATIONS[Math.floor(n / containers.length) % OPERATIONS.length]!,
      ...what,
    }),
  );
}

const raised = (...deeds: Happening[]) => replay(bruteForce, [...settled, ...deeds]);
const told = (...deeds: Happening[]) =>
  raised(...deeds).map(({ finding: { variant, severity } }) => `${variant} ${severity}`);

describe('refusals for want of a right, from where requests are let in', () => {
  it('are told of somebody who tries many operations on several containers', () => {
    const [{ finding, count }] = raised(...refusals(40, CONTAINERS));

    expect(count).toBe(40);
    expect(finding).toMatchObject({ alertType: 'CosmosDB_BruteForce', variant: 'not allowed', severity: 'Low' });
    expect(finding.entities).toMatchObject({ principal: 'PrimaryMasterKey', address: office });
    expect(finding.summary).toContain(
      '12 operations on 4 containers, from where requests are let in: no program lacks so many rights at once.',
    );
  });

  it('are not told of a program that lacks a right on one container, or two', () => {
    expect(told(...refusals(200, CONTAINERS.slice(0, 2)))).toEqual([]);
  });

  it('are not told when they are few, far apart, or for a key that is wrong', () => {
    expect(told(...refusals(19, CONTAINERS))).toEqual([]);
    expect(told(...refusals(40, CONTAINERS, {}, 11 * 60_000))).toEqual([]);
    expect(told(...refusals(40, CONTAINERS, { status: 401 }))).toEqual([]);
  });

  it('are judged as those of a stranger from elsewhere', () => {
    expect(told(...refusals(12, CONTAINERS, { address: home }))).toEqual(['not allowed Low']);
  });
});
