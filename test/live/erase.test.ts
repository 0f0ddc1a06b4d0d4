import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { ROOT } from '../run-vedette.ts';
import { habit } from './login.ts';
import { textsInState } from './names-in-state.ts';
import { type ServedFolder, servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 600_000 });

const NAME = 'j.meyer';
const OTHER = 'analyst';

interface Baseline {
  items: { principal: string }[];
}
interface Erased {
  activities: number;
  alerts: number;
  resources: number;
  pending: number;
  pseudonym?: string;
}

/** Rows of the database that hold a text, by table. */
function rowsWith(folder: ServedFolder, text: string): string[] {
  const db = new DatabaseSync(join(folder.path, 'data/vedette.db'), { readOnly: true });
  const tables = db.prepare("select name from sqlite_schema where type = 'table'").all();
  const found = tables.flatMap(({ name }) => rowsOf(db, String(name), text));
  const states = db.prepare("select state from resource_state where resource_key like '/%'").all();
  db.close();
  return [
    ...found,
    ...states.flatMap(({ state }) => textsInState(state as Uint8Array, (it) => it.toLowerCase().includes(text))),
  ];
}

function rowsOf(db: DatabaseSync, table: string, text: string): string[] {
  const rows = db.prepare(`select * from "${table}"`).all();
  const known = rows.filter((row) => Object.values(row).some((value) => String(value).toLowerCase().includes(text)));
  return known.map((row) => `${table}: ${JSON.stringify(row).slice(0, 300)}`);
}

/** Files of the data directory that hold a text, but those of the archive that others have taken the place of. */
function filesWith(folder: ServedFolder, text: string): string[] {
  const files = readdirSync(join(folder.path, 'data'), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !file.name.endsWith('.parquet'))
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => bytesOf(file).toLowerCase().includes(text));
}

/** Empty where it has gone meanwhile. */
function bytesOf(file: string): string {
  try {
    return readFileSync(file).toString('latin1');
  } catch {
    return '';
  }
}

async function principalsOf(folder: ServedFolder): Promise<string[]> {
  const { body } = await folder.ask('GET', '/api/v1/resources/orders/baseline?limit=1000');
  return [...new Set((body as Baseline).items.map(({ principal }) => principal))];
}

async function activitiesOf(folder: ServedFolder, principal: string): Promise<number> {
  const { body } = await folder.ask('GET', `/api/v1/activities?principal=${principal}&from=2026-11-01T00:00:00Z`);
  return (body as { items: object[] }).items.length;
}

it('keeps nothing that was learned of what is judged no longer', async () => {
  const resource = (id: string) => ({ id, kind: 'postgresql', logs: [{ path: `${id}.csv`, format: 'csvlog' }] });
  const folder = servedFolder({ resources: [resource('orders'), resource('hr')] });
  for (const id of ['orders', 'hr']) {
    writeFileSync(join(folder.path, `${id}.csv`), habit(Date.now(), NAME, '203.0.113.7'));
  }
  const both = folder.start();
  await until('both are at work', () => both.text().includes('watching 2 resources'));
  await until(
    'both are saved',
    () => rowsWith(folder, NAME).filter((found) => found.includes('principals')).length > 1,
  );
  await both.end('SIGTERM');
  folder.configure({ resources: [resource('orders')] });
  const one = folder.start();
  await until('one is at work', () => one.text().includes('watching 1 resources'));
  const { body } = await folder.ask('POST', '/api/v1/erasures', {
    principal: NAME,
    mode: 'erase',
    reason: 'request 8',
  });

  expect(body).toMatchObject({ resources: 2, pending: 0 });
  expect(rowsWith(folder, NAME)).toEqual([]);
});

it('forgets a principal in all that is kept, whatever ends meanwhile', async () => {
  const logs = [{ path: 'logs/postgresql-*.csv*', format: 'csvlog' }];
  const folder = servedFolder({ resources: [{ id: 'orders', kind: 'postgresql', logs }], alertsFrom: 'all' });
  cpSync(join(ROOT, 'examples/quickstart/logs'), join(folder.path, 'logs'), { recursive: true });
  const serving = folder.start();
  const isTold = () => folder.alerts().filter(({ alert }) => JSON.stringify(alert).includes(NAME));
  await until('it has told of both', () => isTold().length > 0 && JSON.stringify(folder.alerts()).includes(OTHER));
  await until('the archive has it', async () => (await activitiesOf(folder, NAME)) > 0);
  const [{ alert }] = isTold() as [ReturnType<typeof isTold>[number]];
  const url = `/api/v1/alerts/${alert.name}`;
  await folder.ask('POST', `${url}/comments`, { text: `I know J.Meyer.` });
  await folder.ask('POST', `${url}/dismiss`, { reason: 'expected of j.meyer' });
  const pin = { change: 'pin', kind: 'principal', principal: NAME };
  const pinned = await folder.ask('POST', '/api/v1/resources/orders/baseline-changes', pin);
  const before = { rows: rowsWith(folder, NAME), principals: await principalsOf(folder) };
  const erase = (mode: string, principal: string) =>
    folder.ask('POST', '/api/v1/erasures', { principal, mode, reason: 'request 7' });
  const one = (await erase('pseudonymise', NAME)).body as Erased;
  const other = (await erase('erase', OTHER)).body as Erased;
  const principals = await principalsOf(folder);
  const left = [NAME, OTHER].map((name) => rowsWith(folder, name));
  await serving.end('SIGTERM');
  const files = [NAME, OTHER].map((name) => filesWith(folder, name));
  const again = folder.start();
  await until('it is at work again', () => again.text().includes('watching 1 resources'));

  expect([pinned.status, before.rows.length > 5]).toEqual([201, true]);
  expect(before.principals).toEqual(expect.arrayContaining([NAME, OTHER]));
  expect([one, other]).toEqual(Array(2).fill(expect.objectContaining({ resources: 1, pending: 0 })));
  expect(principals).toContain(one.pseudonym);
  expect(principals).not.toContain('erased principal');
  expect(left).toEqual([[], []]);
  expect(files).toEqual([[], []]);
  expect(await principalsOf(folder)).toEqual(principals);
  expect([await activitiesOf(folder, NAME), await activitiesOf(folder, OTHER)]).toEqual([0, 0]);
  expect(await activitiesOf(folder, one.pseudonym!)).toBeGreaterThan(0);
});
