import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeSmallFiles } from './compaction.ts';
import { erasePrincipal } from './erase-principal.ts';
import { searchActivities } from './search-activities.ts';
import { fileList } from './sql-text.ts';
import { catalog, DAY_MS, orders, START, statement, type TestArchive, testArchive } from './testkit.ts';

const ALL = { from: 0, to: START + 1000 * DAY_MS };
const UNTIL = START + 900 * DAY_MS;

/** Who did what, by place in the log. */
async function told({ archive }: TestArchive): Promise<[number | undefined, string | undefined, string | undefined][]> {
  const { items } = await searchActivities(archive, ALL, { limit: 1000 });
  return items
    .map(({ offset, principal, address }): [number | undefined, string | undefined, string | undefined] => [
      offset,
      principal,
      address,
    ])
    .sort(([a = 0], [b = 0]) => a - b);
}

/** Every text that is left of the archive: of files that count, and of the spool. */
async function textsOf({ archive, directory }: TestArchive): Promise<string> {
  const rows: string[] = [];
  for (const kind of ['activities', 'statements'] as const) {
    const paths = fileList((await archive.files({ kind })).map(({ path }) => path));
    const read = await archive.query.rows(`SELECT to_json(t)::VARCHAR AS text FROM read_parquet(${paths}) t`);
    rows.push(...read.map(({ text }) => String(text)));
  }
  const spools = globSync(join(directory, 'archive/spool/*/*.spool')).map((path) => readFileSync(path, 'latin1'));
  return [...rows, ...spools].join('\n');
}

async function filled(): Promise<TestArchive> {
  const it = await testArchive();
  const address = { address: '198.51.100.66', location: { countryCode: 'DE', countryName: 'Germany', city: 'Celle' } };
  await it.put([
    statement({ principal: 'j.meyer', address, byteOffset: 1 }),
    statement({ principal: 'bob', byteOffset: 2, statement: 'ALTER ROLE "j.meyer" CONNECTION LIMIT 5' }),
    statement({ principal: 'j.meyer', address, byteOffset: 3, time: START + DAY_MS }),
  ]);
  await it.archive.flush();
  await it.put([statement({ principal: 'j.meyer', address, byteOffset: 4 })], catalog, 2);
  await it.put([statement({ principal: 'j.meyer2', byteOffset: 5, time: START + DAY_MS })]);
  return it;
}

describe('what a principal did', () => {
  it('is gone from files and spool, and nothing else is', async () => {
    const it = await filled();
    expect(await textsOf(it)).toContain('j.meyer');
    const erased = await erasePrincipal(it.archive, { principal: 'j.meyer', until: UNTIL });

    expect(erased.activities).toBe(3);
    expect(await told(it)).toEqual([
      [2, 'bob', '198.51.100.7'],
      [5, 'j.meyer2', '198.51.100.7'],
    ]);
    expect((await textsOf(it)).replaceAll('j.meyer2', '')).not.toMatch(/j\.meyer|198\.51\.100\.66|Celle/);
    await it.reopen();
    await it.put([statement({ byteOffset: 6 })]);
    expect((await told(it)).map(([offset]) => offset)).toEqual([2, 5, 6]);
    expect((await erasePrincipal(it.archive, { principal: 'j.meyer', until: UNTIL })).files).toBe(0);
  });

  it('stays under another name, without its address', async () => {
    const it = await filled();
    await erasePrincipal(it.archive, { principal: 'j.meyer', until: UNTIL, pseudonym: 'pseudonym-1' });
    const left = await told(it);

    expect(left.map(([offset, principal]) => [offset, principal])).toEqual([
      [1, 'pseudonym-1'],
      [2, 'bob'],
      [3, 'pseudonym-1'],
      [4, 'pseudonym-1'],
      [5, 'j.meyer2'],
    ]);
    expect(left.map(([, , address]) => address)).toEqual([
      undefined,
      '198.51.100.7',
      undefined,
      undefined,
      '198.51.100.7',
    ]);
    expect((await textsOf(it)).replaceAll('j.meyer2', '')).not.toMatch(/j\.meyer|198\.51\.100\.66|Celle/);
    await mergeSmallFiles(it.archive, UNTIL);
    expect(await told(it)).toEqual(left);
  });

  it('stays on other resources, and what came later', async () => {
    const it = await filled();
    await erasePrincipal(it.archive, { principal: 'j.meyer', scopes: [orders.key], until: START + 1 });

    expect((await told(it)).map(([offset]) => offset)).toEqual([2, 3, 4, 5]);
  });

  it('may have any name', async () => {
    const it = await testArchive();
    const names = ["d'Arc", '.*', '$1', 'a\0b', '\\', '"; DROP'];
    await it.put(names.map((principal, byteOffset) => statement({ principal, byteOffset })));
    await erasePrincipal(it.archive, { principal: '.*', until: UNTIL });
    await erasePrincipal(it.archive, { principal: 'a\0b', until: UNTIL, pseudonym: 'p' });
    for (const principal of ["d'Arc", '$1', '\\', '"; DROP']) {
      await erasePrincipal(it.archive, { principal, until: UNTIL });
    }

    expect((await told(it)).map(([, principal]) => principal)).toEqual(['p']);
  });
});
