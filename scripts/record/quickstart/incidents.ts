import { expectRefusal, runSession } from '../clients.ts';
import type { Scene, Until } from '../timeline.ts';
import { SECOND, utc } from './calendar.ts';
import { type Stage, session } from './habits.ts';
import { ANALYST, DICTIONARY_ATTACKER, MEYER, SPRAYING_ATTACKER, THIEF } from './logins.ts';

export const SPRAYING_START = utc(16, '22:41:10');
export const DICTIONARY_START = utc(17, '02:14:05');
export const THEFT_START = utc(18, '03:27:30');

/** What the attacker guesses before the right one; one every other second. */
const WORDS = [
  'password',
  'welcome',
  'analyst',
  'summer2026',
  'winter2025',
  'qwertz',
  'letmein',
  'changeme',
  'postgres',
];
const SUFFIXES = ['', '1', '123', '!', '2026'];

/** The names that are tried, few of which exist. */
const NAMES = [
  'postgres',
  'admin',
  'root',
  'administrator',
  'test',
  'dev',
  'developer',
  'oracle',
  'guest',
  'user',
  'analyst',
  'report',
  'reporting',
  'backup',
  'app',
  'web',
  'grafana',
  'jenkins',
  'sales',
  'support',
  'pgadmin',
  'readonly',
];
const COMMON_PASSWORDS = ['Welcome2026!', 'Autumn2026!'];

/** The attacks that must be told. */
export function incidents(stage: Stage): Scene[] {
  const theft = session(stage, THEFT_START, { ...MEYER, from: THIEF }, BIG_SELECTS, 90 * SECOND);
  return [
    { time: SPRAYING_START, play: (until) => sprayPasswords(stage, until) },
    { time: DICTIONARY_START, play: (until) => guessFromDictionary(stage, until) },
    theft,
  ];
}

/** Two common passwords over many names, slow enough to lock nobody out. */
async function sprayPasswords({ server, random }: Stage, until: Until): Promise<void> {
  let next = SPRAYING_START;
  for (const password of COMMON_PASSWORDS) {
    for (const user of NAMES) {
      await expectRefusal(server, { user, password, database: 'postgres', from: SPRAYING_ATTACKER }, '28P01');
      next += random.between(8, 16) * SECOND;
      await until(next);
    }
  }
}

/** Forty-five wrong passwords, the right one, and a look around. */
async function guessFromDictionary(stage: Stage, until: Until): Promise<void> {
  const attacker = { ...ANALYST, application: '', from: DICTIONARY_ATTACKER };
  let next = DICTIONARY_START;
  for (const password of WORDS.flatMap((word) => SUFFIXES.map((suffix) => word + suffix))) {
    await expectRefusal(stage.server, { ...attacker, password }, '28P01');
    next += stage.random.between(800, 3200);
    await until(next);
  }
  await runSession(stage.server, attacker, []);
  const returned = next + 40 * SECOND;
  await until(returned);
  await session(stage, returned, { ...attacker, application: 'psql' }, LOOK_AROUND, 20 * SECOND).play(until);
}

const LOOK_AROUND = [
  'SELECT version(), current_user, inet_server_addr()',
  'SELECT rolname, rolsuper FROM pg_roles',
  "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
  'SELECT * FROM customers LIMIT 50',
];

const BIG_SELECTS = [
  'SELECT * FROM customers',
  'SELECT * FROM orders',
  'SELECT * FROM order_items',
  'SELECT * FROM invoices',
];
