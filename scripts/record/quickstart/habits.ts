import type { PgQuery } from '../../../test/servers/postgresql/pg-module.ts';
import type { PostgresqlServer } from '../../../test/servers/postgresql.ts';
import { type Login, openSession } from '../clients.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Scene, Until } from '../timeline.ts';
import { allDays, berlin, END, FIRST_DAY, HOUR, isWeekend, MINUTE, SECOND, utc, workingDays } from './calendar.ts';
import { TABLES } from './database.ts';
import * as logins from './logins.ts';

/** Days on which j.meyer works from home, and the address that the provider gave it. */
const HOME_DAYS: Readonly<Record<number, string>> = {
  6: logins.HOME,
  9: logins.HOME,
  13: logins.HOME_RENUMBERED,
  16: logins.HOME_RENUMBERED,
};

/** While the billing worker holds a stale password it does not do its usual round. */
const BILLING_IS_BROKEN = { from: utc(11, '11:30'), to: utc(11, '13:30') };

/** What happens on ordinary days. */
export function habits(stage: Stage): Scene[] {
  const scenes = [
    ...shopApi(stage),
    ...times(2, 7 * MINUTE).flatMap((time) => billingRound(stage, time)),
    ...times(1, 30 * MINUTE).map((time) => session(stage, time, logins.METRICS, METRICS_ROUND)),
    ...allDays().map((day) => session(stage, berlin(day, '02:00'), logins.BACKUP, BACKUP_RUN, 20 * SECOND)),
    ...[5, 12, 19].map((day) => session(stage, berlin(day, '10:00'), logins.MIGRATOR, migration(day), 2 * SECOND)),
    ...workingDays().flatMap((day) => analystDay(stage, day, logins.ANALYST)),
    ...workingDays().flatMap((day) =>
      analystDay(stage, day, { ...logins.MEYER, from: HOME_DAYS[day] ?? logins.OFFICE }),
    ),
  ];
  return scenes.filter(({ time }) => time >= FIRST_DAY && time < END - HOUR);
}

export interface Stage {
  server: PostgresqlServer;
  random: SeededRandom;
}

type Statements = readonly (string | PgQuery)[];

/** A login, its statements with a pause after each, a logout. */
export function session(stage: Stage, time: number, login: Login, statements: Statements, pauseMs = 1): Scene {
  const play = async (until: Until): Promise<void> => {
    const { client } = await openSession(stage.server, login);
    let next = time;
    for (const statement of statements) {
      await client.query(statement);
      next += pauseMs * (0.5 + stage.random.next());
      await until(next);
    }
    await client.end();
  };
  return { time, play };
}

/** Customers sleep at night, and buy in the evening and on weekends. Sessions per hour of both pods together. */
function shopApi(stage: Stage): Scene[] {
  const scenes: Scene[] = [];
  for (let hour = FIRST_DAY; hour < END; hour += HOUR) {
    const berlinHour = new Date(hour + HOUR).getUTCHours();
    const usual = berlinHour < 6 ? 1 : berlinHour >= 18 && berlinHour < 23 ? 4 : 2;
    const sessions = usual + stage.random.between(0, 1) + (isWeekend(hour) && berlinHour > 8 ? 1 : 0);
    for (let n = 0; n < sessions; n++) {
      const login = { ...logins.SHOP_API, from: stage.random.pick(logins.PODS) };
      scenes.push(session(stage, hour + stage.random.between(0, HOUR - 1), login, purchase(stage.random), 3 * SECOND));
    }
  }
  return scenes;
}

function purchase(random: SeededRandom): PgQuery[] {
  const customer = random.between(1, 3000);
  const product = random.between(1, 400);
  const look: PgQuery[] = [
    { text: 'SELECT id, name, price FROM products WHERE id = $1', values: [product] },
    { text: 'SELECT id, name, email FROM customers WHERE id = $1', values: [customer] },
  ];
  const order = 'INSERT INTO orders (customer_id, placed_at, status) VALUES ($1, now(), $2) RETURNING id';
  return random.next() < 0.4 ? [...look, { text: order, values: [customer, 'paid'] }] : look;
}

const BILLING_STATEMENTS = [
  "SELECT id FROM orders WHERE status = 'paid' ORDER BY id DESC LIMIT 20",
  'INSERT INTO invoices (order_id, amount, sent_at) SELECT max(id), 49.90, now() FROM orders',
];

function billingRound(stage: Stage, time: number): Scene[] {
  if (time >= BILLING_IS_BROKEN.from && time < BILLING_IS_BROKEN.to) {
    return [];
  }
  const isRotated = time >= BILLING_IS_BROKEN.to;
  const login = isRotated ? { ...logins.BILLING, password: logins.BILLING_NEW_PASSWORD } : logins.BILLING;
  return [session(stage, time, login, BILLING_STATEMENTS)];
}

const METRICS_ROUND = [
  'SELECT datname, numbackends, xact_commit, blks_hit FROM pg_stat_database',
  'SELECT relname, n_live_tup, n_dead_tup FROM pg_stat_user_tables',
];

/** What pg_dump sends, shortened. */
const BACKUP_RUN = [
  'BEGIN',
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  `LOCK TABLE ${TABLES.map((table) => `public.${table}`).join(', ')} IN ACCESS SHARE MODE`,
  ...TABLES.map((table) => `COPY public.${table} TO stdout`),
  'COMMIT',
];

function migration(day: number): string[] {
  return [
    'BEGIN',
    `ALTER TABLE orders ADD COLUMN note_${day} text`,
    `CREATE INDEX orders_note_${day} ON orders (note_${day})`,
    'COMMIT',
  ];
}

const QUESTIONS = [
  'SELECT status, count(*) FROM orders GROUP BY status',
  "SELECT date_trunc('day', placed_at) AS day, count(*) FROM orders GROUP BY day ORDER BY day DESC LIMIT 14",
  'SELECT city, count(*) FROM customers GROUP BY city ORDER BY 2 DESC LIMIT 10',
  'SELECT p.name, sum(i.quantity) FROM order_items i JOIN products p ON p.id = i.product_id GROUP BY p.name ORDER BY 2 DESC LIMIT 20',
  "SELECT sum(amount) FROM invoices WHERE sent_at > now() - interval '7 days'",
  'SELECT * FROM orders ORDER BY placed_at DESC LIMIT 100',
];

/** A person asks a few questions in the morning, after lunch, and sometimes late in the afternoon. */
function analystDay(stage: Stage, day: number, login: Login): Scene[] {
  const { random } = stage;
  const starts = [berlin(day, '08:40'), berlin(day, '13:10'), ...(random.next() < 0.6 ? [berlin(day, '15:50')] : [])];
  return starts.map((start) => {
    const questions = Array.from({ length: random.between(3, 7) }, () => random.pick(QUESTIONS));
    return session(stage, start + random.between(0, 45 * MINUTE), login, questions, 6 * MINUTE);
  });
}

/** Every so many hours, at this time past the full hour. */
function times(hours: number, offset: number): number[] {
  const result: number[] = [];
  for (let time = FIRST_DAY + offset; time < END; time += hours * HOUR) {
    result.push(time);
  }
  return result;
}
