import { seededRandom } from '../scripts/record/seeded-random.ts';

/** Names of the recordings' own making, wherever they stand: databases, roles, applications, tables. */
const ROLES =
  'analyst anna shop_app shop_owner web_legacy monitoring contractor backup report webapp deploy jenkins gitlab zabbix odoo replicator superset metabase admin dbadmin oracle guest pgsql bob psql_svc'.split(
    ' ',
  );
const APPLICATIONS =
  'shop-api shop-web psql pgbench flyway postgres_exporter pg_dump DBeaver DataGrip Tableau knex-migrate orders-sequelize crm-typeorm forum pg_regress'.split(
    ' ',
  );
const TABLES =
  'customers customers_id_seq orders orders_id_seq order_items order_items_id_seq products products_id_seq users users_id_seq wishlist seq_items seq_suppliers t_user t_post pgbench_accounts pgbench_branches pgbench_tellers pgbench_history knex_migrations mig_1103 mig_1105 mig_1110 mig_1112'.split(
    ' ',
  );
const NAMES = ['shop', 'bench', ...ROLES, ...APPLICATIONS, ...TABLES].sort((a, b) => b.length - a.length);
const NAME = new RegExp(`(?<![\\w])(?:${NAMES.join('|')})(?!\\w)`, 'g');
/** The recordings were made on loopback. What the server itself is called by stays. */
const ADDRESS = /\b127\.(\d{1,3}\.\d{1,3})\.(\d{1,3})\b/g;
/** `2026-11-21 16:48:45`, with a T in Azure's envelope; `Nov 21 16:48:45` where the system log puts it before a line. */
const TIME = /\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?=(?:\.\d+)?(?: UTC|Z))/g;
const STAMP = /^(<\d+>)([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)/gm;
/** A session is told by the second in which it began, and its process. */
const SESSION = /\b(6[0-9a-f]{7})(?=\.[0-9a-f]{2,6}\b)/g;
/** The year of the recordings, which such a stamp does not tell. */
const YEAR = 2026;
const SYLLABLES = 'ba co du fe gi ho ju ka le mi no pu ra se ti vo wu ze'.split(' ');

/** Gives texts of a recording with other names and addresses, and at another time; the same ones for the same seed. */
export function renaming(seed: number, shiftMs: number): (log: string) => string {
  const random = seededRandom(seed);
  const given = new Map<string, string>();
  const remember = (old: string, make: () => string) => {
    const known = given.get(old) ?? make();
    given.set(old, known);
    return known;
  };
  const word = () => Array.from({ length: random.between(3, 5) }, () => random.pick(SYLLABLES)).join('');
  const network = () => `10.${random.between(1, 250)}.${random.between(1, 250)}`;

  return (log) =>
    log
      .replace(NAME, (name) => remember(name, word))
      .replace(ADDRESS, (_, net: string, host: string) => `${remember(net, network)}.${host}`)
      .replace(TIME, (time) =>
        shifted(`${time.replace(' ', 'T')}Z`, shiftMs)
          .slice(0, 19)
          .replace('T', time[10]!),
      )
      .replace(SESSION, (start) => (Number.parseInt(start, 16) + shiftMs / 1000).toString(16))
      .replace(STAMP, (_, priority: string, stamp: string) => `${priority}${shiftedStamp(stamp, shiftMs)}`);
}

function shifted(time: string, shiftMs: number): string {
  return new Date(Date.parse(time) + shiftMs).toISOString();
}

function shiftedStamp(stamp: string, shiftMs: number): string {
  const [, day, month, time] = new Date(Date.parse(`${stamp} ${YEAR} UTC`) + shiftMs)
    .toUTCString()
    .match(/, (?<day>\d\d) (?<month>\w{3}) \d{4} (?<time>[\d:]+)/)!;
  return `${month} ${day!.replace(/^0/, ' ')} ${time}`;
}
