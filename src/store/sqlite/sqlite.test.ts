import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { aWrite, temporaryDirectory } from '../testkit.ts';

const WRITER = fileURLToPath(new URL('./testkit-writer.ts', import.meta.url));
const directory = temporaryDirectory();
const fileOf = (name: string): string => join(directory, name, 'vedette.db');

describe('the file', () => {
  it('is for its owner only, with all that SQLite puts beside it', async () => {
    const path = fileOf('mode');
    const store = await openStore(`sqlite:${path}`);
    await store.alerts.upsertOwn([aWrite(1)]);

    const modes = ['', '-wal', '-shm', '-lock'].map((end) => statSync(path + end).mode & 0o777);

    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('is opened by one process at a time', async () => {
    const url = `sqlite:${fileOf('twice')}`;
    const store = await openStore(url);

    await expect(openStore(url)).rejects.toThrow('in use by another Vedette');
    await store.close();
    await (await openStore(url)).close();
  });

  it('is not opened again by those who ask after its end', async () => {
    const store = await openStore(`sqlite:${fileOf('late')}`);
    await store.close();

    await expect(store.alerts.background('any')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.alerts.upsertOwn([aWrite(1)])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is refused when a newer Vedette wrote it, and left as it is', async () => {
    const path = fileOf('newer');
    await (await openStore(`sqlite:${path}`)).close();
    const file = new DatabaseSync(path);
    file.exec("insert into migration values ('9999-from-the-future', 0)");
    file.close();

    await expect(openStore(`sqlite:${path}`)).rejects.toThrow('newer Vedette: it is at 9999-from-the-future');
    await expect(openStore(`sqlite:${path}`)).rejects.toThrow('newer Vedette');
  });

  it('that cannot be made is told by one sentence', async () => {
    await expect(openStore('sqlite:/dev/null/vedette.db')).rejects.toThrow(/^The store .* cannot be opened: /);
    await expect(openStore('mysql://x')).rejects.toThrow('must begin with "sqlite:"');
  });
});

describe('what was acknowledged', () => {
  it('is there after kill -9, whole', async () => {
    const url = `sqlite:${fileOf('killed')}`;
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round++) {
      acknowledged.push(...(await killedAfter(url, round * 10_000, 40 + round * 17)));
      const store = await openStore(url);
      for (const number of acknowledged) {
        const { name } = aWrite(number).alert;
        expect(await store.alerts.get(name)).toMatchObject({ version: 1 });
        expect(await store.outbox.get(`${name}/1/email`)).toBeDefined();
      }
      expect(await inconsistent(store)).toEqual([]);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(300);
  });

  it('was committed in groups, each unit alone undone when it fails', async () => {
    const store = await openStore(`sqlite:${fileOf('groups')}`);
    const [owner] = await store.state.claim([1], 'test');
    const stale = { shard: 1, epoch: 0 };

    const written = await Promise.allSettled(
      Array.from({ length: 300 }, (_, n) => store.alerts.upsert(n % 3 === 0 ? stale : owner!, [aWrite(n)])),
    );

    expect(written.filter(({ status }) => status === 'rejected')).toHaveLength(100);
    expect((await store.alerts.count({})).map(({ count }) => count)).toEqual([200]);
    await store.close();
  });
});

describe('a database that is away', () => {
  it('rejects what may be tried again, and takes it afterwards', async () => {
    const path = fileOf('locked');
    const store = await openStore(`sqlite:${path}`);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');

    const refused = store.alerts.upsertOwn([aWrite(1)]);
    expect(await store.alerts.list({}, { limit: 1 })).toEqual({ items: [] });
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    other.exec('commit');
    other.close();

    expect(await store.alerts.upsertOwn([aWrite(1)])).toEqual(['inserted']);
    await store.close();
  });

  it('acknowledges nothing while its file is not in its place', async () => {
    const path = fileOf('moved');
    const store = await openStore(`sqlite:${path}`);
    renameSync(path, `${path}.away`);

    await expect(store.alerts.upsertOwn([aWrite(1)])).rejects.toMatchObject({ code: 'unavailable' });
    renameSync(`${path}.away`, path);

    expect(await store.alerts.upsertOwn([aWrite(1)])).toEqual(['inserted']);
    await store.close();
  });
});

/** The numbers that a process of its own acknowledged before it was killed. */
async function killedAfter(url: string, first: number, count: number): Promise<number[]> {
  const writer = spawn(process.execPath, [WRITER, url, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(writer, 'exit');
  const numbers: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    numbers.push(Number(line));
    if (numbers.length === count) {
      writer.kill('SIGKILL');
    }
  }
  await exited;
  return numbers;
}

/** State whose alert is missing, which was written before it. */
async function inconsistent({ alerts, state }: Store): Promise<string[]> {
  const missing: string[] = [];
  for (const { resourceKey, state: bytes } of await state.load(1)) {
    if ((await alerts.get(aWrite(Number(Buffer.from(bytes).toString())).alert.name)) === undefined) {
      missing.push(resourceKey);
    }
  }
  return missing;
}
