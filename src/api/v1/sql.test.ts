import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { statement, type TestArchive, testArchive } from '../../archive/testkit.ts';
import { anAlert, GROUP, raise, type TestServer, testServer } from '../testkit.ts';

let kept: TestArchive;
let server: TestServer;

beforeAll(async () => {
  kept = await testArchive(afterAll);
  server = await testServer({ archive: kept.archive });
  await raise(server.store, [anAlert()]);
  await kept.put([statement({ principal: '=cmd', application: 'psql' })]);
});
afterAll(() => server.close());

const asked = async (url: string, payload: object) =>
  (await server.as('Security Reader'))({ method: 'POST', url: `/api/v1/sql${url}`, payload });

it('answers queries over activities and alerts, and notes who asked what', async () => {
  const sql = 'SELECT user_name, (SELECT count(*) FROM alerts) AS alerts FROM activities';
  const answer = await asked('', { sql });
  const { items } = await server.store.audit.list({ action: 'activities.sql' }, { limit: 10 });

  expect(answer.json()).toEqual({
    columns: [
      { name: 'user_name', type: 'VARCHAR' },
      { name: 'alerts', type: 'BIGINT' },
    ],
    rows: [['=cmd', '1']],
    isCut: false,
  });
  expect(items).toMatchObject([{ detail: { sql } }]);
});

it.each([
  ['csv', 'text/csv', `user_name\n'=cmd\n`],
  ['json', 'application/json', '[\n\t{"user_name":"=cmd"}\n]\n'],
])('gives files as %s, and removes them', async (format, type, expected) => {
  const answer = await asked('/export', { sql: 'SELECT user_name FROM activities', format });

  expect(answer.headers['content-type']).toContain(type);
  expect(answer.headers['content-disposition']).toMatch(
    new RegExp(`^attachment; filename="vedette-\\d+\\.${format}"$`),
  );
  expect(answer.body).toBe(expected);
  await vi.waitFor(() => expect(readdirSync(join(kept.archive.directory, 'tmp'))).toEqual(['duckdb']), 30_000);
});

it('gives Parquet', async () => {
  const answer = await asked('/export', { sql: 'SELECT user_name FROM activities', format: 'parquet' });

  expect(answer.rawPayload.subarray(0, 4).toString()).toBe('PAR1');
});

it('says what is wrong with a query, and what can be asked', async () => {
  const wrong = await asked('', { sql: 'SELECT nothing FROM activities' });
  const file = await asked('/export', { sql: 'DROP VIEW activities', format: 'csv' });
  const { views, examples } = (await (await server.as('Security Reader'))({ url: '/api/v1/sql/views' })).json();

  expect([wrong.statusCode, wrong.json().detail]).toEqual([400, expect.stringContaining('"nothing" not found')]);
  expect(file.statusCode).toBe(400);
  expect(views.map(({ name }: { name: string }) => name)).toEqual(['activities', 'logons', 'statements', 'alerts']);
  expect(examples.length).toBeGreaterThan(3);
});

it('is for those who may see all', async () => {
  const reader = await server.as('Security Reader', GROUP);

  expect((await reader({ method: 'POST', url: '/api/v1/sql', payload: { sql: 'SELECT 1' } })).statusCode).toBe(403);
});
