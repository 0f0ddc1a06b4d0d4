import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileList } from '../../src/archive/sql-text.ts';
import { authorized, csv, statement } from '../../src/sessions/testkit.ts';
import { openStore } from '../../src/store/open-store.ts';
import { recordedArchive } from './recorded-archive.ts';

/** Each holds something with `5ecret` in it, or the number 4111111111111111. */
const STATEMENTS = [
  "SELECT * FROM cards WHERE owner = '5ecret' AND number = 4111111111111111",
  "SELECT * FROM cards WHERE owner = E'it\\'s 5ecret' OR owner = U&'5ecret' OR x = B'101'",
  'SELECT $tag$5ecret$tag$, $$5ecret$$',
  "CREATE USER app WITH PASSWORD '5ecret'",
  'CREATE USER app WITH PASSWORD "5ecret"',
  'ALTER ROLE app PASSWORD 5ecret',
  "CREATE SUBSCRIPTION s CONNECTION 'host=db user=app password=5ecret' PUBLICATION p",
  "SELECT dblink_connect('postgresql://app:5ecret@db/orders')",
  'COPY t FROM PROGRAM \'curl -H "Authorization: Bearer 5ecret" https://example.com\'',
  "CREATE USER MAPPING FOR app SERVER other OPTIONS (user 'app', password '5ecret')",
  "SELECT pgp_sym_encrypt('data', '5ecret') -- key 5ecret",
  "SET app.token = '5ecret'; SELECT 1 /* AccountKey=5ecret== */",
  "INSERT INTO t VALUES ('5ecret', 4111111111111111.50), (-4111111111111111, x'5ec4e7')",
  "INSERT INTO t VALUES ('5ecret that was cut",
];
const QUERY_COLUMN = 19;

/** A failed statement, with what errors tell of values. */
function failed(second: number, query: string, message: string, detail: string): string {
  const line = csv({ second, user: 'alice', severity: 'ERROR', state: '42601', message, detail, application: 'psql' });
  const fields = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  fields[QUERY_COLUMN] = `"${query.replaceAll('"', '""')}"`;
  return fields.join(',');
}

it('keeps no literal, no comment, no password and no key, neither in files nor in the spool', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-masked-'));
  const log = [
    authorized({ application: 'psql' }),
    ...STATEMENTS.map((text, i) =>
      statement({ second: 2 * i + 1, message: `statement: ${text}`, application: 'psql' }),
    ),
    ...STATEMENTS.map((text, i) =>
      failed(2 * i + 100, text, 'syntax error at or near "5ecret"', 'Key (number)=(4111111111111111) already exists.'),
    ),
    failed(200, "SELECT '5ecret'::int", 'invalid input syntax for type integer: "5ecret"', ''),
  ];
  writeFileSync(join(directory, 'live.csv'), log.join(''));
  const resources = [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }];
  writeFileSync(join(directory, 'vedette.yaml'), JSON.stringify({ resources }));
  const store = await openStore('sqlite:vedette.db', { directory });
  const { archive } = await recordedArchive(store, directory, join(directory, 'vedette.yaml'));
  onTestFinished(async () => {
    await archive.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const told: Record<string, string[]> = {};
  for (const kind of ['activities', 'statements'] as const) {
    const paths = fileList((await archive.files({ kind })).map(({ path }) => path));
    const rows = await archive.query.rows(`SELECT to_json(t)::VARCHAR AS text FROM read_parquet(${paths}) t`);
    told[kind] = rows.map(({ text }) => String(text));
  }
  const spool = globSync(join(directory, 'archive/spool/*/*.spool')).map((path) => readFileSync(path, 'latin1'));

  expect(told.activities!.length).toBeGreaterThan(2 * STATEMENTS.length);
  expect(told.statements!.length).toBeGreaterThan(STATEMENTS.length / 2);
  expect(told.activities!.filter((text) => text.includes('statementError')).length).toBeGreaterThan(STATEMENTS.length);
  expect(spool.length).toBeGreaterThan(0);
  expect(
    [...told.activities!, ...told.statements!, ...spool].filter((text) => /5ecret|5ec4e7|411111/.test(text)),
  ).toEqual([]);
});
