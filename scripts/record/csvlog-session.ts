import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresqlServer, SUPERUSER } from '../../test/servers/postgresql.ts';
import {
  expectError,
  expectRefusal,
  knock,
  type Login,
  openSession,
  runSession,
  type Session,
  startupMessage,
} from './clients.ts';

/** Long enough for a backend to notice that its client is gone and to log it. */
const NOTICE_MS = 150;

/** A role name with everything that csv, prefixes and terminals stumble over. */
const ODD_ROLE = 'o\'brien, "jr"\nlogged\tin\\ 😀';

const ADMIN: Login = { ...SUPERUSER, database: 'postgres', application: 'psql', from: '127.0.2.2' };
const APP: Login = {
  user: 'app',
  password: 'invented-app-1',
  database: 'shop',
  application: 'shop-api/1.41.2',
  from: '127.0.2.10',
};
const ANALYST: Login = {
  user: 'analyst',
  password: 'invented-analyst-1',
  database: 'shop',
  application: 'DBeaver 24.2.1 - Main <shop>',
  from: '127.113.0.9',
};

/** pg_hba.conf of the recording: 127.66.0.0/16 has no entry, 127.67.0.0/16 is rejected by one. */
export const SESSION_HBA = [
  'local all all scram-sha-256',
  'host all all 127.67.0.0/16 reject',
  'host all all 127.0.0.1/32 scram-sha-256',
  'host all all 127.0.2.0/24 scram-sha-256',
  'host all all 127.113.0.0/16 scram-sha-256',
  'host all all ::1/128 scram-sha-256',
];

/** Where each loopback prefix comes from in the published sample: documentation ranges only. */
export const SESSION_ADDRESSES = {
  '127.0.2.': '192.0.2.',
  '127.113.0.': '203.0.113.',
  '127.66.0.': '198.51.100.',
  '127.67.0.': '198.51.100.',
  '::1': '2001:db8::1',
} as const;

/** The little script that every major version is recorded with. */
export async function playCsvlogSession(server: PostgresqlServer): Promise<void> {
  await setUp(server);
  await logIn(server);
  await beRefused(server);
  await work(server);
  await makeMistakes(server);
  await leaveAbruptly(server);
  await exhaustConnections(server);
  await sleep(NOTICE_MS);
}

async function setUp(server: PostgresqlServer): Promise<void> {
  await runSession(server, ADMIN, [
    `CREATE ROLE app LOGIN PASSWORD '${APP.password}'`,
    `CREATE ROLE analyst LOGIN PASSWORD '${ANALYST.password}'`,
    `CREATE ROLE "${ODD_ROLE.replaceAll('"', '""')}" LOGIN PASSWORD 'invented-odd-1'`,
    'CREATE DATABASE shop OWNER app',
  ]);
  await runSession(server, APP, [
    'CREATE TABLE customers (id int PRIMARY KEY, name text, email text)',
    "INSERT INTO customers SELECT n, 'Customer ' || n, 'c' || n || '@example.com' FROM generate_series(1, 200) AS n",
    'GRANT SELECT ON customers TO analyst',
  ]);
}

/** The ways in: TCP with and without TLS, IPv6, the Unix socket, names that need quoting. */
async function logIn(server: PostgresqlServer): Promise<void> {
  await runSession(server, ANALYST, ['SELECT count(*) FROM customers']);
  await runSession(server, { ...ANALYST, tls: true }, ['SELECT 1']);
  await runSession(server, { ...APP, host: '::1' }, ['SELECT 1']);
  await runSession(server, { ...APP, host: server.root }, ['SELECT 1']);
  const application = 'tool "x", y\nz ü😀 \'q\'';
  await runSession(server, { ...APP, user: ODD_ROLE, password: 'invented-odd-1', application }, ['SELECT 1']);
}

async function beRefused(server: PostgresqlServer): Promise<void> {
  await expectRefusal(server, { ...ANALYST, password: 'wrong' }, '28P01');
  await expectRefusal(server, { ...ANALYST, user: 'nobody_such' }, '28P01');
  await expectRefusal(server, { ...APP, user: ODD_ROLE, password: 'wrong' }, '28P01');
  await expectRefusal(server, { ...APP, from: '127.66.0.66' }, '28000');
  await expectRefusal(server, { ...APP, from: '127.67.0.67' }, '28000');
  await expectRefusal(server, { ...APP, database: 'no_such, "db"' }, '3D000');
  const hello = startupMessage({ user: 'app', database: 'shop' });
  await knock(server, '127.113.0.66', hello, true); // leaves when it is asked for a password
  await knock(server, '127.113.0.66', Buffer.alloc(0), false); // says nothing at all
  await knock(server, '127.113.0.66', Buffer.from('GET / HTTP/1.0\r\n\r\n'), false);
  await sleep(NOTICE_MS);
}

async function work(server: PostgresqlServer): Promise<void> {
  const { client } = await openSession(server, APP);
  await client.query({
    text: 'SELECT name FROM customers WHERE id = $1 OR email = $2',
    values: [7, "o'neil@example.com"],
  });
  const find = { name: 'find-customer', text: 'SELECT * FROM customers WHERE id = $1' };
  await client.query({ ...find, values: [1] });
  await client.query({ ...find, values: [2] });
  await client.query(`INSERT INTO customers
    VALUES (1000, 'O''Brien, "Jr"', NULL) -- a comment, with "quotes"
    `);
  await client.query('BEGIN; DECLARE c CURSOR FOR SELECT * FROM customers; FETCH 50 FROM c; COMMIT');
  await client.query('COPY customers TO STDOUT');
  const ids = Array.from({ length: 4000 }, (_, n) => n + 1);
  await client.query(`SELECT count(*) FROM customers WHERE id IN (${ids.join(',')})`); // about 20 kB
  await client.end();
  await runSession(server, ADMIN, ["ALTER ROLE analyst PASSWORD 'invented-secret-2'", 'SELECT pg_reload_conf()']);
}

async function makeMistakes(server: PostgresqlServer): Promise<void> {
  const { client } = await openSession(server, APP);
  await expectError('42601', () => client.query('SELEC * FROM customers'));
  await expectError('42P01', () => client.query('SELECT * FROM "no, such ""table"""'));
  await expectError('23505', () => client.query("INSERT INTO customers VALUES (1, 'twice')"));
  await expectError('22P02', () =>
    client.query({ text: 'SELECT * FROM customers WHERE id = $1', values: ["1' OR '1'='1"] }),
  );
  const sleeping = expectError('57014', () => client.query('SELECT pg_sleep(30)'));
  await sleep(NOTICE_MS);
  const cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)'";
  await runSession(server, ADMIN, [cancel]);
  await sleeping;
  await client.query("SET statement_timeout = '50ms'");
  await expectError('57014', () => client.query('SELECT pg_sleep(1)'));
  await client.end();
}

async function leaveAbruptly(server: PostgresqlServer): Promise<void> {
  const idle = await openSession(server, APP);
  await idle.client.query('SELECT 1');
  idle.socket.destroy();
  const inTransaction = await openSession(server, APP);
  await inTransaction.client.query('BEGIN');
  inTransaction.socket.destroy();
  const reset = await openSession(server, APP);
  await reset.client.query('SELECT 1');
  reset.socket.resetAndDestroy();
  await sleep(NOTICE_MS);
}

/** Opens sessions until the server refuses one, and one more. */
async function exhaustConnections(server: PostgresqlServer): Promise<void> {
  const open: Session[] = [];
  const refusals: unknown[] = [];
  while (refusals.length < 2) {
    await openSession(server, open.length < 4 ? APP : { ...ADMIN, application: 'hold' }).then(
      (session) => open.push(session),
      (error: { code?: string }) => refusals.push(error.code),
    );
  }
  if (refusals.some((code) => code !== '53300')) {
    throw new Error(`expected SQLSTATE 53300 and got ${refusals.join(', ')}`);
  }
  await Promise.all(open.map(({ client }) => client.end()));
}
