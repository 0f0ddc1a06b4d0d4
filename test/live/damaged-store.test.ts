import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type ServedFolder, servedFolder } from './serving.ts';

vi.setConfig({ testTimeout: 120_000 });

function servedLog(): ServedFolder {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'x.csv', format: 'csvlog' }] }],
  });
  mkdirSync(join(folder.path, 'data'));
  return folder;
}

it('ends with a sentence where the database is damaged', async () => {
  const folder = servedLog();
  writeFileSync(join(folder.path, 'data/vedette.db'), 'this is no database\n'.repeat(1000));
  const serving = folder.start();

  expect(await serving.ended).toBe(1);
  expect(serving.text()).toMatch(/^vedette: The database file is damaged: [^\n]+\n$/);
});

it('ends when it cannot start after the database was opened', async () => {
  const folder = servedLog();
  writeFileSync(join(folder.path, 'data/evidence.key'), 'short', { mode: 0o600 });
  const serving = folder.start();

  expect(await serving.ended).toBe(2);
  expect(serving.text()).toMatch(/evidence\.key must hold 32 bytes; bring back/);
});
