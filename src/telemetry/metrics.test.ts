import { expect, it } from 'vitest';
import type { ResourceHealth } from '../model/resource-health.ts';
import { openStore } from '../store/open-store.ts';
import { aWrite, START, temporaryDirectory } from '../store/testkit.ts';
import { createMetrics, METRICS } from './metrics.ts';

const directory = temporaryDirectory();

const orders: ResourceHealth = {
  resourceKey: '/a"\n\\b',
  name: 'orders',
  lastEventTime: START,
  lagMs: 1500,
  waitingBytes: 0,
  recordsPerSecond: 1,
  records: 12,
  activities: 4,
  skipped: 7,
  late: 0,
  rejected: [{ reason: 'not a csvlog record', count: 1, where: 'a:0', example: 'x' }],
  gaps: [],
  longestSilencesMs: [],
  checkedTime: START,
};

it('tells of resources, alerts, outbox and store, also while the store is away', async () => {
  const store = await openStore(`sqlite:${directory}/vedette.db`);
  const { name } = aWrite(1).alert;
  await store.alerts.upsertOwn([aWrite(1)], [{ alertName: name, alertVersion: 1, channel: 'email', dueTime: START }]);
  const metrics = createMetrics(
    store,
    () => [orders],
    () => START + 5000,
  );

  const lines = (await metrics.text()).split('\n');

  expect(lines).toEqual(
    expect.arrayContaining([
      String.raw`vedette_records_total{resource="/a\"\n\\b"} 12`,
      String.raw`vedette_lag_seconds{resource="/a\"\n\\b"} 1.5`,
      String.raw`vedette_rejected_records_total{resource="/a\"\n\\b",reason="not a csvlog record"} 1`,
      'vedette_alerts{severity="Medium",status="Active"} 1',
      'vedette_alerts{severity="High",status="Active"} 0',
      'vedette_outbox_messages{channel="email",state="waiting"} 1',
      'vedette_outbox_oldest_due_seconds{channel="email"} 5',
      'vedette_store_up 1',
    ]),
  );
  await store.close();
  const away = await createMetrics({ ...store, bytes: () => Promise.reject(new Error('away')) }, () => []).text();
  expect(away).toContain('\nvedette_store_up 0\n');
});

it('gives every metric a name and a sentence', () => {
  for (const [name, { help }] of Object.entries(METRICS)) {
    expect(name).toMatch(/^vedette_[a-z]+(?:_[a-z]+)*$/);
    expect(help).toMatch(/^[A-Z0-9].*\.$/);
  }
});
