import { expect, it } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { temporaryDirectory } from '../store/testkit.ts';
import type { Observation } from './observe-health.ts';
import { watchHealth } from './watch-health.ts';

const directory = temporaryDirectory();
const START = Date.UTC(2026, 10, 16);
const MINUTE_MS = 60_000;

const orders = (records: number, newest: number, gaps: Observation['gaps'] = []): Observation => ({
  key: 'orders',
  name: 'orders',
  newest,
  waitingBytes: 7,
  counts: {
    records,
    skipped: 1,
    late: 0,
    activities: { statement: 2, authentication: 3 },
    rejected: { torn: { count: 1, where: 'a:0', example: 'x' } },
  },
  gaps,
});

it('keeps rate, lag and what was lost, and tells of a log that falls silent', async () => {
  const store = await openStore(`sqlite:${directory}/vedette.db`);
  let [now, records] = [START, 0];
  let gaps: Observation['gaps'] = [];
  const watch = await watchHealth(
    store,
    () => [orders(records, now - 1500, gaps)],
    () => now,
  );
  for (let minute = 0; minute <= 25 * 60; minute += 10) {
    now = START + minute * MINUTE_MS;
    records += 600;
    await watch.look();
  }

  expect(await store.health.get('orders')).toMatchObject({
    recordsPerSecond: 1,
    lagMs: 1500,
    lastEventTime: now - 1500,
    activities: 5,
    waitingBytes: 7,
    rejected: [{ reason: 'torn', count: 1, where: 'a:0', example: 'x' }],
  });
  expect(await store.health.notices()).toEqual([]);

  now += 31 * MINUTE_MS;
  await watch.look();
  expect(await store.health.notices()).toMatchObject([
    { kind: 'quiet', text: 'No record of orders has come for 31 min; it was never silent for longer than 10 min.' },
  ]);

  records += 1;
  gaps = [{ what: 'a.csv was cut', bytes: 9, noticed: now }];
  await watch.look();
  expect(await store.health.notices()).toMatchObject([
    { kind: 'lost-input', text: 'Records of orders are lost: a.csv was cut.' },
  ]);
  expect((await store.health.get('orders'))?.gaps).toEqual(gaps);
  watch.stop();
  await store.close();
});
