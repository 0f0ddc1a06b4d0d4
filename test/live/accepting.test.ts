import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseAlerts, runVedette } from '../run-vedette.ts';
import { habit, login } from './login.ts';
import { type ServedFolder, servedFolder, until } from './serving.ts';

// Each case starts the whole program twice; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const DAY_MS = 86_400_000;
const PATIENCE = { timeout: 60_000, interval: 100 };
/** When strangers come first: logs are of the past. */
const start = Date.now() - 10 * DAY_MS;

function served(): { folder: ServedFolder; log: string } {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    alertsFrom: 'all',
  });
  return { folder, log: join(folder.path, 'live.csv') };
}

/** Of logins from unusual places: of whom, from where; and the name of the alert. */
function strangers(folder: ServedFolder): { who: string; name: string }[] {
  return folder
    .alerts()
    .filter(({ alert }) => alert.properties.alertType === 'SQL.PostgreSQL_GeoAnomaly')
    .map(({ alert: { name, properties } }) => {
      const { Principal, 'Client IP address': address } = properties.extendedProperties;
      return { who: `${Principal} ${address}`, name };
    });
}

/** Names of the same alerts where the log is judged as history. */
async function replayed(folder: ServedFolder, ...args: string[]): Promise<string[]> {
  const { stdout } = await runVedette(['replay', '-c', folder.config, '--format', 'json', ...args]);
  return parseAlerts(stdout)
    .filter(({ properties }) => properties.alertType === 'SQL.PostgreSQL_GeoAnomaly')
    .map(({ name }) => name);
}

/** Values that are usual, with pinned ones marked. */
async function usual(folder: ServedFolder, kind: string, principal: string): Promise<string[]> {
  const { body } = await folder.ask('GET', `/api/v1/resources/orders/baseline?principal=${principal}`);
  const { items = [] } = body as { items?: { kind: string; value: string; isPinned: boolean }[] };
  return items
    .filter((item) => item.kind === kind)
    .map(({ value, isPinned }) => `${value}${isPinned ? ' (pinned)' : ''}`)
    .sort();
}

it('learns from an alert that is dismissed, from one that is resolved never', async () => {
  const { folder, log } = served();
  writeFileSync(log, habit(start, 'alice', '10.1.1.5') + habit(start, 'bob', '10.1.2.5'));
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  appendFileSync(log, login(start, 'alice', '10.8.8.8') + login(start + 1000, 'bob', '10.9.9.9'));
  await until('both are told', () => strangers(folder).length === 2);
  const [alice, bob] = strangers(folder);
  const answer = (name: string, status: string) =>
    folder.ask('PATCH', `/api/v1/alerts/${name}`, { status, reason: 'looked at' });

  expect((await answer(alice!.name, 'Dismissed')).status).toBe(200);
  expect((await answer(bob!.name, 'Resolved')).status).toBe(200);
  await vi.waitFor(
    async () => expect(await usual(folder, 'place', 'alice')).toEqual(['10.1.1.0/24', '10.8.8.0/24']),
    PATIENCE,
  );
  expect(await usual(folder, 'place', 'bob')).toEqual(['10.1.2.0/24']);

  await first.end('SIGKILL');
  const second = folder.start();
  await until('it is at work again', () => second.text().includes('watching 1 resources'));
  await vi.waitFor(async () => expect(await usual(folder, 'place', 'alice')).toHaveLength(2), PATIENCE);
  const later = start + 9 * DAY_MS;
  appendFileSync(log, login(later, 'alice', '10.8.8.8') + login(later + 1000, 'bob', '10.9.9.9'));
  await until('the one who was resolved is told again', () => strangers(folder).length > 2);

  expect(strangers(folder).map(({ who }) => who)).toEqual(['alice 10.8.8.8', 'bob 10.9.9.9', 'bob 10.9.9.9']);
  const { body } = await folder.ask('GET', '/api/v1/resources/orders/decisions');
  expect(body).toMatchObject({ items: [{ decision: 'accept', alert: alice!.name, eventTime: expect.any(String) }] });
  const file = join(folder.path, 'decisions.json');
  writeFileSync(file, JSON.stringify((body as { items: object[] }).items));
  expect(await replayed(folder, '--decisions', file)).toEqual(strangers(folder).map(({ name }) => name));
  expect(await replayed(folder)).toHaveLength(4); // nobody had accepted anything
});

it('forgets what people say is not usual, and keeps what they pin, at once and after a restart', async () => {
  const { folder, log } = served();
  writeFileSync(log, habit(start, 'alice', '10.1.1.5') + habit(start, 'bob', '10.1.2.5'));
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  await vi.waitFor(async () => expect(await usual(folder, 'place', 'bob')).toHaveLength(1), PATIENCE);
  const change = (body: object) => folder.ask('POST', '/api/v1/resources/orders/baseline-changes', body);

  const forget = { change: 'forget', kind: 'place', principal: 'alice', value: '10.1.1.0/24' };
  expect((await change(forget)).status).toBe(201);
  expect((await change({ ...forget, change: 'pin', principal: 'bob', value: '10.1.2.0/24' })).status).toBe(201);
  expect((await change({ ...forget, change: 'pin', kind: 'principal', value: '' })).status).toBe(201);
  expect((await change({ ...forget, value: '10.77.0.0/24' })).status).toBe(404);
  await vi.waitFor(async () => expect(await usual(folder, 'principal', 'alice')).toEqual([' (pinned)']), PATIENCE);
  await first.end('SIGKILL');
  const second = folder.start();
  await until('it is at work again', () => second.text().includes('watching 1 resources'));
  await vi.waitFor(async () => expect(await usual(folder, 'principal', 'alice')).toEqual([' (pinned)']), PATIENCE);
  expect(await usual(folder, 'place', 'alice')).toEqual([]);
  expect(await usual(folder, 'place', 'bob')).toEqual(['10.1.2.0/24 (pinned)']);
  appendFileSync(log, login(start, 'bob', '10.1.2.5') + login(start + 1000, 'alice', '10.1.1.5'));
  await until('what was forgotten is told', () => strangers(folder).length > 0);

  expect(strangers(folder).map(({ who }) => who)).toEqual(['alice 10.1.1.5']);
});
