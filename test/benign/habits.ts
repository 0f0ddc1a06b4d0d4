import { type Client, DAY, HOUR, MINUTE, type Server, START } from './server.ts';

/** Days of the history; what is tried happens in the last week. */
export const DAYS = 42;
/** The day, from 0, on which what is tried begins: a Monday. */
export const TRIED = 35;

export const TABLES = ['customers', 'orders', 'order_lines', 'invoices', 'payments', 'addresses'];

export const SHOP: readonly Client[] = ['10.20.0.11', '10.20.0.12', '10.20.1.13'].map((address) => ({
  user: 'shop',
  address,
  application: 'shop-api',
}));
export const BILLING: Client = { user: 'billing', address: '10.20.4.7', application: 'PostgreSQL JDBC Driver' };
export const EXPORTER: Client = {
  user: 'monitor',
  database: 'postgres',
  address: '10.20.9.5',
  application: 'postgres_exporter',
};
export const BACKUP: Client = { user: 'backup', address: '10.20.8.2', application: 'pg_dump' };
export const MIGRATOR: Client = { user: 'deploy', address: '10.20.7.3', application: 'flyway' };
/** At home with Deutsche Telekom, in the office behind one address. */
export const ALICE: Client = { user: 'alice', address: '79.192.3.20', application: 'psql' };
export const OFFICE = '91.112.4.9';
export const BOB: Client = { user: 'bob', address: OFFICE, application: 'DBeaver 24.1.0 - Main' };

const SHOP_SQL = [
  'SELECT id, name, price FROM products WHERE id = 17',
  "SELECT * FROM customers WHERE email = 'a@example.com' LIMIT 1",
  'INSERT INTO orders (customer_id, total) VALUES (4, 19.90)',
  "UPDATE orders SET state = 'paid' WHERE id = 881",
];
const BILLING_SQL = [
  'SELECT id, total FROM invoices WHERE paid_at IS NULL AND due_on < now()',
  "UPDATE invoices SET state = 'sent' WHERE id = 12",
];
const EXPORTER_SQL = ['SELECT count(*) FROM pg_stat_activity', 'SELECT * FROM pg_stat_database'];

export const at = (day: number, hour: number, minute = 0) => START + day * DAY + hour * HOUR + minute * MINUTE;
const isWorkday = (day: number) => day % 7 < 5;

/** What a pg_dump of some tables sends. */
export function dump(tables: readonly string[]): string[] {
  return ['SET client_encoding TO utf8', ...tables.map((table) => `COPY public.${table} (id, a, b) TO stdout;`)];
}

export interface Habits {
  /** The application's pods, by day. */
  pods?: (day: number) => readonly Client[];
  /** The backup of a day; undefined: there is none. */
  backup?: (day: number) => readonly string[] | undefined;
  alice?: (day: number) => Client;
}

/** Six weeks of a shop: an application with pods, billing, monitoring, a nightly backup, a pipeline, and two analysts. */
export function live(
  server: Server,
  { pods = () => SHOP, backup = () => dump(TABLES), alice = () => ALICE }: Habits = {},
): void {
  for (let day = 0; day < DAYS; day++) {
    services(server, day, pods(day));
    const tables = backup(day);
    if (tables !== undefined) {
      server.visit(at(day, 2, 5), BACKUP, { statements: tables });
    }
    if (isWorkday(day)) {
      people(server, day, alice(day));
    }
    if (day % 7 === 2) {
      server.visit(at(day, 14), MIGRATOR, {
        statements: [`ALTER TABLE orders ADD COLUMN c${day} int`, 'SELECT * FROM flyway_schema_history'],
      });
    }
  }
}

function services(server: Server, day: number, pods: readonly Client[]): void {
  for (let hour = 0; hour < 24; hour++) {
    for (const pod of pods) {
      server.visit(at(day, hour, server.chance(50)), pod, { statements: SHOP_SQL });
    }
    server.visit(at(day, hour, server.chance(55)), BILLING, { statements: BILLING_SQL });
    for (const minute of [0, 30]) {
      server.visit(at(day, hour, minute), EXPORTER, { statements: EXPORTER_SQL });
    }
  }
}

function people(server: Server, day: number, alice: Client): void {
  for (const hour of [7, 10, 13]) {
    const table = TABLES[server.chance(3)]!;
    server.visit(at(day, hour, server.chance(50)), alice, {
      everyMs: 60_000,
      statements: [
        `SELECT count(*) FROM ${table}`,
        `SELECT * FROM ${table} WHERE id = ${server.chance(9000)}`,
        `SELECT state, sum(total) FROM orders WHERE id > ${server.chance(500)} GROUP BY state`,
      ],
    });
    server.visit(at(day, hour + 1, server.chance(50)), BOB, {
      everyMs: 30_000,
      statements: [`SELECT * FROM ${table} ORDER BY id LIMIT 200`],
    });
  }
}
