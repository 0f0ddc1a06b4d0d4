import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import {
  at,
  brazil,
  dataAccess,
  day,
  type Happening,
  home,
  office,
  publicAddress,
  replay,
  series,
} from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NIGHT = at(3, 2);

function denied(what: Partial<Happening> = {}): Happening {
  return dataAccess({ class: ActivityClass.dataAccessDenied, status: 401, address: brazil, responseBytes: 0, ...what });
}

function burst(count: number, what: Partial<Happening> = {}, everyMs = SECOND): Happening[] {
  return series(what.time ?? NIGHT, count, everyMs).map((time) => denied({ ...what, time }));
}

function found(history: readonly Happening[]) {
  return replay(bruteForce, history).map(({ finding, count }) => ({
    variant: finding.variant,
    severity: finding.severity,
    count,
  }));
}

describe('refused requests of Cosmos DB', () => {
  it('are told when they are many from where nobody gets in', () => {
    const [{ finding }] = replay(bruteForce, [dataAccess({ time: day(0) }), ...burst(30)]);

    expect(finding).toMatchObject({
      alertType: 'CosmosDB_BruteForce',
      variant: 'wrong credential',
      displayName: 'Suspected brute force attack',
      severity: 'Medium',
      entities: { address: brazil, database: 'shop' },
    });
    expect(finding.summary).toBe(
      '203.0.113.7 (Brazil, AS28573 Claro NXT) was refused by catalog 30 times in 29 seconds as PrimaryMasterKey; no request from there had been let in in the 60 days before.',
    );
    expect(finding.guidance.investigation.join()).toContain('CDBDataPlaneRequests');
    expect(JSON.stringify(finding)).not.toMatch(/pg_hba|password/);
  });

  it('are told mildly when it is for want of a right', () => {
    expect(found(burst(30, { status: 403 }))).toEqual([{ variant: 'not allowed', severity: 'Low', count: 30 }]);
  });

  it('for want of a right, in a steady rhythm, are a note in a network that others get in from', () => {
    const inCloud = (address: string, organization: string, number: number) => ({
      ...publicAddress(address, 'NL', 'Netherlands', number, organization),
      cloudRegion: { provider: 'Azure' as const, region: 'westeurope', label: 'West Europe' },
    });
    const shop = inCloud('203.0.113.9', 'Microsoft Corporation', 8075);
    const steadily = (address: Happening['address']) => [
      dataAccess({ time: day(0), address: shop }),
      ...burst(60, { status: 403, address }, 4 * SECOND),
    ];

    expect(found(steadily(inCloud('203.0.113.77', 'Microsoft Corporation', 8075)))).toMatchObject([
      { variant: 'misconfigured client', severity: 'Informational' },
    ]);
    expect(found(steadily(brazil))).toMatchObject([{ variant: 'not allowed', severity: 'Low' }]);
  });

  it('are told as successful when one is let in', () => {
    const history = [
      ...burst(30),
      ...series(NIGHT + MINUTE, 100, SECOND).map((time) => dataAccess({ time, address: brazil })),
    ];
    const [{ finding, count }] = replay(bruteForce, history);

    expect(finding).toMatchObject({ variant: 'successful', severity: 'High' });
    expect(finding.guidance.remediation.join()).toContain('az cosmosdb keys regenerate');
    expect(count).toBe(130);
  });

  it('are told when they come from many addresses, each with a few', () => {
    const history = series(NIGHT, 60, MINUTE).map((time, n) =>
      denied({ time, address: publicAddress(`203.0.113.${n % 20}`, 'BR', 'Brazil', 28_573, 'Claro NXT') }),
    );

    expect(found(history)).toEqual([{ variant: 'distributed', severity: 'Medium', count: 60 }]);
  });

  it.each([
    ['few', burst(9)],
    [
      'a few a day for want of a right',
      series(day(0), 60, 8 * 60 * MINUTE).map((time) => denied({ time, status: 403 })),
    ],
    [
      'from an application whose key was regenerated',
      [dataAccess({ time: day(0) }), ...burst(500, { address: office }, 50)],
    ],
    [
      'from many clients whose tokens expire and are renewed',
      series(NIGHT, 100, MINUTE).flatMap((time, n) => {
        const address = publicAddress(`203.0.113.${n}`, 'BR', 'Brazil', 28_573, 'Claro NXT');
        return [
          denied({ time, address, principal: 'token-user' }),
          dataAccess({ time: time + SECOND, address, principal: 'token-user' }),
        ];
      }),
    ],
  ])('are not told when they are %s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('are a note where a new client of a usual network is refused', () => {
    const neighbour = { ...office, address: '198.51.100.8' };

    expect(found([dataAccess({ time: day(0) }), ...burst(50, { address: neighbour }, 50)])).toMatchObject([
      { severity: 'Informational' },
    ]);
    expect(found([dataAccess({ time: day(0) }), ...burst(50, { address: home }, 50)])).toMatchObject([
      { severity: 'Medium' },
    ]);
  });
});
