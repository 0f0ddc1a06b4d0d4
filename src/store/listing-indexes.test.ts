import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { expect, it } from 'vitest';
import { bindable } from './sql/bindable.ts';
import { queryBuilder } from './sql/builder.ts';
import type { Dialect } from './sql/database.ts';
import { sqlStore } from './sql/sql-store.ts';
import { NOTHING, type Statement } from './sql/statement.ts';
import type { Store } from './store.ts';
import { aResource, overEveryStore, START, type StoreUnderTest } from './testkit.ts';

const { key } = aResource('orders');
const subscription = key.slice(0, key.indexOf('/resourcegroups'));
const FIRST = { limit: 50 };
/** The cursor of a page is the key of its last row. */
const behind = (...last: (string | number)[]) => ({
  limit: 50,
  cursor: Buffer.from(JSON.stringify(last)).toString('base64url'),
});

/** What screens show by pages: of each the first one, and one behind. */
const LISTS: readonly [what: string, list: (store: Store) => Promise<unknown>][] = [
  ['alerts', ({ alerts }) => alerts.list({}, FIRST)],
  ['alerts, on', ({ alerts }) => alerts.list({}, behind(START, 'name'))],
  ['alerts of a time, on', ({ alerts }) => alerts.list({ from: 0, to: START }, behind(START, 'name'))],
  ['alerts of a severity, on', ({ alerts }) => alerts.list({ severities: ['High'] }, behind(START, 'name'))],
  ['alerts of a status, on', ({ alerts }) => alerts.list({ statuses: ['Active'] }, behind(START, 'name'))],
  ['alerts of a type, on', ({ alerts }) => alerts.list({ alertTypes: ['x'] }, behind(START, 'name'))],
  ['alerts of a resource, on', ({ alerts }) => alerts.list({ resourceKeys: [key] }, behind(START, 'name'))],
  ['alerts of a subscription', ({ alerts }) => alerts.list({ scopes: [subscription] }, FIRST)],
  ['alerts of a subscription, on', ({ alerts }) => alerts.list({ scopes: [subscription] }, behind(START, 'name'))],
  ['alerts of an intrusion', ({ alerts }) => alerts.list({ correlationKey: 'x' }, FIRST)],
  ['incidents, on', ({ alerts }) => alerts.list({ isIncident: true }, behind(START, 'name'))],
  ['resources', ({ resources }) => resources.list({}, FIRST)],
  ['resources, on', ({ resources }) => resources.list({}, behind(key))],
  ['resources of a subscription, on', ({ resources }) => resources.list({ scopes: [subscription] }, behind(key))],
  ['resources of an origin, on', ({ resources }) => resources.list({ origins: ['discovered'] }, behind(key))],
  ['messages', ({ outbox }) => outbox.list({}, FIRST)],
  ['messages, on', ({ outbox }) => outbox.list({}, behind(START, 'id'))],
  ['what was done', ({ audit }) => audit.list({}, FIRST)],
  ['what was done, on', ({ audit }) => audit.list({}, behind(7))],
  ['what somebody did, on', ({ audit }) => audit.list({ actor: 'ada' }, behind(7))],
  ['what was done of a kind, on', ({ audit }) => audit.list({ action: 'alerts.dismiss' }, behind(7))],
  ['rules', ({ documents }) => documents.list('rule', '', FIRST)],
];

overEveryStore('a page is read from an index, in its order:', (use) => {
  it.each(LISTS)('%s', async (_, list) => {
    const asked: Statement[] = [];
    const { dialect } = use();
    const sql = queryBuilder(dialect, async (statement) => {
      asked.push(statement);
      return NOTHING;
    });
    await list(sqlStore({ dialect, sql, now: () => START } as Parameters<typeof sqlStore>[0]));
    const plan = (await Promise.all(asked.map((statement) => planOf(use(), statement)))).join('\n');

    expect(asked).toHaveLength(1);
    expect(plan).toMatch(USES_INDEX[dialect]);
    expect(plan).not.toMatch(SORTS_OR_SCANS[dialect]);
  });
});

const USES_INDEX: Record<Dialect, RegExp> = {
  sqlite: /USING (?:COVERING )?INDEX|USING INTEGER PRIMARY KEY/,
  postgresql: /Index (?:Only )?Scan/,
};
const SORTS_OR_SCANS: Record<Dialect, RegExp> = {
  sqlite: /TEMP B-TREE|SCAN \w+$/m,
  postgresql: /Sort|Seq Scan/,
};

async function planOf({ url, dialect }: StoreUnderTest, statement: Statement): Promise<string> {
  return dialect === 'sqlite' ? planOfFile(url.replace('sqlite:', ''), statement) : planOfServer(url, statement);
}

function planOfFile(path: string, { sql, parameters }: Statement): string {
  const file = new DatabaseSync(path, { readOnly: true });
  const rows = file.prepare(`explain query plan ${sql}`).all({}, ...parameters.map(bindable));
  file.close();
  return rows.map(({ detail }) => detail).join('\n');
}

/** Nearly empty tables are sorted and read whole, unless that is made dear: what matters is that an index could serve. */
async function planOfServer(url: string, { sql, parameters }: Statement): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off');
  const { rows } = await client.query<Record<string, string>>(`explain ${sql}`, parameters.map(bindable));
  await client.end();
  return rows.map((row) => Object.values(row)[0]).join('\n');
}
