import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../model/activity.ts';
import { sqlState } from '../postgres/sql-state.ts';
import { mergeSmallFiles } from './compaction.ts';
import { pruneStatements } from './prune-statements.ts';
import { keepWithin } from './retention.ts';
import { searchActivities } from './search-activities.ts';
import { fileList } from './sql-text.ts';
import { blockOf, catalog, DAY_MS, HOUR_MS, START, statement, type TestArchive, testArchive } from './testkit.ts';

const ALL = { from: 0, to: START + 1000 * DAY_MS };

async function timesIn({ archive }: TestArchive): Promise<number[]> {
  const { items } = await searchActivities(archive, ALL, { limit: 1000 });
  return items.map(({ time }) => (Date.parse(time) - START) / HOUR_MS);
}

function filesIn({ directory }: TestArchive): string[] {
  return readdirSync(join(directory, 'archive'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.parquet'))
    .sort();
}

describe('the archive', () => {
  it('gives back what was put into it', async () => {
    const it = await testArchive();
    await it.put([
      statement({
        class: ActivityClass.statementError,
        status: sqlState('42P01'),
        address: {
          address: '198.51.100.7',
          location: { countryCode: 'DE', countryName: 'Germany', city: 'Berlin' },
          autonomousSystem: { number: 3320, organization: 'Deutsche Telekom AG' },
          place: { key: 'k', label: 'Germany, AS3320 Deutsche Telekom AG', kind: 'public' },
          cloudRegion: { provider: 'Azure', region: 'westeurope', label: 'West Europe' },
        },
        session: 0x1f,
        byteOffset: 4711,
        responseBytes: 12,
      }),
    ]);
    const { items } = await searchActivities(it.archive, ALL, { limit: 10 });

    expect(items).toEqual([
      {
        uid: expect.stringMatching(/^\d+$/),
        time: '2026-11-03T10:00:00.000Z',
        resource: expect.stringMatching(/\/servers\/orders$/),
        activity: 'statementError',
        outcome: 'Failure',
        code: '42P01',
        principal: 'alice',
        application: 'psql',
        address: '198.51.100.7',
        country: 'DE',
        city: 'Berlin',
        asn: 3320,
        asName: 'Deutsche Telekom AG',
        place: 'Germany, AS3320 Deutsche Telekom AG',
        cloud: 'Azure westeurope',
        database: 'orders',
        session: '1f.1f',
        bytes: 12,
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        statement: 'SELECT * FROM orders WHERE id = ?',
        reads: ['orders'],
        writes: [],
        log: 'orders.csv',
        offset: 4711,
      },
    ]);
  });

  it('tells a failed request of Cosmos DB by its status, and a Unix socket by its name', async () => {
    const it = await testArchive();
    const request = { class: ActivityClass.dataAccess, statement: '', operation: 'Read', container: 'carts' };
    await it.put(
      [statement({ ...request, status: 404 }), statement({ ...request, status: 200, time: START - 1 })],
      catalog,
    );
    await it.put([statement({ address: {}, time: START - 2 })]);
    const { items } = await searchActivities(it.archive, ALL, { limit: 10 });

    expect(items.map(({ outcome, code, address }) => [outcome, code, address])).toEqual([
      ['Failure', '404', '198.51.100.7'],
      ['Success', '200', '198.51.100.7'],
      ['Success', undefined, '[local]'],
    ]);
  });

  it('is read by another reader of Parquet', async () => {
    const it = await testArchive();
    await it.put([statement(), statement({ principal: 'bob', time: START + 1 })]);
    await it.archive.flush();
    const [activities, statements] = filesIn(it).map((name) => readFileSync(join(it.directory, 'archive', name)));
    const read = (file: Buffer) =>
      parquetReadObjects({
        file: new Uint8Array(file).buffer,
        compressors: { ZSTD: (bytes) => new Uint8Array(zstdDecompressSync(bytes)) },
      });

    expect((await read(activities!)).map(({ time, user_name, src_ip }) => [time, user_name, src_ip])).toEqual([
      [new Date(START), 'alice', '198.51.100.7'],
      [new Date(START + 1), 'bob', '198.51.100.7'],
    ]);
    expect((await read(statements!)).map(({ text, reads }) => [text, reads])).toEqual([
      ['SELECT * FROM orders WHERE id = ?', ['orders']],
    ]);
  });

  it('keeps a statement once, however often it is met', async () => {
    const it = await testArchive();
    await it.put([statement({ statement: 'SELECT 1' }), statement({ statement: 'select  2' })]);
    await it.archive.flush();
    await it.put([statement({ statement: 'SELECT 3' }), statement({ statement: 'SELECT now()' })]);
    await it.archive.flush();
    const files = await it.archive.files({ kind: 'statements' });

    expect(files.map(({ rows }) => rows)).toEqual([1, 1]);
  });

  it('knows nothing of what was not committed, nor of files that no row names', async () => {
    const it = await testArchive();
    await it.put([statement()]);
    await it.archive.flush();
    await it.put([statement({ time: START + HOUR_MS })]);
    await it.archive.append(1, [blockOf([statement({ time: START + 2 * HOUR_MS })])]);
    writeFileSync(join(it.directory, 'archive', 'activities', 'day=2026-11-03', 'orphan.parquet'), 'PAR1');
    await it.reopen();

    expect(await timesIn(it)).toEqual([1, 0]);
    expect(filesIn(it).filter((name) => name.includes('orphan'))).toEqual([]);
    await it.put([statement({ time: START + 3 * HOUR_MS })]);
    expect(await timesIn(it)).toEqual([3, 1, 0]);
  });

  it('merges small files without losing or doubling a row', async () => {
    const it = await testArchive();
    for (const hour of [0, 0, 1, 1, 1, 30]) {
      await it.put([statement({ time: START + hour * HOUR_MS })]);
      await it.archive.flush();
    }
    const merged = await mergeSmallFiles(it.archive, START + 31 * HOUR_MS);

    expect(merged).toBe(5); // the day that is over
    expect((await it.archive.files({ kind: 'activities' })).map(({ rows }) => rows)).toEqual([1, 5]);
    expect(await timesIn(it)).toEqual([30, 1, 1, 1, 0, 0]);
  });

  it('removes statements that no activity has any more, once they are old', async () => {
    const it = await testArchive();
    await it.put([
      statement({ statement: 'SELECT 1' }),
      statement({ statement: 'SELECT now()', time: START + DAY_MS }),
    ]);
    await it.archive.flush();
    await keepWithin(it.archive, { days: 1, maxBytes: 0 }, START + 1.5 * DAY_MS);
    const texts = async () => {
      const files = fileList((await it.archive.files({ kind: 'statements' })).map(({ path }) => path));
      const rows = await it.archive.query.rows(`SELECT text FROM read_parquet(${files}) ORDER BY text`);
      return rows.map(({ text }) => text);
    };

    expect(await pruneStatements(it.archive, Date.now() + DAY_MS)).toBe(0);
    expect(await texts()).toEqual(['SELECT ?', 'SELECT now()']);
    expect(await pruneStatements(it.archive, Date.now() + 2 * DAY_MS)).toBe(1);
    expect(await texts()).toEqual(['SELECT now()']);
    expect(await pruneStatements(it.archive, Date.now() + 2 * DAY_MS)).toBe(0);
    await keepWithin(it.archive, { days: 1, maxBytes: 0 }, START + 9 * DAY_MS);
    expect(await pruneStatements(it.archive, Date.now() + 2 * DAY_MS)).toBe(1);
    expect(await it.archive.files({ kind: 'statements' })).toEqual([]);
  });

  it('removes what is too old or too much, the oldest first', async () => {
    const it = await testArchive();
    for (const day of [0, 1, 2, 3]) {
      await it.put([statement({ time: START + day * DAY_MS })]);
      await it.archive.flush();
    }
    await keepWithin(it.archive, { days: 2, maxBytes: 0 }, START + 3.5 * DAY_MS);
    expect(await timesIn(it)).toEqual([72, 48]);

    const [{ bytes }] = await it.archive.files({ kind: 'activities' });
    await keepWithin(it.archive, { days: 0, maxBytes: bytes + 1 }, START);
    expect(await timesIn(it)).toEqual([72]);
  });
});
