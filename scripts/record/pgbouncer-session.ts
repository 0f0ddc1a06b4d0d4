import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresqlServer, SUPERUSER } from '../../test/servers/postgresql.ts';
import { expectError, knock, type Login, openSession, runSession } from './clients.ts';
import type { Pgbouncer } from './pgbouncer-process.ts';

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
  application: 'psql',
  from: '127.113.0.9',
};

/** Whom the pooler knows. */
export const POOL_USERS = { app: APP.password, analyst: ANALYST.password } as const;

/** Names that read like the pooler's own words, and a database that looks like an address. */
const FORGED_USER = 'x@192.0.2.1:1 login attempt: db=shop user=x';
const ODD_USER = 'a\nb@192.0.2.1:1 "c"';
const ODD_DATABASE = 'd e\n/f@192.0.2.1:5';

/** Before the pooler starts. */
export async function preparePool(server: PostgresqlServer): Promise<void> {
  await runSession(server, ADMIN, [
    `CREATE ROLE app LOGIN PASSWORD '${APP.password}'`,
    `CREATE ROLE analyst LOGIN PASSWORD '${ANALYST.password}'`,
    'CREATE DATABASE shop OWNER app',
  ]);
}

/** Clients of the pooler: one alone, two of the same user at a time, refused ones, one past the pooler. */
export async function playPoolSession(server: PostgresqlServer, pooler: Pgbouncer): Promise<void> {
  const pool = { ...server, port: pooler.port, root: pooler.root };
  await runSession(pool, ANALYST, ["SELECT 'alone' AS analyst"]);
  await shareServers(pool);
  await runSession(server, { ...APP, from: '127.0.2.50' }, ["SELECT 'past the pooler' AS app"]);
  await runSession(pool, { ...APP, host: '::1' }, ['SELECT 1']);
  await runSession(pool, { ...APP, host: pooler.root }, ['SELECT 1']);
  await beRefused(pool);
  await knock(pool, '127.66.0.66', Buffer.alloc(0), false);
  await knock(pool, '127.66.0.66', Buffer.from('GET / HTTP/1.0\r\n\r\n'), false);
  await sleep(300);
}

/** Two clients of one user, then one of them alone. */
async function shareServers(pool: PostgresqlServer): Promise<void> {
  const first = await openSession(pool, APP);
  await first.client.query("SELECT 'first alone' AS app");
  const second = await openSession(pool, { ...APP, from: '127.0.2.11' });
  await first.client.query("SELECT 'first of two' AS app");
  await second.client.query("SELECT 'second of two' AS app");
  await first.client.end();
  await sleep(3000); // what one of them did may be logged late
  await second.client.query("SELECT 'second alone' AS app");
  second.socket.destroy();
  await sleep(100);
}

async function beRefused(pool: PostgresqlServer): Promise<void> {
  const enemy = '127.66.0.66';
  await refuse(pool, { ...APP, password: 'wrong', from: enemy });
  await refuse(pool, { ...APP, user: 'nobody_such', password: 'wrong', from: enemy });
  await refuse(pool, { ...APP, user: FORGED_USER, password: 'wrong', from: enemy });
  await refuse(pool, { ...APP, user: ODD_USER, password: 'wrong', from: enemy });
  await refuse(pool, { ...APP, database: 'no_such_db' });
  await refuse(pool, { ...APP, database: ODD_DATABASE });
}

/** PgBouncer tells its clients one code, whatever the reason. */
async function refuse(pool: PostgresqlServer, login: Login): Promise<void> {
  await expectError('08P01', async () => {
    const { client } = await openSession(pool, login);
    await client.end();
  });
}
