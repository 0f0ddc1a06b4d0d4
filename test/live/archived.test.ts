import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { type ServedFolder, servedFolder, until } from './serving.ts';

// The whole program runs; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 600_000 });

const start = Date.now() - 60_000;
const SETTING =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DBforPostgreSQL/servers/orders/providers/Microsoft.Insights/diagnosticSettings/activities?api-version=2021-05-01-preview';

async function keptOf(folder: ServedFolder, resource: string): Promise<string[]> {
  const { body } = await folder.ask('GET', `/api/v1/activities?resource=${resource}`);
  return (body as { items: { principal: string }[] }).items.map(({ principal }) => principal);
}

/** Waits until the archive has what a name did. */
async function untilKept(folder: ServedFolder, resource: string, name: string): Promise<void> {
  for (const end = Date.now() + 180_000; !(await keptOf(folder, resource)).includes(name); await pause(250)) {
    if (Date.now() > end) {
      throw new Error(`waited in vain for ${name} of ${resource}`);
    }
  }
}

it('keeps the activities of a resource as its diagnostic settings say', async () => {
  const folder = servedFolder({
    resources: ['orders', 'billing'].map((id) => ({
      id,
      kind: 'postgresql',
      logs: [{ path: `${id}.csv`, format: 'csvlog' }],
    })),
  });
  const write = (resource: string, second: number, name: string) =>
    appendFileSync(join(folder.path, `${resource}.csv`), failure(start, second, name));
  const decide = async (enabled: boolean) => {
    const logs = [{ category: 'PostgreSQLLogs', enabled }];
    const before = serving.text().split('is judged as decided now').length;
    expect(await folder.ask('PUT', SETTING, { properties: { workspaceId: '/w', logs } })).toMatchObject({
      status: 200,
    });
    await until('it holds', () => serving.text().split('is judged as decided now').length > before);
  };
  for (const id of ['orders', 'billing']) {
    writeFileSync(join(folder.path, `${id}.csv`), '');
  }
  const serving = folder.start({ VEDETTE_SAVE_MS: '250' });
  await until('it is at work', () => serving.text().includes('watching 2 resources'));
  write('orders', 0, 'before');
  await untilKept(folder, 'orders', 'before');
  await decide(false);
  write('orders', 1, 'meanwhile');
  write('billing', 1, 'other');
  await untilKept(folder, 'billing', 'other');
  await decide(true);
  write('orders', 2, 'after');
  await untilKept(folder, 'orders', 'after');

  expect(await keptOf(folder, 'orders')).toEqual(['after', 'before']);
  expect(await keptOf(folder, 'billing')).toEqual(['other']);
});
