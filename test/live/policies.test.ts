import { appendFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const start = Date.now() - 60_000;

it('goes by policies of tag, name, group and subscription as soon as they are made, and notes who made them', async () => {
  const own = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups';
  const id = (group: string, name: string) => `${own}/${group}/providers/Microsoft.DBforPostgreSQL/servers/${name}`;
  const all = ['tagged', 'named-1', id('grouped', 'third'), 'watched'];
  const name = (text: string) => basename(text);
  const folder = servedFolder({
    resources: all.map((it) => ({
      id: it,
      kind: 'postgresql',
      tags: it === 'tagged' ? { env: 'test' } : {},
      logs: [{ path: `${name(it)}.csv`, format: 'csvlog' }],
    })),
  });
  const write = (from: number) => {
    for (const it of all) {
      const lines = Array.from({ length: 12 }, (_, i) => failure(start, from + i, `guess${i}`)).join('');
      appendFileSync(join(folder.path, `${name(it)}.csv`), lines);
    }
  };
  for (const it of all) {
    writeFileSync(join(folder.path, `${name(it)}.csv`), '');
  }
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 4 resources'));
  const off = { settings: { protection: 'off' } };
  const matches = {
    'by-tag': { tag: { name: 'env', value: 'test' } },
    'by-name': { namePattern: 'named-*' },
    'by-group': { subscriptionId: own.split('/')[2], resourceGroup: 'grouped' },
  };
  for (const [policy, match] of Object.entries(matches)) {
    const { status } = await folder.ask('PUT', `/api/v1/policies/${policy}`, { match, ...off });
    expect([200, 201]).toContain(status);
  }
  for (const it of all.slice(0, 3)) {
    await until('it holds', () => serving.text().includes(`${name(it)} is judged as decided now: protection off`));
  }
  write(0);
  await until('the alert is stored', () => folder.alerts().length > 0);
  const { body } = await folder.ask('GET', '/api/v1/audit-log');

  expect(folder.alerts().map(({ alert }) => alert.properties.compromisedEntity)).toEqual(['watched']);
  expect(JSON.stringify(body)).toContain('by-group');
  expect(await serving.end('SIGTERM')).toBe(0);
});
