import { type Activity, ActivityClass } from '../../src/model/activity.ts';
import type { AddressFacts } from '../../src/model/address-facts.ts';
import type { Resource } from '../../src/model/resource.ts';
import { random } from '../../test/random.ts';

/** What a fleet of ordinary size does: few services do nearly all, many people do the rest. */
const PRINCIPALS = 200_000;
const SERVICES = 60;
const STATEMENTS = 60_000;
const FREQUENT_STATEMENTS = 400;
const ADDRESSES = 20_000;
const FREQUENT_ADDRESSES = 80;
const APPLICATIONS = [
  'shop-api/1.42.0',
  'psql',
  'DBeaver 24.2.1',
  'pg_dump',
  'invoice-worker/3.2',
  'postgres_exporter',
];
const COUNTRIES = ['DE', 'NL', 'FR', 'US', 'SG', 'BR'];
const DATABASES = ['orders', 'billing', 'crm', 'postgres'];
/** Sessions that are open at a time, and rows of one, on average. */
const SESSIONS = 400;
const SESSION_ROWS = 25;

/** Rows of one kind in a thousand. */
const PARTS: readonly (readonly [number, number])[] = [
  [ActivityClass.statement, 880],
  [ActivityClass.authentication, 35],
  [ActivityClass.connection, 35],
  [ActivityClass.disconnection, 35],
  [ActivityClass.statementError, 10],
  [ActivityClass.authenticationFailure, 5],
];
const KINDS = PARTS.flatMap(([kind, part]) => Array.from({ length: part }, () => kind));

/** Gives rows over a span of time, one after another in its order, as one reused activity. */
export function syntheticActivities({ engine }: Resource, seed: number) {
  const next = random(seed);
  const below = (count: number) => Math.floor(next() * count);
  const texts = Array.from({ length: STATEMENTS }, (_, i) => statementText(i));
  const bytes = texts.map((text) => Buffer.from(`${text}\0\0\0\0`));
  const facts = Array.from({ length: ADDRESSES }, (_, i) => addressFacts(i));
  const activity = {
    engine,
    directory: {
      principal: (id: number) => (id <= SERVICES ? `service_${id}` : `person.${id}@example.com`),
      database: (id: number) => DATABASES[id - 1]!,
      application: (id: number) => APPLICATIONS[id - 1]!,
      word: () => '',
      addressText: (id: number) => facts[id - 1]!.address,
      cloudRegionOf: () => undefined,
      address: (id: number) => facts[id - 1]!,
      place: () => ({ key: '', label: '', kind: 'public' as const }),
    },
    place: 0,
    operation: 0,
    container: 0,
    responseBytes: 0,
    source: 'postgresql.csv',
    isLate: false,
    serial: 0,
  } as unknown as { -readonly [name in keyof Activity]: Activity[name] };
  let offset = 0;
  let statement = 0;
  let begun = 0;
  const sessions = Array.from({ length: SESSIONS }, newSession);

  /** Who is connected, from where and with what, stays the same in a session. */
  function newSession() {
    const isService = next() < 0.95;
    return {
      sessionHigh: 0x6a_00_00_00 + Math.floor(begun++ / 10),
      sessionLow: 4000 + below(28_000),
      principal: 1 + (isService ? below(SERVICES) : SERVICES + below(PRINCIPALS - SERVICES)),
      address: 1 + (isService ? below(FREQUENT_ADDRESSES) : below(ADDRESSES)),
      application: 1 + below(APPLICATIONS.length),
      database: 1 + below(DATABASES.length),
    };
  }

  Object.assign(activity, {
    statementText: () => texts[statement]!,
    readStatement: (read: (text: Uint8Array, start: number, end: number) => unknown) =>
      read(bytes[statement]!, 0, bytes[statement]!.length - 4),
    readRecorded: () => undefined,
    keep: () => [],
  });

  return (from: number, rows: number, spanMs: number, give: (activity: Activity) => void) => {
    for (let i = 0; i < rows; i++) {
      const at = below(SESSIONS);
      if (below(SESSION_ROWS) === 0) {
        sessions[at] = newSession();
      }
      Object.assign(activity, sessions[at]);
      statement = next() < 0.93 ? below(FREQUENT_STATEMENTS) : below(STATEMENTS);
      activity.class = KINDS[below(KINDS.length)]!;
      activity.time = Math.floor(from + (i * spanMs) / rows);
      activity.failure = activity.class === ActivityClass.authenticationFailure ? 1 : 0;
      activity.status = 0;
      activity.protection = 2;
      activity.byteOffset = offset;
      activity.serial++;
      offset += 180 + below(200);
      give(activity as Activity);
    }
  };
}

/** Statements that differ in more than literals. */
function statementText(i: number): string {
  const table = `t${i % 700}`;
  return `SELECT c${i % 13}, c${Math.floor(i / 7) % 17}, value_${i} FROM shop.${table} JOIN shop.customers ON ${table}.customer_id = customers.id WHERE ${table}.id = $1 AND status = 'open' ORDER BY placed_at DESC LIMIT 50`;
}

function addressFacts(i: number): AddressFacts {
  const code = COUNTRIES[i % COUNTRIES.length]!;
  const organization = `Provider ${i % 300}`;
  return {
    address: `${11 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.7`,
    location: { countryCode: code, countryName: code, city: `City ${i % 2000}` },
    autonomousSystem: { number: 3000 + (i % 300), organization },
    place: { key: `${i % 600}`, label: `${code}, AS${3000 + (i % 300)} ${organization}`, kind: 'public' },
  } as AddressFacts;
}
