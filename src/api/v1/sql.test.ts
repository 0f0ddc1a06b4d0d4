import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { HUNTS } from '../../archive/hunts/hunts.ts';
import { DAY_MS, START, statement, type TestArchive, testArchive } from '../../archive/testkit.ts';
import { ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { parseResourceId } from '../../model/resource-id.ts';
import { anAlert, GROUP, ORDERS, OTHER, raise, type TestServer, testServer } from '../testkit.ts';

let kept: TestArchive;
let server: TestServer;

beforeAll(async () => {
  kept = await testArchive(afterAll);
  server = await testServer({ archive: kept.archive });
  await raise(server.store, [anAlert()]);
  await kept.put([statement({ principal: '=cmd', application: 'psql' })]);
  const login = { class: ActivityClass.authentication, statement: '' };
  await kept.put([statement({ ...login, principal: 'bob' })], parseResourceId(ORDERS, 'postgresql') as Resource);
  await kept.put([statement({ ...login, principal: 'boss' })], parseResourceId(OTHER, 'postgresql') as Resource);
});
afterAll(() => server.close());

const asked = async (url: string, payload: object) =>
  (await server.as('Security Reader'))({ method: 'POST', url: `/api/v1/sql${url}`, payload });

it('answers queries over activities and alerts, and notes who asked what', async () => {
  const sql = 'SELECT user_name, (SELECT count(*) FROM alerts) AS alerts FROM activities WHERE fingerprint IS NOT NULL';
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
  const answer = await asked('/export', {
    sql: 'SELECT user_name FROM activities WHERE fingerprint IS NOT NULL',
    format,
  });

  expect(answer.headers['content-type']).toContain(type);
  expect(answer.headers['content-disposition']).toMatch(
    new RegExp(`^attachment; filename="vedette-\\d+\\.${format}"$`),
  );
  expect(answer.body).toBe(expected);
  await vi.waitFor(() => expect(readdirSync(join(kept.archive.directory, 'tmp'))).toEqual(['duckdb']), 30_000);
});

it('gives Parquet', async () => {
  const answer = await asked('/export', {
    sql: 'SELECT user_name FROM activities WHERE fingerprint IS NOT NULL',
    format: 'parquet',
  });

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

it('runs hunts for everybody, as far as a role reaches', async () => {
  const some = await server.as('Security Reader', GROUP);
  const run = (id: string, payload: object) => some({ method: 'POST', url: `/api/v1/hunts/${id}/run`, payload });
  const until = new Date(START + 1).toISOString();
  const { items } = (await some({ url: '/api/v1/hunts' })).json();
  const found = (await run('outside-named-networks', { until })).json();
  const file = await some({
    method: 'POST',
    url: '/api/v1/hunts/outside-named-networks/export',
    payload: { until, format: 'csv' },
  });

  expect(items).toHaveLength(HUNTS.length);
  expect((await some({ url: `/api/v1/hunts/${items[0].id}` })).json()).toEqual(items[0]);
  expect(found).toMatchObject({ since: new Date(START + 1 - 7 * DAY_MS).toISOString(), until, isCut: false });
  expect(found.rows.map((row: unknown[]) => row[1])).toEqual(['bob']);
  expect(file.body).toMatch(/^resource_uid,user_name,.*\n[^\n]*,bob,/);
  expect((await run('no-hunt', {})).json().detail).toContain('outside-named-networks');
});
