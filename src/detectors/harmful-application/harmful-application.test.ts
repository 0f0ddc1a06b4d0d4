import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import {
  at,
  brazil,
  dataAccess,
  failedSignIn,
  type Happening,
  home,
  office,
  privateAddress,
  replay,
  signIn,
} from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const node = privateAddress('10.0.0.5');
const otherNode = privateAddress('10.0.0.77');
const elsewhere = privateAddress('10.9.9.9');

/** A service logs in each hour of the first ten days through one application, whose version changes. */
const service = Array.from({ length: 240 }, (_, n) =>
  signIn({ time: at(0, n), principal: 'shop_app', application: `shop-api/2.${n}.0`, address: node }),
);
const unnamed = service.map((one) => ({ ...one, application: '' }));
/** A person works with two tools. */
const person = Array.from({ length: 40 }, (_, n) =>
  signIn({ time: at(0, 6 * n), application: n % 2 === 0 ? 'psql' : 'DBeaver 24.1.0 - Main' }),
);
/** Somebody, or a job, that logs in each hour through one program of PostgreSQL. */
function through(program: string, next: string): Happening[] {
  const history = Array.from({ length: 240 }, (_, n) => signIn({ time: at(0, n), application: program }));
  return [...history, ...login({ application: next, address: brazil })];
}
/** An account key is used through one SDK. */
const requests = Array.from({ length: 240 }, (_, n) => dataAccess({ time: at(0, n), address: node }));

/** A login whose connection is seen to be opened. */
function login(what: Partial<Happening>): Happening[] {
  const happening = signIn({ time: at(11, 3), ...what });
  const opening = { class: ActivityClass.connection, principal: '', application: '', database: '' };
  return [{ ...happening, ...opening, time: happening.time - 50 }, happening];
}

function byService(application: string, address: AddressFacts): Happening[] {
  return [...service, ...login({ principal: 'shop_app', application, address })];
}

function byPerson(application: string, address: AddressFacts): Happening[] {
  return [...person, ...login({ application, address })];
}

function byKey(application: string, address: AddressFacts): Happening[] {
  return [...requests, dataAccess({ time: at(11, 3), application, address })];
}

function found(history: readonly Happening[], settings?: object): string[] {
  return replay(harmfulApplication, history, settings).map(
    ({ finding, count }) => `${finding.variant} ${finding.severity} ${count}`,
  );
}

describe('fires', () => {
  it('when a service is used through another application from elsewhere', () => {
    const [{ finding }, ...others] = replay(harmfulApplication, byService('psql', elsewhere));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_HarmfulApplication',
      variant: 'tool behaviour',
      severity: 'Medium',
      displayName: 'Login by an application that is unusual for its user',
      attack: { tactic: 'TA0001', technique: 'T1078' },
      dedupKey: 'client|shop_app|psql',
      entities: { principal: 'shop_app', application: 'psql', database: 'orders', address: elsewhere },
      summary:
        'shop_app logged in to orders through psql from 10.9.9.9; it has always used shop-api. What speaks against it: an application that is new where there was only one, a new place and a tool of people in place of a program.',
      baseline: { rows: [['shop-api', '2026-01-05 00:00', '2026-01-14 23:00', '240']] },
    });
    expect(finding.score.value).toBeGreaterThan(finding.score.threshold);
  });

  it.each([
    ['no name, from elsewhere', byService('', elsewhere), 'tool behaviour Medium 1'],
    ['no name, from another machine of the network', byService('', otherNode), 'tool behaviour Low 1'],
    ['no name, from the usual machine: a note', byService('', node), 'tool behaviour Informational 1'],
    [
      'another name in the usual network: a note',
      byService('shop-worker', otherNode),
      'tool behaviour Informational 1',
    ],
    ['psql as a service, from the usual machine', byService('psql', node), 'tool behaviour Low 1'],
    [
      'psql as a service that gives no name',
      [...unnamed, ...login({ principal: 'shop_app', application: 'psql', address: node })],
      'tool behaviour Low 1',
    ],
    ['a dump as a service, from the usual machine', byService('pg_dump', node), 'copying tool Low 1'],
    ['a person with no name, from elsewhere', byPerson('', brazil), 'tool behaviour Medium 1'],
    ['a person with a new tool, from elsewhere', byPerson('DataGrip 2026.2', brazil), 'tool behaviour Low 1'],
    ['a dump by somebody who always used psql, from elsewhere', through('psql', 'pg_dump'), 'copying tool Medium 1'],
    ['psql where a job always used vacuumdb', through('vacuumdb', 'psql'), 'tool behaviour Medium 1'],
    ['the name of a tool, from outside', byPerson('sqlmap', office), 'tool name Low 1'],
    ['the name of a tool, from a new place', byPerson('sqlmap', brazil), 'tool name Medium 1'],
    ['the name of a tool where a program always had its own', byService('sqlmap', node), 'tool name Low 1'],
    [
      'the name of a tool, on the first day',
      login({ application: 'nmap', address: node }),
      'tool name Informational 1',
    ],
    ['a script with the account key', byKey('python-requests/2.32', node), 'tool behaviour Low 1'],
    ['a script with the account key, from elsewhere', byKey('curl/8.5', brazil), 'tool behaviour Medium 1'],
    ['a browser with the account key, from elsewhere', byKey('Mozilla/5.0 (X11)', brazil), 'tool behaviour Medium 1'],
    [
      'another SDK with the account key: a note',
      byKey('azsdk-java-cosmos/4.6', node),
      'tool behaviour Informational 1',
    ],
  ])('on %s', (_, history, expected) => {
    expect(found(history)).toEqual([expected]);
  });

  it('more gravely on the name of a tool from where logins fail', () => {
    const failures = Array.from({ length: 3 }, (_, n) =>
      failedSignIn({ time: at(11, 2.9), address: node, principal: `n${n}` }),
    );
    const history = [...failures, ...login({ application: 'nmap', address: node })];

    expect(found(history)).toEqual(['tool name Low 1']);
  });

  it('once for a principal and an application, and teaches itself nothing', () => {
    const history = Array.from({ length: 5 }, (_, n) =>
      login({ time: at(11, n), principal: 'shop_app', application: '', address: n < 3 ? elsewhere : brazil }),
    );

    expect(found([...service, ...history.flat()])).toEqual(['tool behaviour Medium 5']);
  });

  it('on Cosmos DB with its own type', () => {
    const [{ finding }] = replay(harmfulApplication, byKey('curl/8.5', brazil));

    expect(finding).toMatchObject({
      alertType: 'CosmosDB_HarmfulApplication',
      displayName: 'Access by an application that is unusual for its user',
      attack: { technique: 'T1078.004' },
    });
    expect(finding.guidance.remediation[0]).toContain('az cosmosdb keys regenerate');
  });
});

describe('stays quiet', () => {
  const learning = service.slice(0, 24 * 6);

  it.each([
    ['about a new version in a new pod', byService('shop-api/3.0.0', otherNode)],
    ['about a usual application from elsewhere, which is another matter', byService('shop-api/2.1.0', elsewhere)],
    ['about a person who tries a tool from the usual place', byPerson('DataGrip 2026.2', office)],
    [
      'while it learns',
      [...learning, ...login({ time: at(6, 3), principal: 'shop_app', application: '', address: elsewhere })],
    ],
    ['about somebody new', [...service, ...login({ principal: 'contractor', application: 'psql', address: home })]],
    [
      'about a name that is not told',
      [...service, signIn({ time: at(11, 3), principal: 'shop_app', application: '', address: elsewhere })],
    ],
    [
      'about a first name',
      [...unnamed, ...login({ principal: 'shop_app', application: 'shop-api', address: elsewhere })],
    ],
    ['about createdb where somebody always used psql', through('psql', 'createdb')],
    ['about a product that is called like a tool', login({ application: 'ory-hydra', address: brazil })],
    ['about a name that means two things', login({ application: 'hydra', address: node })],
    ['about the version of an SDK', byKey('azsdk-js-cosmos/4.2.0', brazil)],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('about one of many tools of somebody who often takes a new one', () => {
    const tools = Array.from({ length: 60 }, (_, n) =>
      signIn({ time: at(0, 4 * n), application: `tool${'abcdefghijklmnopqrstuvwxyz'[Math.floor(n / 3)]}` }),
    );

    expect(found([...tools, ...login({ application: 'DataGrip', address: brazil })])).toEqual([]);
  });

  it('after a note: what is only noted is usual from then on', () => {
    const again = login({ time: at(14, 3), principal: 'shop_app', application: 'shop-worker', address: node });

    expect(found([...byService('shop-worker', node), ...again])).toEqual(['tool behaviour Informational 1']);
  });
});
