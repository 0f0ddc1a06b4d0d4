import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runVedette } from '../../test/run-vedette.ts';
import { openStore } from '../store/open-store.ts';
import { aWrite, temporaryDirectory } from '../store/testkit.ts';

const directory = temporaryDirectory();

it('is taken from a store at work and restored when it is stopped', async () => {
  const config = configFor('one', 'sqlite:./vedette.db');
  const store = await openStore('sqlite:./vedette.db', { directory: join(directory, 'one') });
  await store.alerts.upsertOwn([aWrite(1)]);
  const file = join(directory, 'backup.db');

  const taken = await runVedette(['backup', file, '-c', config]);
  const refused = await runVedette(['restore', file, '-c', config]);
  await store.close();
  const restored = await runVedette(['restore', file, '-c', config]);

  expect(taken).toMatchObject({
    code: 0,
    stdout: `The store is in ${file}. It holds secrets: keep it as you keep the server's own.\n`,
  });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('in use by another Vedette') as string });
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('.before-restore.') as string });
});

it('names the tools of PostgreSQL where that is the store', async () => {
  const config = configFor('two', 'postgres://db.example.com/vedette');

  const { code, stderr } = await runVedette(['backup', 'x', '-c', config]);

  expect(code).toBe(2);
  expect(stderr).toContain('pg_dump --format=custom --schema=vedette');
});

function configFor(name: string, url: string): string {
  const file = join(directory, name, 'vedette.yaml');
  mkdirSync(join(directory, name));
  writeFileSync(
    file,
    `resources: [{ id: orders, kind: postgresql, logs: [{ path: none.csv }] }]\nstore: { url: '${url}' }\n`,
  );
  return file;
}
