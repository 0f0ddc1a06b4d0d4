import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HUNTS } from '../../src/archive/hunts/hunts.ts';
import { runHunt } from '../../src/archive/hunts/run-hunt.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type RecordedArchive, recordedArchive } from './recorded-archive.ts';

/** The recorded two weeks end here. */
const UNTIL = Date.UTC(2026, 10, 19, 12);
const ATTACKS = ['45.155.204.10', '185.156.73.54', '179.118.44.21', '27.72.100.31'];
const SHOP = '2a9be6f4-81c7-4c5d-b0e3-96d4f15c7a28';

let recorded: RecordedArchive;
let store: Store;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-hunts-'));
  store = await openStore('sqlite:vedette.db', { directory });
  recorded = await recordedArchive(store, directory);
  afterAll(async () => {
    await recorded.archive.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });
}, 120_000);

async function found(id: string, columns: readonly string[], days?: number, scopes?: string[]): Promise<unknown[][]> {
  const hunt = HUNTS.find((it) => it.id === id)!;
  const result = await runHunt(recorded.archive, recorded.alerts, hunt, { until: UNTIL, days, scopes });
  const places = columns.map((name) => result.columns.findIndex((column) => column.name === name));
  return result.rows.map((row) => places.map((place) => row[place]));
}

it.each<[string, number, string[], unknown[][]]>([
  [
    'failures-by-source',
    7,
    ['src_ip', 'failures', 'accounts', 'succeeded'],
    [
      ['45.155.204.10', '45', '1', ['analyst']],
      ['185.156.73.54', '44', '22', null],
    ],
  ],
  [
    'success-after-failures',
    7,
    ['user_name', 'src_ip', 'failures_before'],
    [
      ['analyst', '45.155.204.10', '45'],
      ['analyst', '45.155.204.10', '45'],
    ],
  ],
  [
    'outside-named-networks',
    7,
    ['user_name', 'src_ip', 'logins'],
    [
      ['analyst', '87.138.200.17', '14'],
      ['j.meyer', '87.138.200.17', '7'],
      ['j.meyer', '178.2.14.9', '5'],
      ['analyst', '45.155.204.10', '2'],
      ['j.meyer', '179.118.44.21', '1'],
    ],
  ],
  [
    'new-addresses',
    7,
    ['user_name', 'src_ip'],
    [
      ['j.meyer', '179.118.44.21'],
      ['analyst', '45.155.204.10'],
      ['PrimaryMasterKey', '27.72.100.31'],
      [SHOP, '20.61.120.7'],
      ['j.meyer', '178.2.14.9'],
    ],
  ],
  [
    'many-accounts-from-one-address',
    14,
    ['src_ip', 'names'],
    [
      ['10.20.8.4', ['migrator', 'postgres']],
      ['87.138.200.17', ['analyst', 'j.meyer']],
    ],
  ],
  [
    'several-countries-a-day',
    14,
    ['day', 'user_name', 'countries'],
    [
      ['2026-11-18', 'j.meyer', ['BR', 'DE']],
      ['2026-11-17', 'analyst', ['DE', 'RU']],
      ['2026-11-16', 'PrimaryMasterKey', ['NL', 'VN']],
    ],
  ],
  [
    'unusual-hours',
    7,
    ['user_name', 'new_hours', 'addresses'],
    [
      ['j.meyer', ['3'], ['179.118.44.21']],
      ['analyst', ['2'], ['45.155.204.10']],
    ],
  ],
  ['unused-accounts', 7, ['user_name', 'days_unused'], [['postgres', '8']]],
  [
    'new-applications',
    7,
    ['user_name', 'app_name'],
    [
      ['analyst', 'psql'],
      ['shop', 'shop-api/1.42.0'],
      ['PrimaryMasterKey', 'azsdk-python-cosmos/4.5.1 Python/3.10.12 (Windows-10-10.0.19045-SP0)'],
    ],
  ],
  ['tables-read-first', 7, ['user_name', 'object', 'addresses'], [['PrimaryMasterKey', 'reviews', ['27.72.100.31']]]],
  [
    'failing-statements',
    7,
    ['user_name', 'status_code', 'failures'],
    [
      [SHOP, '404', '66'],
      [SHOP, '429', '60'],
    ],
  ],
  ['role-changes', 14, ['user_name', 'what'], [['postgres', "ALTER ROLE billing PASSWORD '?'"]]],
  ['schema-changes', 14, ['user_name', 'app_name', 'changes'], [['migrator', 'flyway', '4']]],
])('%s finds in the recorded logs what is there', async (id, days, columns, expected) => {
  expect(await found(id, columns, days)).toEqual(expected);
});

it('unencrypted-sign-ins, biggest-readers, whole-tables and unanswered-alerts name those that count', async () => {
  const taken = ['customers', 'orders', 'order_items', 'invoices'].map((name) => [`SELECT * FROM ${name}`]);
  const byMeyer = await found('whole-tables', ['user_name', 'text']);

  expect((await found('unencrypted-sign-ins', ['user_name', 'src_ip'])).slice(0, 2)).toEqual([
    ['shop', '10.20.3.12'],
    ['shop', '10.20.3.11'],
  ]);
  expect((await found('biggest-readers', ['user_name', 'factor'])).slice(0, 2)).toEqual([
    [SHOP, 0.99],
    ['shop', 0.96],
  ]);
  expect(byMeyer.filter(([user]) => user === 'j.meyer').map(([, text]) => [text])).toEqual(taken.toReversed());
  expect((await found('unanswered-alerts', ['severity', 'user_name', 'of_intrusion'])).slice(0, 3)).toEqual([
    ['High', 'j.meyer', '2'],
    ['High', 'analyst', '4'],
    ['High', 'analyst', '4'],
  ]);
});

it('finds what may be seen, and what was there at the time', async () => {
  const cosmos = '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051';
  const before = HUNTS.find(({ id }) => id === 'failures-by-source')!;
  const earlier = await runHunt(recorded.archive, [], before, { until: Date.UTC(2026, 10, 16, 23) });

  expect(await found('new-addresses', ['src_ip'], 7, [cosmos])).toEqual([['27.72.100.31'], ['20.61.120.7']]);
  expect(await found('new-addresses', ['src_ip'], 7, [])).toEqual([]);
  expect(earlier.rows.map(([, address]) => address)).toEqual(['185.156.73.54', '10.20.5.11', '87.138.200.17']);
});

it('finds every attack of the recordings', async () => {
  const seen = new Set<unknown>();
  for (const id of ['failures-by-source', 'new-addresses']) {
    for (const [address] of await found(id, ['src_ip'])) {
      seen.add(address);
    }
  }

  expect(ATTACKS.filter((address) => !seen.has(address))).toEqual([]);
});
