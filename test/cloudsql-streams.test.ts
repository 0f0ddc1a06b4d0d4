import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { logEntry } from '../src/parsers/cloudsql/testkit.ts';
import { addressesOf } from './evidence-of.ts';
import { replayAlerts, runVedette } from './run-vedette.ts';

vi.setConfig({ testTimeout: 300_000 });

const START = Date.UTC(2026, 10, 21, 12);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Clients at one address that guess a password: the entries of an instance, an opening and a refusal a second. */
function guesses(instance: string | undefined, address: string): string[][] {
  const labels = instance === undefined ? {} : { database_id: instance, project_id: 'shop' };
  return Array.from({ length: 30 }, (_, i) => {
    const timestamp = new Date(START + 1000 * i).toISOString();
    const members = { timestamp, resource: { type: 'cloudsql_database', labels } };
    const entry = (number: number, names: string, line: string) =>
      logEntry(line, members, `${timestamp.replace('T', ' ').slice(0, 23)} UTC [${100 + i}]: [${number}-1] ${names} `);
    return [
      entry(1, 'db=[unknown],user=[unknown]', `LOG:  connection received: host=${address} port=5`),
      entry(2, 'db=shop,user=app', 'FATAL:  password authentication failed for user "app"'),
    ];
  });
}

function save(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function config(name: string, document: object): string {
  return save(name, JSON.stringify(document));
}

/** Where an alert happened, and what it says. */
function told(alert: Alert): unknown[] {
  const { compromisedEntity, alertType, description, startTimeUtc } = alert.properties;
  return [compromisedEntity, alertType, description, startTimeUtc, addressesOf(alert)];
}

describe('a stream of the logs of Cloud SQL', () => {
  const orders = guesses('shop:orders', '203.0.113.7');
  const stock = guesses('example.com:shop:stock', '198.51.100.9');

  it('belongs to the instances that its entries name, which count their processes without each other', async () => {
    const mixed = save('mixed.json', orders.flatMap((entries, i) => [...entries, ...stock[i]!]).join(''));
    const alerts = await replayAlerts(config('stream.yaml', { streams: [{ path: mixed }] }));
    const alone = [
      ['shop:orders', orders],
      ['example.com:shop:stock', stock],
    ].map(([id, entries], i) => ({
      id,
      kind: 'postgresql',
      logs: [{ path: save(`alone-${i}.json`, (entries as string[][]).flat().join('')), format: 'cloudsql' }],
    }));
    const listed = await replayAlerts(config('listed.yaml', { resources: alone }));

    expect(alerts.map(({ properties }) => properties.compromisedEntity).sort()).toEqual(['orders', 'stock']);
    expect(alerts.map(told)).toEqual(listed.map(told));
    expect(alerts.map(({ properties }) => properties.alertType)).toEqual([
      'SQL.PostgreSQL_BruteForce',
      'SQL.PostgreSQL_BruteForce',
    ]);
  });

  it('rejects entries that name no instance', async () => {
    const nameless = save('nameless.json', [...orders, ...guesses(undefined, '192.0.2.1')].flat().join(''));
    const file = config('nameless.yaml', { streams: [{ path: nameless, format: 'cloudsql' }] });
    const { code, stdout, stderr } = await runVedette(['replay', '-c', file, '--format', 'json']);

    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^rejected +60\b/m);
    expect(stderr).toContain('a record that names no resource');
  });
});
