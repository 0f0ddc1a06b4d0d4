import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRecord } from '../alerts/testkit.ts';
import { toAzureAlert } from '../alerts/to-azure-alert.ts';
import { UserError } from '../lib/user-error.ts';
import { ActivityClass } from '../model/activity.ts';
import { exportSql, runSql } from './run-sql.ts';
import { SQL_EXAMPLES } from './sql-examples.ts';
import type { SqlFormat } from './sql-messages.ts';
import { START, statement, type TestArchive, testArchive } from './testkit.ts';

const alert = toAzureAlert(aRecord('brute-force', {}));
let kept: TestArchive;
/** A secret beside the archive. */
let secret: string;

beforeAll(async () => {
  kept = await testArchive(afterAll);
  secret = join(mkdtempSync(join(tmpdir(), 'vedette-secret-')), 'secret.csv');
  writeFileSync(secret, 'word\nhunter2\n');
  await kept.put([
    statement(),
    statement({ principal: 'bob', time: START + 1, statement: '', class: ActivityClass.authentication }),
  ]);
});

const rowsOf = async (sql: string) => (await runSql(kept.archive, [alert], { sql })).rows;

async function exported(sql: string, format: SqlFormat): Promise<Buffer> {
  const file = await exportSql(kept.archive, [], { sql, format });
  const bytes = readFileSync(file.path);
  await file.remove();
  return bytes;
}

describe('a query', () => {
  it('is over activities, logons, statements and alerts', async () => {
    expect(await rowsOf('SELECT user_name, text FROM activities JOIN statements USING (fingerprint)')).toEqual([
      ['alice', 'SELECT * FROM orders WHERE id = ?'],
    ]);
    expect(await rowsOf('FROM logons SELECT user_name')).toEqual([['bob']]);
    expect(await rowsOf('SELECT name, start_time <= end_time FROM alerts;')).toEqual([[alert.name, true]]);
  });

  it('tells columns, and whether there is more', async () => {
    const result = await runSql(kept.archive, [], { sql: 'SELECT range AS n FROM range(100)', maxRows: 3 });

    expect(result).toEqual({ columns: [{ name: 'n', type: 'BIGINT' }], rows: [['0'], ['1'], ['2']], isCut: true });
  });

  it('can be had as CSV, Parquet and JSON', async () => {
    const sql = 'SELECT user_name FROM activities ORDER BY time -- all of them';

    expect((await exported(sql, 'csv')).toString()).toBe('user_name\nalice\nbob\n');
    expect((await exported(sql, 'parquet')).subarray(0, 4).toString()).toBe('PAR1');
    expect(JSON.parse((await exported(sql, 'json')).toString())).toEqual([
      { user_name: 'alice' },
      { user_name: 'bob' },
    ]);
  });

  it('is no formula in CSV, whatever its cells and headings', async () => {
    const sql = `SELECT '=1+1' AS "=a", '-2' AS b, '\t=3' AS b, '＝4' AS d, -5 AS e, ['=6'] AS f, 'a=7' AS g, NULL::VARCHAR AS h`;

    expect((await exported(sql, 'csv')).toString()).toBe(`'=a,b,b_1,d,e,f,g,h\n'=1+1,'-2,'\t=3,'＝4,-5,['=6'],a=7,\n`);
  });

  it.each(SQL_EXAMPLES)('like the example runs: $title', async ({ sql }) => {
    await expect(runSql(kept.archive, [alert], { sql })).resolves.toMatchObject({ isCut: false });
  });

  it('that is wrong is told so', async () => {
    await expect(rowsOf('SELECT nothing FROM activities')).rejects.toThrow(/"nothing" not found/);
    await expect(rowsOf('')).rejects.toThrow(UserError);
  });
});

describe('no query', () => {
  it.each([
    ['reads a file as text', () => `SELECT * FROM read_text('${secret}')`],
    ['reads a file as bytes', () => `SELECT * FROM read_blob('${secret}')`],
    ['reads a file as CSV', () => `SELECT * FROM read_csv('${secret}')`],
    ['reads a file by its name', () => `SELECT * FROM '${secret}'`],
    ['lists files', () => `SELECT * FROM glob('/etc/*')`],
    ['reads the store', () => `SELECT * FROM read_blob('${join(kept.directory, 'vedette.db')}')`],
    [
      'reads the alerts of another folder',
      () => `SELECT * FROM read_text('${kept.archive.directory}/tmp/*/alerts.jsonl')`,
    ],
    ['leaves a path that it may read', () => `SELECT * FROM read_text('${kept.archive.directory}/activities/../id')`],
    ['reads the environment', () => `SELECT * FROM read_text('/proc/self/environ')`],
    ['attaches a database', () => `ATTACH '${secret}.db'`],
    ['writes a file', () => `COPY (SELECT 1) TO '${secret}.out'`],
    ['explains by writing', () => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${secret}.out'`],
    ['exports all', () => `EXPORT DATABASE '${secret}.out'`],
    ['installs an extension', () => 'INSTALL httpfs'],
    ['loads an extension', () => 'LOAD httpfs'],
    ['unlocks files', () => 'SET enable_external_access = true'],
    ['allows itself a folder', () => `SET allowed_directories = ['/']`],
    ['changes a limit', () => `PRAGMA memory_limit = '100GB'`],
    ['resets a setting', () => 'RESET memory_limit'],
    ['hides a second statement', () => `SELECT 1; COPY (SELECT 1) TO '${secret}.out'`],
    ['leaves its parentheses', () => `SELECT 1) TO '${secret}.out' (FORMAT csv); --`],
    ['changes something', () => 'CREATE TABLE t AS SELECT 1'],
    ['removes alerts', () => 'DELETE FROM alerts'],
    ['hides another kind in a function', () => `SELECT * FROM query('COPY (SELECT 1) TO ''${secret}.out''')`],
    ['calls what changes settings', () => `CALL enable_logging('${secret}.out')`],
    ['makes a secret', () => `CREATE SECRET s (TYPE s3)`],
  ])('%s', async (_, sqlOf) => {
    await expect(rowsOf(sqlOf())).rejects.toThrow(UserError);
    expect(existsSync(`${secret}.out`)).toBe(false);
  });

  it.each([
    ['writes elsewhere', () => `SELECT 1) TO '${secret}.out' (FORMAT csv); --`],
    ['writes twice', () => `SELECT 1; COPY (SELECT 1) TO '${secret}.out'`],
    ['is written of what it may not read', () => `SELECT * FROM read_text('${secret}')`],
  ])('%s while it is written to a file', async (_, sqlOf) => {
    await expect(exported(sqlOf(), 'csv')).rejects.toThrow(UserError);
    expect(existsSync(`${secret}.out`)).toBe(false);
  });

  it('changes the archive', async () => {
    const [file] = await kept.archive.files({ kind: 'activities' });
    const before = statSync(file!.path);
    await expect(rowsOf(`COPY (SELECT 1) TO '${file!.path}'`)).rejects.toThrow(/only queries/);
    await expect(rowsOf(`EXPLAIN ANALYZE COPY (SELECT 1) TO '${file!.path}'`)).rejects.toThrow(UserError);

    expect(statSync(file!.path).mtimeMs).toBe(before.mtimeMs);
  });

  it('reaches the network', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked++;
      answer.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const from of [`read_parquet('http://127.0.0.1:${port}/x')`, `'http://127.0.0.1:${port}/x.csv'`]) {
      await expect(rowsOf(`SELECT * FROM ${from}`)).rejects.toThrow(UserError);
    }
    server.close();

    expect(asked).toBe(0);
  });

  it('goes on for ever', async () => {
    const sql =
      'SELECT count(*) FROM range(10000) a, range(10000) b, range(10000) c WHERE a.range * b.range % 7 = c.range';

    await expect(runSql(kept.archive, [], { sql, timeoutMs: 3000 })).rejects.toThrow(/longer than 3 s/);
  });

  it('takes all memory', async () => {
    await expect(rowsOf('SELECT max(len(l)) FROM (SELECT list(range) AS l FROM range(4000000000))')).rejects.toThrow(
      /memory/i,
    );
  });

  it('leaves anything behind', async () => {
    await rowsOf('SELECT 1');

    expect(readdirSync(join(kept.archive.directory, 'tmp')).filter((name) => /^(?:sql|export)-/.test(name))).toEqual(
      [],
    );
  });
});
