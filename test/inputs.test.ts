import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { failure, received, statement } from '../src/sessions/testkit.ts';
import { evidenceOf } from './evidence-of.ts';
import { parseAlerts, ROOT, replayAlerts, replayJson, runVedette, writeConfig } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LOGS = join(ROOT, 'examples/quickstart/logs');
const CATALOG = globSync(join(LOGS, 'shop-catalog-*')).sort();
/** The account that the requests of the quickstart name. */
const ACCOUNT =
  '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/shop/providers/Microsoft.DocumentDB/databaseAccounts/shop-catalog';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function save(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Writes a configuration; JSON is YAML, too. */
function config(name: string, document: object): string {
  return save(name, JSON.stringify(document));
}

describe('a stream', () => {
  let listed: Alert[];
  let accounts: string;
  beforeAll(async () => {
    const logs = [{ path: join(LOGS, 'shop-catalog-*'), format: 'azure' }];
    listed = await replayAlerts(config('listed.yaml', { resources: [{ id: ACCOUNT, kind: 'cosmosdb', logs }] }));
    // Three accounts that do the same, in files of their own and mixed.
    accounts = join(folder, 'accounts');
    for (const file of CATALOG) {
      const content = unpackedLog(file).toString();
      const of = (letter: string) => content.replaceAll('SHOP-CATALOG', `SHOP-CATALOG-${letter}`);
      const name = basename(file).replace(/\.(?:gz|zst)$/, '');
      save(`accounts/a/${name}.gz`, gzipSync(of('A')));
      save(`accounts/mixed/${name}`, `${of('B')}\n${of('C')}`);
    }
  });

  it('gives the alerts that the same files give as a log of the resource', async () => {
    const catalog = { id: ACCOUNT, kind: 'cosmosdb' };
    const streams = [{ path: join(LOGS, 'shop-catalog-*') }];

    expect(listed.length).toBeGreaterThan(1);
    expect(await replayAlerts(config('stream.yaml', { resources: [catalog], streams }))).toEqual(listed);
  });

  it('judges resources that nobody configured, each as if it were alone', async () => {
    const alerts = await replayAlerts(config('found.yaml', { streams: [{ path: accounts }] }));
    const byAccount = Map.groupBy(alerts, ({ properties }) => properties.compromisedEntity);

    expect([...byAccount.keys()].sort()).toEqual(['SHOP-CATALOG-A', 'SHOP-CATALOG-B', 'SHOP-CATALOG-C']);
    for (const [name, own] of byAccount) {
      // alerts of one moment stand in the order of their names, and those depend on the resource
      expect(own.map((alert) => told(alert).replaceAll(name, 'shop-catalog')).sort()).toEqual(listed.map(told).sort());
    }
  });

  it('gives the same bytes for any number of workers, beside logs of servers', async () => {
    const logs = [{ path: join(LOGS, 'postgresql-*.csv*'), format: 'csvlog' }];
    const resources = [
      { id: 'orders', kind: 'postgresql', logs },
      {
        id: ACCOUNT.replace('shop-catalog', 'Shop-Catalog-B'),
        kind: 'cosmosdb',
        logs: [{ path: join(LOGS, 'shop-catalog-*') }],
      },
    ];
    const file = config('workers.yaml', { resources, streams: [{ path: accounts, format: 'azure' }] });
    const once = await replayJson(file, '--workers', '1');

    expect(new Set(parseAlerts(once).map(({ properties }) => properties.compromisedEntity)).size).toBe(4);
    for (const workers of ['2', '3']) {
      expect(await replayJson(file, '--workers', workers)).toBe(once);
    }
  });

  it('reads exports to storage, hour after hour of each category', async () => {
    for (const [i, file] of CATALOG.entries()) {
      const hour = `y=2026/m=11/d=${10 + i}/h=00/m=00`;
      const path = `export/insights-logs-dataplanerequests/resourceId=${ACCOUNT.toUpperCase()}/${hour}/PT1H.json`;
      save(path, unpackedLog(file));
    }
    const alerts = await replayAlerts(config('export.yaml', { streams: [{ path: join(folder, 'export') }] }));

    expect(alerts.map((alert) => told(alert).toLowerCase())).toEqual(listed.map((alert) => told(alert).toLowerCase()));
  });
});

describe('a log that names another resource', () => {
  it('is judged as that of the resource under which it is listed, with one note', async () => {
    const logs = [{ path: join(LOGS, 'shop-catalog-*'), format: 'azure' }];
    const id = ACCOUNT.replace('shop-catalog', 'other');
    const { stderr } = await runVedette([
      'replay',
      '-c',
      config('other.yaml', { resources: [{ id, kind: 'cosmosdb', logs }] }),
    ]);

    expect(
      stderr.match(/^note +other: records of \S+ name \S+SHOP-CATALOG; they are judged as those of other/gm),
    ).toHaveLength(1);
    expect(stderr).toMatch(/^rejected +0$/m);
  });
});

describe('auto', () => {
  it('gives the alerts of the format that it finds', async () => {
    cpSync(LOGS, join(folder, 'auto'), { recursive: true });
    const path = join(folder, 'auto/postgresql-*.csv*');
    const named = await replayJson(writeConfig(join(folder, 'named.yaml'), { orders: [path, 'csvlog'] }));
    const file = config('auto.yaml', { resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path }] }] });
    const { stdout, stderr } = await runVedette(['replay', '-c', file, '--format', 'json']);

    expect(stdout).toBe(named);
    expect(stderr).toMatch(/^note +orders: \S+ and \d+ more are read as csvlog$/m);
  });

  it('refuses what it does not know with one sentence and 2', async () => {
    const path = save('unknown.log', 'hello\n'.repeat(1000));
    const file = config('unknown.yaml', { resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path }] }] });

    for (const command of ['replay', 'check-config']) {
      const { code, stdout, stderr } = await runVedette([command, '-c', file]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^vedette: orders: "\S+unknown\.log" is of no format that is known; name its format, [^\n]+\n$/,
      );
    }
  });
});

describe('check-config', () => {
  it('tells what it found and succeeds', async () => {
    const { code, stdout, stderr } = await runVedette([
      'check-config',
      '-c',
      join(ROOT, 'examples/quickstart/vedette.yaml'),
    ]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^orders \(postgresql\)\n/);
    expect(stdout).toMatch(/\nshop-catalog \(cosmosdb\)\n/);
    expect(stdout).toMatch(/ is valid: 2 resources, 2 logs, [^\n]+\.\n$/);
  });

  it.each([
    ['a wrong configuration', { resource: [] }, /resource is not a setting/],
    [
      'a log that does not exist',
      { resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'none' }] }] },
      /no file matches/,
    ],
    [
      'an empty folder of a stream',
      { streams: [{ path: 'empty' }] },
      /streams\[0\]: "\S+empty" holds no file; check the path/,
    ],
  ])('refuses %s with 2', async (_, document, sentence) => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const { code, stdout, stderr } = await runVedette(['check-config', '-c', config('wrong.yaml', document)]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

/** A primary and its replica, both behind one address: each counts its sessions for itself. */
describe('two servers of one resource', () => {
  const guesses = (server: number) =>
    Array.from({ length: 8 }, (_, i) => {
      const second = 10 + 2 * i + server;
      const session = `6afbb86d.${(i + 1).toString(16)}`;
      const address = '203.0.113.7';
      return received({ second, session, address }) + failure({ second, session, address, user: 'alice' });
    }).join('');

  async function alertsOn(...logs: string[]): Promise<Alert[]> {
    const paths = logs.map((log, i) => ({ path: save(`server-${i}.csv`, log), format: 'csvlog' }));
    return replayAlerts(config('servers.yaml', { resources: [{ id: 'orders', kind: 'postgresql', logs: paths }] }));
  }

  it('are guessed at together: what is too little on each is enough on both', async () => {
    const [alert, ...others] = await alertsOn(guesses(0), guesses(1));

    expect(await alertsOn(guesses(0))).toEqual([]);
    expect(others).toEqual([]);
    expect(alert?.properties.alertType).toBe('SQL.PostgreSQL_BruteForce');
    expect(alert?.properties.description).toContain('16 times');
    expect(new Set(evidenceOf(alert!).rawLines.map(({ source }) => basename(source)))).toEqual(
      new Set(['server-0.csv', 'server-1.csv']),
    );
  });

  it('do not share sessions: one id names two of them', async () => {
    const [alert] = await alertsOn(
      received({ second: 0, session: '6afbb86d.1', address: '198.51.100.9' }) + guesses(0),
      guesses(1) + statement({ second: 60, session: '6afbb86d.1', user: 'bob' }),
    );

    expect(JSON.stringify(alert?.properties.entities)).toContain('203.0.113.7');
    expect(JSON.stringify(alert?.properties.entities)).not.toContain('198.51.100.9');
  });
});

/** What an alert says, apart from names and ids. */
function told({ properties }: Alert): string {
  return `${properties.startTimeUtc} ${properties.alertType} ${properties.severity} ${properties.description}`;
}
