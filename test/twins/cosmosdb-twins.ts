import {
  at,
  brazil,
  dataAccess,
  type Happening,
  office,
  privateAddress,
  publicAddress,
} from '../../src/detectors/testkit.ts';
import { ActivityClass } from '../../src/model/activity.ts';
import type { AddressFacts } from '../../src/model/address-facts.ts';
import { AFTER, apart, daily, hourly, type Twin, times } from './twin.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MB = 1_000_000;
const NOON = at(AFTER, 12);
const GUID = '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c';

const tor: AddressFacts = { ...brazil, reputation: { lists: [{ name: 'tor-exits.txt', kind: 'tor' }] } };
const listed: AddressFacts = { ...brazil, reputation: { lists: [{ name: 'drop.txt', kind: 'threat' }] } };
const region = (address: string, provider: 'Azure' | 'AWS', id: string): AddressFacts => ({
  ...publicAddress(address, 'NL', 'Netherlands', 8075, 'Hosting'),
  cloudRegion: { provider, region: id, label: id },
});
const westEurope = region('192.0.2.21', 'Azure', 'westeurope');
const northEurope = region('192.0.2.22', 'Azure', 'northeurope');
const frankfurt = region('192.0.2.23', 'AWS', 'eu-central-1');
const elsewhere = publicAddress('198.51.100.91', 'DE', 'Germany', 3209, 'Vodafone GmbH');

const request = (what: Partial<Happening> = {}): Happening =>
  dataAccess({ time: NOON, operation: 'Query', container: 'orders', ...what });
const denied = (what: Partial<Happening> = {}): Happening =>
  request({ class: ActivityClass.dataAccessDenied, status: 401, address: brazil, responseBytes: 0, ...what });
const query = (sql: string, status: number): Happening =>
  request({ class: ActivityClass.statement, statement: sql, status });
const listing = (what: Partial<Happening> = {}): Happening =>
  request({
    class: ActivityClass.keyOperation,
    principal: 'pipeline',
    operation: 'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/LISTKEYS/ACTION',
    application: '',
    database: '',
    container: '',
    status: 200,
    ...what,
  });

/** The program under the key, all around the clock: about a megabyte an hour. */
const program = hourly(request({ time: at(0, 0), responseBytes: MB }), 20);
const days = (what: Partial<Happening> = {}): Happening[] => daily(request({ time: at(0, 0), ...what }));
const pages = (count: number, start: number, what: Partial<Happening> = {}): Happening[] =>
  apart(
    8 * SECOND,
    times(count, () => request({ time: start, responseBytes: MB, ...what })),
  );

function access(variant: string, address: AddressFacts, before = days()): Twin {
  return {
    detector: 'unusual-location',
    alertType: 'CosmosDB_GeoAnomaly',
    variant,
    before,
    deed: [request({ address })],
    fact: { address: before[0]!.address },
  };
}

function reads(
  variant: string,
  before: readonly Happening[],
  deed: readonly Happening[],
  fact: Partial<Happening>,
): Twin {
  return { detector: 'data-exfiltration', alertType: 'CosmosDB_DataExfiltrationAnomaly', variant, before, deed, fact };
}

function guesses(variant: string, deed: readonly Happening[], fact: Partial<Happening>): Twin {
  return { detector: 'brute-force', alertType: 'CosmosDB_BruteForce', variant, deed, fact };
}

const analyst = { principal: GUID, application: 'Mozilla/5.0' };
const analystAtWork = [9, 10, 11].flatMap((hour) =>
  daily(request({ time: at(0, 0), ...analyst, responseBytes: 7 * MB }), hour),
);
const listings = [...days(), ...daily(listing({ time: at(0, 0) }), 5)].sort((a, b) => a.time - b.time);

export const COSMOSDB_TWINS: readonly Twin[] = [
  access('new country', brazil),
  access('new network', elsewhere, daily(request({ time: at(0, 0) }), 9, 60)),
  access('new private network', privateAddress('10.1.2.3'), days({ address: privateAddress('10.9.9.9') })),
  {
    detector: 'unusual-data-center',
    alertType: 'CosmosDB_CloudProviderAnomaly',
    variant: 'provider',
    before: days({ address: westEurope }),
    deed: [request({ address: frankfurt })],
    fact: { address: westEurope },
  },
  {
    detector: 'unusual-data-center',
    alertType: 'CosmosDB_DataCenterAnomaly',
    variant: 'region',
    before: days({ address: westEurope }),
    deed: [request({ address: northEurope })],
    fact: { address: westEurope },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'CosmosDB_PrincipalAnomaly',
    variant: 'never seen',
    before: program,
    deed: [request({ principal: GUID, address: brazil, time: at(20, 12) })],
    fact: { principal: 'PrimaryMasterKey' },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'CosmosDB_PrincipalAnomaly',
    variant: 'new kind of key',
    before: program,
    deed: [request({ principal: 'SecondaryMasterKey', address: brazil, time: at(20, 12) })],
    fact: { principal: 'PrimaryMasterKey' },
  },
  {
    detector: 'unfamiliar-principal',
    alertType: 'CosmosDB_PrincipalAnomaly',
    variant: 'dormant woken',
    before: [request({ principal: GUID, time: at(0, 1) }), ...hourly(request({ time: at(0, 2) }), 42)],
    deed: [request({ principal: GUID, address: brazil, time: at(42, 12) })],
    fact: { principal: 'PrimaryMasterKey' },
  },
  guesses(
    'wrong credential',
    apart(
      SECOND,
      times(30, () => denied()),
    ),
    { class: ActivityClass.dataAccess },
  ),
  guesses(
    'not allowed',
    apart(
      SECOND,
      times(30, () => denied({ status: 403 })),
    ),
    { class: ActivityClass.dataAccess },
  ),
  guesses(
    'low and slow',
    apart(
      7 * HOUR,
      times(24, () => denied()),
    ),
    { class: ActivityClass.dataAccess },
  ),
  guesses(
    'distributed',
    apart(
      MINUTE,
      times(60, (n) =>
        denied({ address: publicAddress(`203.0.113.${n}`, 'BR', 'Brazil', 28_000 + (n % 7), 'Some carrier') }),
      ),
    ),
    { class: ActivityClass.dataAccess },
  ),
  {
    ...guesses(
      'successful',
      [
        ...apart(
          SECOND,
          times(30, () => denied()),
        ),
        request({ address: brazil, time: NOON + 40 * SECOND }),
      ],
      {
        class: ActivityClass.dataAccessDenied,
      },
    ),
    isLastOnly: true,
  },
  {
    detector: 'harmful-application',
    alertType: 'CosmosDB_HarmfulApplication',
    variant: 'tool behaviour',
    before: program,
    deed: [request({ application: 'python-requests/2.32', time: at(20, 12) })],
    fact: { application: 'azsdk-js-cosmos/4.2.0' },
  },
  {
    detector: 'harmful-application',
    alertType: 'CosmosDB_HarmfulApplication',
    variant: 'tool name',
    before: program,
    deed: [request({ application: 'sqlmap/1.8', address: brazil, time: at(20, 12) })],
    fact: { application: 'azsdk-js-cosmos/4.2.0' },
  },
  {
    detector: 'suspicious-address',
    alertType: 'CosmosDB_TorAnomaly',
    variant: 'success',
    deed: [request({ address: tor })],
    fact: { address: brazil },
  },
  {
    detector: 'suspicious-address',
    alertType: 'CosmosDB_TorAnomaly',
    variant: 'failure',
    deed: [denied({ address: tor })],
    fact: { address: brazil },
  },
  {
    detector: 'suspicious-address',
    alertType: 'CosmosDB_SuspiciousIp',
    variant: 'success',
    deed: [request({ address: listed })],
    fact: { address: brazil },
  },
  reads('volume', program, pages(30, at(20, 12)), { responseBytes: 20_000 }),
  reads('unusual client', program, pages(12, at(20, 12), { address: brazil }), { address: office }),
  reads('off hours', analystAtWork, pages(12, at(AFTER, 21), analyst), { responseBytes: 500_000 }),
  reads(
    'breadth of containers',
    program,
    apart(
      MINUTE,
      times(4, (n) => request({ container: `c${n}`, responseBytes: 500_000, time: at(20, 12) })),
    ),
    { container: 'orders' },
  ),
  reads('slow drip', program, Array.from({ length: 40 }, (_, n) => pages(7, at(20, n))).flat(), {
    responseBytes: 20_000,
  }),
  {
    detector: 'sql-injection',
    alertType: 'CosmosDB_SqlInjection.DataExfiltration',
    variant: 'boolean',
    deed: [query("SELECT * FROM c WHERE c.id = 'x' OR 1=1 --'", 200)],
    fact: { statement: "SELECT * FROM c WHERE c.id = 'x' OR c.id = 'y'" },
  },
  {
    detector: 'sql-injection',
    alertType: 'CosmosDB_SqlInjection.FailedFuzzingAttempt',
    variant: 'fuzzing',
    deed: [query("SELECT * FROM c WHERE c.id = '1' UNION SELECT NULL, version() --", 400)],
    fact: { statement: "SELECT * FROM c WHERE c.id = '1'" },
  },
  {
    detector: 'key-extraction',
    alertType: 'AzureCosmosDB_SuspiciousListKeys.SuspiciousPrincipal',
    variant: 'unfamiliar caller',
    before: listings,
    deed: [listing({ principal: 'dana@example.com', address: brazil })],
    fact: { principal: 'pipeline' },
  },
  {
    detector: 'key-extraction',
    alertType: 'AzureCosmosDB_SuspiciousListKeys.SuspiciousPrincipal',
    variant: 'unusual place',
    before: listings,
    deed: [listing({ address: brazil })],
    fact: { address: office },
  },
  {
    detector: 'key-extraction',
    alertType: 'AzureCosmosDB_SuspiciousListKeys.SuspiciousPrincipal',
    variant: 'refused',
    before: listings,
    deed: [listing({ principal: 'dana@example.com', address: brazil, status: 403 })],
    fact: { principal: 'pipeline' },
  },
  {
    detector: 'weak-authentication',
    alertType: 'CosmosDB_KeyAuthentication',
    variant: 'account key',
    before: [request({ principal: GUID, time: at(0, 1) })],
    deed: [request()],
    fact: { principal: GUID },
  },
];
