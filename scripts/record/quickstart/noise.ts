import { type PostgresqlServer, SUPERUSER } from '../../../test/servers/postgresql.ts';
import { expectRefusal, openSession, runSession } from '../clients.ts';
import type { Scene, Until } from '../timeline.ts';
import { berlin, MINUTE, SECOND, utc } from './calendar.ts';
import { ANALYST, BILLING, BILLING_NEW_PASSWORD, PODS, SHOP_API } from './logins.ts';

/** The worker tries this often, for twenty minutes. */
const RETRY_MS = 30 * SECOND;
const RETRIES = 40;
const POOL_SIZE = 30;

/** Things that look bad at first sight, and that must stay quiet. */
export function harmlessNoise(server: PostgresqlServer): Scene[] {
  return [
    { time: berlin(12, '08:31'), play: (until) => mistype(server, until, berlin(12, '08:31')) },
    { time: utc(11, '11:40'), play: (until) => rotatePassword(server, until, utc(11, '11:40')) },
    { time: berlin(16, '06:30'), play: (until) => startPool(server, until, berlin(16, '06:30')) },
  ];
}

/** The analyst mistypes twice, then gets it right. */
async function mistype(server: PostgresqlServer, until: Until, start: number): Promise<void> {
  await expectRefusal(server, { ...ANALYST, password: 'invented-wnter2026' }, '28P01');
  await until(start + 9 * SECOND);
  await expectRefusal(server, { ...ANALYST, password: 'Invented-winter2026' }, '28P01');
  await until(start + 24 * SECOND);
  await runSession(server, ANALYST, ['SELECT count(*) FROM orders']);
}

/** Somebody rotates the password of the billing worker, and its deployment learns of it twenty minutes later. */
async function rotatePassword(server: PostgresqlServer, until: Until, start: number): Promise<void> {
  const admin = { ...SUPERUSER, database: 'postgres', application: 'psql', from: '127.20.8.4' };
  await runSession(server, admin, [`ALTER ROLE billing PASSWORD '${BILLING_NEW_PASSWORD}'`]);
  for (let attempt = 1; attempt <= RETRIES; attempt++) {
    await until(start + attempt * RETRY_MS);
    await expectRefusal(server, BILLING, '28P01');
  }
  await until(start + (RETRIES + 2) * RETRY_MS);
  await runSession(server, { ...BILLING, password: BILLING_NEW_PASSWORD }, [
    "SELECT count(*) FROM orders WHERE status = 'paid'",
  ]);
}

/** A new version of the shop opens its whole pool at once. */
async function startPool(server: PostgresqlServer, until: Until, start: number): Promise<void> {
  const login = { ...SHOP_API, application: 'shop-api/1.42.0', from: PODS[1] };
  const pool = await Promise.all(Array.from({ length: POOL_SIZE }, () => openSession(server, login)));
  await until(start + 5 * MINUTE);
  await Promise.all(pool.map(({ client }) => client.query('SELECT 1')));
  await until(start + 20 * MINUTE);
  await Promise.all(pool.map(({ client }) => client.end()));
}
