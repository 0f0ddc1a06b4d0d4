import { describe, expect, it } from 'vitest';
import type { Severity } from '../model/severity.ts';
import type { AlertWrite } from '../store/alert-store.ts';
import { aWrite, START } from '../store/testkit.ts';
import type { Person } from './audience.ts';
import { createRouting, type Route, type RoutingRules } from './routing.ts';

const DAY_MS = 86_400_000;
const ANY = { minimalSeverity: 'Informational', only: [], except: [] } as const;

const anAlert = (severity: Severity, write: Partial<AlertWrite> = {}) =>
  aWrite(1, { detectedTime: START, ...write }, { severity });

/** @param people who is mailed because of who they are */
function routing(rules: Partial<RoutingRules>, people: readonly Person[] = [], tags = {}) {
  return createRouting({ routes: [], maintenance: [], ...rules }, async () => ({ tags, people }));
}

async function channelsOf(route: ReturnType<typeof routing>, write = anAlert('High')): Promise<string[]> {
  return (await route(write)).map(({ channel }) => channel);
}

describe('routing', () => {
  const twoRoutes: Route[] = [
    { ...ANY, id: 'ops', minimalSeverity: 'Low' },
    {
      ...ANY,
      id: 'mail',
      minimalSeverity: 'Medium',
      dueTime: (severity, time) => (severity === 'High' ? time : time + DAY_MS),
    },
  ];

  it('tells each channel what is grave enough for it', async () => {
    const route = routing({ routes: twoRoutes });

    expect(await channelsOf(route, anAlert('Informational'))).toEqual([]);
    expect(await channelsOf(route, anAlert('Low'))).toEqual(['ops']);
    expect(await channelsOf(route, anAlert('High'))).toEqual(['ops', 'mail']);
  });

  it('makes the same message of the same severity, and another one of a graver', async () => {
    const route = routing({ routes: twoRoutes });
    const [first] = await route(anAlert('Low'));
    const [again] = await route(anAlert('Low', { version: 7, detectedTime: START + 5 }));
    const [graver] = await route(anAlert('High', { version: 8 }));

    expect(again).toMatchObject({ alertName: first!.alertName, alertVersion: first!.alertVersion, channel: 'ops' });
    expect(graver!.alertVersion).toBeGreaterThan(first!.alertVersion);
  });

  it('lets a channel tell later what can wait', async () => {
    expect((await routing({ routes: twoRoutes })(anAlert('Medium')))[1]).toMatchObject({
      dueTime: START + DAY_MS,
      payload: { plannedTime: START + DAY_MS },
    });
  });

  it('tells nothing that was found in history', async () => {
    expect(await channelsOf(routing({ routes: twoRoutes }), anAlert('High', { isHistorical: true }))).toEqual([]);
  });
});

describe('rules of a channel', () => {
  const { alertType } = anAlert('High').alert.properties;
  const { resourceKey } = anAlert('High');
  const subscription = resourceKey.split('/').slice(0, 3).join('/');

  it.each([
    ['severity', { only: [{ severities: ['High'] }] }, true],
    ['another severity', { only: [{ severities: ['Low'] }] }, false],
    ['type', { only: [{ alertTypes: [alertType.toLowerCase()] }] }, true],
    ['a pattern of types', { only: [{ alertTypes: ['nothing', 'SQL.*'] }] }, true],
    ['another type', { only: [{ alertTypes: ['CosmosDB_*'] }] }, false],
    ['the id of the resource', { only: [{ resources: [resourceKey.toUpperCase()] }] }, true],
    ['its subscription', { only: [{ resources: [subscription] }] }, true],
    ['a part of its id', { only: [{ resources: [resourceKey.slice(0, -1)] }] }, false],
    ['a pattern of its name', { only: [{ resources: [`${resourceKey.split('/').at(-1)!.slice(0, 2)}*`] }] }, true],
    ['a tag', { only: [{ tags: { Team: 'pay*' } }] }, true],
    ['another value of the tag', { only: [{ tags: { team: 'hr' } }] }, false],
    ['a tag that it has not', { only: [{ tags: { zone: '*' } }] }, false],
    ['all of one entry', { only: [{ severities: ['High'], tags: { team: 'hr' } }] }, false],
    ['one of two entries', { only: [{ tags: { team: 'hr' } }, { severities: ['High'] }] }, true],
    ['an exception', { except: [{ tags: { team: 'payments' } }] }, false],
    ['an exception for others', { except: [{ tags: { team: 'hr' } }] }, true],
  ] as const)('fit by %s', async (_, rules, isTold) => {
    const route = routing({ routes: [{ ...ANY, id: 'ops', ...rules }] }, [], { team: 'payments' });

    expect(await channelsOf(route)).toEqual(isTold ? ['ops'] : []);
  });
});

describe('persons', () => {
  const people: Person[] = [
    { address: 'dba@example.com', minimalSeverity: 'Low' },
    { address: 'head@example.com', minimalSeverity: 'High' },
  ];

  it('are told what is grave enough for them', async () => {
    const route = routing({ personal: {} }, people);

    expect(await channelsOf(route, anAlert('Medium'))).toEqual(['mailto:dba@example.com']);
    expect(await channelsOf(route, anAlert('High'))).toEqual(['mailto:dba@example.com', 'mailto:head@example.com']);
  });

  it('are not told twice where a channel has their address', async () => {
    const route = routing({ personal: {}, routes: [{ ...ANY, id: 'mail', addresses: ['DBA@example.com'] }] }, people);

    expect(await channelsOf(route)).toEqual(['mail', 'mailto:head@example.com']);
  });

  it('are told by nobody where no mail server is known', async () => {
    expect(await channelsOf(routing({}, people))).toEqual([]);
  });

  it('are told through a channel that has no addresses of its own', async () => {
    const route = routing({ personal: {}, routes: [{ ...ANY, id: 'mail', addresses: [] }] }, people.slice(0, 1));

    expect(await channelsOf(route)).toEqual(['mailto:dba@example.com']);
  });
});

describe('what is not told', () => {
  const ops: Route = { ...ANY, id: 'ops' };
  const alert = anAlert('High').alert;
  const start = Date.parse(alert.properties.startTimeUtc);
  const end = Date.parse(alert.properties.endTimeUtc);
  const window = { reason: 'patching', owner: 'dba' };

  it('is kept with the reason: maintenance', async () => {
    const route = routing({ routes: [ops], maintenance: [{ ...window, once: { from: start, to: end + 1 } }] });

    expect(await route(anAlert('High'))).toMatchObject([{ channel: 'ops', silenced: 'maintenance: patching (dba)' }]);
  });

  it('is told when it goes on after the window, or is about something else', async () => {
    const over = routing({ routes: [ops], maintenance: [{ ...window, once: { from: start, to: end } }] });
    const other = routing({
      routes: [ops],
      maintenance: [{ ...window, resources: ['elsewhere'], once: { from: start, to: end + 1 } }],
    });

    for (const route of [over, other]) {
      expect((await route(anAlert('High')))[0]).not.toHaveProperty('silenced');
    }
  });

  it('is kept with the reason: a suppression', async () => {
    const route = routing({ routes: [ops] });

    expect(await route(anAlert('High', { suppressedBy: 'scanner' }))).toMatchObject([
      { silenced: 'suppressed by the rule scanner' },
    ]);
  });
});
