import { type Activity, ActivityClass } from '../model/activity.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { Resource } from '../model/resource.ts';
import { parseResourceId } from '../model/resource-id.ts';
import { createActivityRecorder } from './activity-recorder.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const START = Date.UTC(2026, 10, 3, 10);
const PROVIDERS = '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/shop/providers';
export const orders = parseResourceId(
  `${PROVIDERS}/Microsoft.DBforPostgreSQL/servers/orders`,
  'postgresql',
) as Resource;
export const catalog = parseResourceId(
  `${PROVIDERS}/Microsoft.DocumentDB/databaseAccounts/catalog`,
  'cosmosdb',
) as Resource;

/** One thing that happened, in words. */
export interface Happened {
  class: number;
  time: number;
  principal: string;
  database: string;
  application: string;
  address: Partial<AddressFacts>;
  operation: string;
  container: string;
  statement: string;
  status: number;
  failure: number;
  responseBytes: number;
  session: number;
  source: string;
  byteOffset: number;
}

/** `alice` reads an order. */
export function statement(what: Partial<Happened> = {}): Happened {
  return {
    class: ActivityClass.statement,
    time: START,
    principal: 'alice',
    database: 'orders',
    application: 'psql',
    address: { address: '198.51.100.7' },
    operation: '',
    container: '',
    statement: 'SELECT * FROM orders WHERE id = 7',
    status: 0,
    failure: 0,
    responseBytes: 0,
    session: 0,
    source: 'orders.csv',
    byteOffset: 0,
    ...what,
  };
}

/** What a recorder makes of it. */
export function blockOf(happened: readonly Happened[], resource = orders): Uint8Array {
  const recorder = createActivityRecorder(resource);
  const activities = activitiesOf(resource);
  for (const it of happened) {
    recorder.observe(activities(it));
  }
  return recorder.take()!;
}

/** Activities whose ids are of one directory. */
export function activitiesOf({ engine }: Resource): (happened: Happened) => Activity {
  const texts = [''];
  const facts: Partial<AddressFacts>[] = [{}];
  const idOf = (text: string) => {
    const known = texts.indexOf(text);
    return text === '' ? 0 : known > 0 ? known : texts.push(text) - 1;
  };
  const textOf = (id: number) => texts[id]!;
  const directory = {
    principal: textOf,
    database: textOf,
    application: textOf,
    word: textOf,
    addressText: textOf,
    cloudRegionOf: () => undefined,
    address: (id: number) => ({ address: texts[id]!, ...facts[id] }),
    place: () => ({ key: '', label: '', kind: 'public' as const }),
  };
  let serial = -1;
  return (it) => {
    const address = idOf(it.address.address ?? '');
    facts[address] = it.address;
    const bytes = Buffer.from(`${it.statement}\0\0\0\0`);
    return {
      ...it,
      engine,
      isLate: false,
      principal: idOf(it.principal),
      database: idOf(it.database),
      application: idOf(it.application),
      operation: idOf(it.operation),
      container: idOf(it.container),
      address,
      place: 0,
      protection: 0,
      sessionHigh: it.session,
      sessionLow: it.session,
      directory,
      serial: serial--,
      statementText: () => it.statement,
      readRecorded: () => undefined,
      readStatement: (read) => read(bytes, 0, bytes.length - 4),
      keep: () => [],
    };
  };
}
