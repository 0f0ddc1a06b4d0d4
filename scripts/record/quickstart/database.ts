import { type PostgresqlServer, SUPERUSER } from '../../../test/servers/postgresql.ts';
import { runSession } from '../clients.ts';
import { ANALYST, BACKUP, BILLING, METRICS, MEYER, MIGRATOR, SHOP_API } from './logins.ts';

export const TABLES = ['customers', 'products', 'orders', 'order_items', 'invoices'] as const;

/** Makes the roles, the database and its contents: all of it invented. */
export async function createDatabase(server: PostgresqlServer): Promise<void> {
  const admin = { ...SUPERUSER, application: 'psql' };
  const roles = [SHOP_API, METRICS, BACKUP, BILLING, MIGRATOR, ANALYST, MEYER];
  await runSession(server, { ...admin, database: 'postgres' }, [
    ...roles.map(({ user, password }) => `CREATE ROLE "${user}" LOGIN PASSWORD '${password}'`),
    'GRANT pg_read_all_data TO backup, analyst, "j.meyer"',
    'GRANT pg_monitor TO metrics',
    'CREATE DATABASE orders OWNER migrator',
  ]);
  await runSession(server, { ...admin, user: MIGRATOR.user, password: MIGRATOR.password, database: 'orders' }, [
    'CREATE TABLE customers (id int PRIMARY KEY, name text, email text, city text)',
    'CREATE TABLE products (id int PRIMARY KEY, name text, price numeric)',
    'CREATE TABLE orders (id serial PRIMARY KEY, customer_id int, placed_at timestamptz, status text)',
    'CREATE TABLE order_items (order_id int, product_id int, quantity int)',
    'CREATE TABLE invoices (id serial PRIMARY KEY, order_id int, amount numeric, sent_at timestamptz)',
    "INSERT INTO customers SELECT n, 'Customer ' || n, 'c' || n || '@example.com', 'City ' || n % 40 FROM generate_series(1, 3000) n",
    "INSERT INTO products SELECT n, 'Product ' || n, n % 90 + 0.99 FROM generate_series(1, 400) n",
    "INSERT INTO orders (customer_id, placed_at, status) SELECT n % 3000 + 1, now(), 'paid' FROM generate_series(1, 9000) n",
    'INSERT INTO order_items SELECT n % 9000 + 1, n % 400 + 1, n % 3 + 1 FROM generate_series(1, 20000) n',
    'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO shop, billing',
    'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO shop, billing',
  ]);
}
