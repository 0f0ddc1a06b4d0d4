import { settled, statement } from '../../src/detectors/sql-injection/testkit.ts';
import {
  at,
  brazil,
  failedSignIn,
  type Happening,
  home,
  office,
  privateAddress,
  publicAddress,
  signIn,
  vietnam,
} from '../../src/detectors/testkit.ts';
import { ActivityClass, AuthenticationFailure, Protection } from '../../src/model/activity.ts';
import type { AddressFacts } from '../../src/model/address-facts.ts';
import { AFTER, alice, apart, daily, hourly, type Twin, times } from './twin.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOON = at(AFTER, 12);

const node = privateAddress('10.0.0.5');
const otherNode = privateAddress('10.7.7.7');
const tor: AddressFacts = { ...brazil, reputation: { lists: [{ name: 'tor-exits.txt', kind: 'tor' }] } };
const listed: AddressFacts = { ...brazil, reputation: { lists: [{ name: 'drop.txt', kind: 'threat' }] } };
const frankfurt: AddressFacts = {
  ...publicAddress('192.0.2.20', 'DE', 'Germany', 16_509, 'Amazon'),
  cloudRegion: { provider: 'AWS', region: 'eu-central-1', label: 'Frankfurt, Germany' },
};
const westEurope: AddressFacts = {
  ...publicAddress('192.0.2.21', 'NL', 'Netherlands', 8075, 'Microsoft'),
  cloudRegion: { provider: 'Azure', region: 'westeurope', label: 'West Europe, Netherlands' },
};
const northEurope: AddressFacts = {
  ...publicAddress('192.0.2.22', 'IE', 'Ireland', 8075, 'Microsoft'),
  cloudRegion: { provider: 'Azure', region: 'northeurope', label: 'North Europe, Ireland' },
};

const login = (what: Partial<Happening> = {}): Happening => signIn({ time: NOON, ...what });
const refused = (what: Partial<Happening> = {}): Happening => failedSignIn({ time: NOON, ...what });
const knock = (what: Partial<Happening> = {}): Happening =>
  login({ class: ActivityClass.connection, principal: '', application: '', database: '', address: brazil, ...what });
const sends = (sql: string, what: Partial<Happening> = {}): Happening =>
  login({ class: ActivityClass.statement, statement: sql, ...what });

/** The shop's program, on one machine, all around the clock. */
const shop: Partial<Happening> = { principal: 'shop_app', application: 'shop-api/1.0', address: node };
const shopLogins = hourly(signIn({ time: at(0, 0), ...shop }));
const shopQueries = hourly(
  signIn({
    time: at(0, 0),
    ...shop,
    class: ActivityClass.statement,
    statement: 'SELECT id, name FROM products WHERE id = 3',
  }),
);

function access(variant: string, before: readonly Happening[], address: AddressFacts, usual: AddressFacts): Twin {
  return {
    detector: 'unusual-location',
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    variant,
    before,
    deed: [login({ address })],
    fact: { address: usual },
  };
}

function guesses(variant: string, deed: readonly Happening[], fact: Partial<Happening>): Twin {
  return { detector: 'brute-force', alertType: 'SQL.PostgreSQL_BruteForce', variant, deed, fact };
}

function danger(variant: string, sql: string, harmless: string): Twin {
  return {
    detector: 'dangerous-statement',
    alertType: 'SQL.PostgreSQL_DangerousStatement',
    variant,
    deed: [sends(sql)],
    fact: { statement: harmless },
  };
}

function injection(variant: string, sql: string, harmless: string): Twin {
  return {
    detector: 'sql-injection',
    alertType: 'SQL.PostgreSQL_PotentialSqlInjection',
    variant,
    before: shopQueries,
    deed: [sends(sql, shop)],
    fact: { statement: harmless },
  };
}

function reads(
  variant: string,
  before: readonly Happening[],
  deed: readonly Happening[],
  fact: Partial<Happening>,
): Twin {
  return {
    detector: 'data-exfiltration',
    alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
    variant,
    before,
    deed,
    fact,
  };
}

function weakness(variant: string, deed: Happening, fact: Partial<Happening>): Twin {
  return {
    detector: 'weak-authentication',
    alertType: 'SQL.PostgreSQL_WeakAuthentication',
    variant,
    deed: [deed],
    fact,
  };
}

const aliceAtWork = [9, 11, 14, 16].flatMap((hour) =>
  daily(signIn({ class: ActivityClass.statement, statement: 'SELECT * FROM orders WHERE id = 7' }), hour),
);
const copies = (count: number, what: Partial<Happening> = {}): Happening[] =>
  apart(
    SECOND,
    times(count, (n) => sends(`COPY table_${n} TO STDOUT`, what)),
  );
const accepted = (protection: number): Happening =>
  signIn({ class: ActivityClass.credentialAccepted, protection, address: node });

export const POSTGRESQL_TWINS: readonly Twin[] = [
  access('new country', alice, brazil, office),
  access('new network', daily(signIn({ address: office }), 9, 60), home, office),
  access('new private network', daily(signIn({ address: node })), otherNode, privateAddress('10.0.0.99')),
  {
    detector: 'unusual-data-center',
    alertType: 'SQL.PostgreSQL_CloudProviderAnomaly',
    variant: 'provider',
    before: daily(signIn({ address: westEurope })),
    deed: [login({ address: frankfurt })],
    fact: { address: westEurope },
  },
  {
    detector: 'unusual-data-center',
    alertType: 'SQL.PostgreSQL_DataCenterAnomaly',
    variant: 'region',
    before: daily(signIn({ address: westEurope })),
    deed: [login({ address: northEurope })],
    fact: { address: westEurope },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'SQL.PostgreSQL_PrincipalAnomaly',
    variant: 'never seen',
    before: alice,
    deed: [login({ principal: 'backdoor', address: brazil })],
    fact: { principal: 'alice' },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'SQL.PostgreSQL_PrincipalAnomaly',
    variant: 'dormant woken',
    before: [signIn({ principal: 'contractor', time: at(0, 7) }), ...daily(signIn({ address: office }), 9, 42)],
    deed: [login({ principal: 'contractor', address: brazil, time: at(42, 12) })],
    fact: { principal: 'alice' },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'SQL.PostgreSQL_DomainAnomaly',
    variant: 'never seen',
    before: daily(signIn({ principal: 'alice@example.com' })),
    deed: [login({ principal: 'mallory@evil.example', address: brazil })],
    fact: { principal: 'alice@example.com' },
  },
  guesses(
    'valid user',
    apart(
      SECOND,
      times(12, () => refused()),
    ),
    { failure: AuthenticationFailure.none },
  ),
  guesses(
    'unknown users',
    apart(
      SECOND,
      times(12, () => refused({ failure: AuthenticationFailure.unknownPrincipal })),
    ),
    { class: ActivityClass.authentication },
  ),
  guesses(
    'spray',
    apart(
      SECOND,
      times(12, (n) => refused({ principal: `name${n}` })),
    ),
    {
      class: ActivityClass.authentication,
    },
  ),
  guesses(
    'refused by pg_hba.conf',
    apart(
      SECOND,
      times(12, () => refused({ failure: AuthenticationFailure.notAllowed })),
    ),
    { address: { address: '[local]' } },
  ),
  guesses(
    'distributed',
    apart(
      MINUTE,
      times(40, (n) =>
        refused({ address: publicAddress(`203.0.113.${n}`, 'BR', 'Brazil', 28_000 + (n % 7), 'Some carrier') }),
      ),
    ),
    { principal: '' },
  ),
  guesses(
    'low and slow',
    apart(
      7 * HOUR,
      times(24, () => refused()),
    ),
    { class: ActivityClass.authentication },
  ),
  {
    ...guesses(
      'successful',
      [
        ...apart(
          SECOND,
          times(15, () => refused()),
        ),
        login({ principal: 'postgres', address: brazil, time: NOON + 20 * SECOND }),
      ],
      {
        class: ActivityClass.authenticationFailure,
      },
    ),
    isLastOnly: true,
  },
  {
    detector: 'harmful-application',
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    variant: 'tool behaviour',
    before: shopLogins,
    deed: [knock({ address: otherNode, time: NOON - 50 }), login({ ...shop, application: '', address: otherNode })],
    fact: { application: 'shop-api/1.1' },
    isLastOnly: true,
  },
  {
    detector: 'harmful-application',
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    variant: 'tool name',
    before: alice,
    deed: [knock({ time: NOON - 50 }), login({ application: 'sqlmap', address: brazil })],
    fact: { application: 'psql' },
    isLastOnly: true,
  },
  {
    detector: 'harmful-application',
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    variant: 'probe or scan',
    deed: apart(
      10,
      times(90, () => knock()),
    ),
    fact: { address: { address: '[local]' } },
  },
  {
    detector: 'suspicious-address',
    alertType: 'SQL.PostgreSQL_TorAnomaly',
    variant: 'success',
    deed: [login({ address: tor })],
    fact: { address: brazil },
  },
  {
    detector: 'suspicious-address',
    alertType: 'SQL.PostgreSQL_TorAnomaly',
    variant: 'failure',
    deed: [refused({ address: tor })],
    fact: { address: brazil },
  },
  {
    detector: 'suspicious-address',
    alertType: 'SQL.PostgreSQL_TorAnomaly',
    variant: 'probe',
    deed: [knock({ address: tor })],
    fact: { address: brazil },
  },
  {
    detector: 'suspicious-address',
    alertType: 'SQL.PostgreSQL_SuspiciousIpAnomaly',
    variant: 'success',
    deed: [login({ address: listed })],
    fact: { address: brazil },
  },
  danger('program', "COPY t FROM PROGRAM 'id'", 'COPY t FROM STDIN'),
  danger('file', "SELECT pg_read_file('/etc/passwd')", "SELECT pg_size_pretty('7')"),
  danger('language', 'DO LANGUAGE plpython3u $$ import os $$', 'DO LANGUAGE plpgsql $$ BEGIN END $$'),
  danger('privilege', 'ALTER ROLE a SUPERUSER', 'ALTER ROLE a NOSUPERUSER'),
  danger('password hashes', 'SELECT usename, passwd FROM pg_shadow', 'SELECT usename, valuntil FROM pg_user'),
  danger('audit off', "ALTER SYSTEM SET log_statement = 'none'", "ALTER SYSTEM SET log_statement = 'all'"),
  danger('outside connection', "SELECT dblink_connect('host=x')", "SELECT dblink_disconnect('x')"),
  danger('ransom', 'CREATE TABLE readme_to_recover (note text)', 'CREATE TABLE readme (note text)'),
  injection(
    'union',
    'SELECT id, name FROM products WHERE id = 3 UNION SELECT NULL,version()--',
    'SELECT id, name FROM products WHERE id = 3 UNION SELECT id, name FROM archive WHERE id = 3',
  ),
  injection(
    'boolean',
    'SELECT id, name FROM products WHERE id = 3 OR 1=1--',
    'SELECT id, name FROM products WHERE id = 3 OR id = 4',
  ),
  injection(
    'comment',
    "SELECT id FROM users WHERE name = 'admin'--' AND password = 'x'",
    "SELECT id FROM users WHERE name = 'admin''--' AND password = 'x'",
  ),
  injection(
    'time',
    'SELECT id, name FROM products WHERE id = 3 AND 3 = (SELECT 3 FROM PG_SLEEP(5))',
    'SELECT id, name FROM products WHERE id = 3 AND 3 = (SELECT count(*) FROM orders)',
  ),
  injection(
    'stacked',
    'SELECT id, name FROM products WHERE id = 3; DROP TABLE users--',
    'SELECT id, name FROM products WHERE id = 3; SELECT id FROM users',
  ),
  injection(
    'error',
    "SELECT id, name FROM products WHERE id = 3 AND 1=CAST('~'||(SELECT version())::text||'~' AS NUMERIC) AND 2=2-- x",
    "SELECT id, name FROM products WHERE id = 3 AND price = CAST('7' AS NUMERIC)",
  ),
  {
    detector: 'sql-injection',
    alertType: 'SQL.PostgreSQL_VulnerabilityToSqlInjection',
    variant: 'faulty statement',
    before: settled(),
    deed: [
      statement("SELECT id, name FROM products WHERE name ILIKE '%O'Xylander%' ORDER BY id LIMIT 20", {
        class: ActivityClass.statementError,
        status: Number.parseInt('42601', 36),
      }),
    ],
    fact: { class: ActivityClass.statement },
  },
  reads('unusual client', aliceAtWork, copies(2, { address: brazil }), { address: office }),
  reads('off hours', aliceAtWork, copies(4, { time: at(AFTER, 3) }), { class: ActivityClass.statementError }),
  reads('breadth of tables', aliceAtWork, copies(9), { statement: 'SELECT * FROM orders WHERE id = 8' }),
  reads(
    'volume',
    aliceAtWork,
    apart(SECOND, [
      sends('DECLARE c CURSOR FOR SELECT * FROM customers'),
      ...times(60, () => sends('FETCH 5000 FROM c')),
    ]),
    { statement: 'SELECT * FROM orders WHERE id = 8' },
  ),
  reads(
    'slow drip',
    aliceAtWork,
    times(15, (n) => sends(`COPY part_${n} TO STDOUT`, { time: at(AFTER + Math.floor(n / 3), 10) + n * MINUTE })),
    { statement: 'COPY orders TO STDOUT' },
  ),
  reads('huge read', aliceAtWork, [sends('SELECT * FROM salaries', { rows: 20_000 })], { rows: 2000 }),
  reads('newcomer', aliceAtWork, copies(6, { principal: 'mallory' }), { statement: 'COPY rates TO STDOUT' }),
  reads(
    'piece by piece',
    aliceAtWork,
    apart(
      MINUTE,
      times(60, (n) => sends(`SELECT * FROM customers ORDER BY id LIMIT 5000 OFFSET ${5000 * n}`)),
    ),
    { statement: 'SELECT * FROM customers ORDER BY id LIMIT 5000 OFFSET 5000' },
  ),
  weakness('no TLS', signIn({ protection: Protection.unencrypted, address: brazil }), {
    protection: Protection.encrypted,
  }),
  weakness('trust', accepted(Protection.trust), { protection: Protection.encrypted }),
  weakness('cleartext password', accepted(Protection.password), { protection: Protection.encrypted }),
  weakness('md5', accepted(Protection.md5), { protection: Protection.encrypted }),
  weakness(
    'superuser from outside',
    signIn({ principal: 'postgres', protection: Protection.encrypted, address: vietnam }),
    { address: node },
  ),
  {
    detector: 'forged-log',
    alertType: 'SQL.PostgreSQL_ForgedLog',
    variant: 'known source',
    deed: [knock({ class: ActivityClass.logForgery })],
    fact: { class: ActivityClass.connection },
  },
  {
    detector: 'forged-log',
    alertType: 'SQL.PostgreSQL_ForgedLog',
    variant: 'unknown source',
    deed: [knock({ class: ActivityClass.logForgery, address: { address: '[local]' } })],
    fact: { class: ActivityClass.connection },
  },
];
