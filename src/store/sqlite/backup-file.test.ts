import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { aWrite, temporaryDirectory } from '../testkit.ts';
import { backupFile, restoreFile } from './backup-file.ts';

const directory = temporaryDirectory();
const path = join(directory, 'data', 'vedette.db');
const copy = join(directory, 'backup.db');

it('copies what is there while the server writes on, and brings it back', async () => {
  const store = await openStore(`sqlite:${path}`);
  await store.alerts.upsertOwn(Array.from({ length: 200 }, (_, n) => aWrite(n)));
  const writing = Promise.all(Array.from({ length: 200 }, (_, n) => store.alerts.upsertOwn([aWrite(1000 + n)])));

  await backupFile(path, copy);
  await writing;
  expect(() => restoreFile(path, copy)).toThrow('in use by another Vedette');
  await store.close();
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(existsSync(`${copy}.part`)).toBe(false);

  expect(restoreFile(path, copy)).toBe(`${path}.before-restore`);
  const restored = await openStore(`sqlite:${path}`);
  const [{ count } = { count: 0 }] = await restored.alerts.count({});
  expect(count).toBeGreaterThanOrEqual(200);
  expect(count).toBeLessThanOrEqual(400);
  expect(await restored.alerts.upsertOwn([aWrite(0), aWrite(5000)])).toEqual(['unchanged', 'inserted']);
  await restored.close();
  const before = await openStore(`sqlite:${path}.before-restore`);
  expect(await before.alerts.count({})).toMatchObject([{ count: 400 }]);
  await before.close();
});

it('restores nothing that is damaged, foreign, newer or absent', () => {
  const foreign = join(directory, 'foreign.db');
  writeFileSync(foreign, 'x'.repeat(10_000));
  const newer = new DatabaseSync(join(directory, 'newer.db'));
  newer.exec("create table migration (name text); insert into migration values ('9999-future')");
  newer.close();

  expect(() => restoreFile(path, foreign)).toThrow('is no sound store of Vedette');
  expect(() => restoreFile(path, join(directory, 'newer.db'))).toThrow('written by a newer Vedette (9999-future)');
  expect(() => restoreFile(path, join(directory, 'absent.db'))).toThrow('is not there');
  expect(existsSync(path)).toBe(true);
});

it('tells what cannot be backed up', async () => {
  await expect(backupFile(join(directory, 'none.db'), copy)).rejects.toThrow('nothing to back up');
  await expect(backupFile(path, join(directory, 'no', 'folder.db'))).rejects.toThrow('cannot be written');
});
