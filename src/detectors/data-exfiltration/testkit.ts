import { ActivityClass } from '../../model/activity.ts';
import { at, type Happening, office, privateAddress, replay, signIn } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

/** The day, from 0, on which what is tried begins: a Monday. */
export const TRIED = 21;
const LAST_DAY = 28;
export const TABLES = Array.from({ length: 12 }, (_, n) => `table_${n}`);
export const DBEAVER = 'DBeaver 24.1.0 - SQLEditor <Script.sql>';

type Client = Partial<Happening>;

/** At her desk with DBeaver, which shows a table by reading it without a limit. */
export const alice: Client = { principal: 'alice', application: DBEAVER, address: office };
export const backup: Client = { principal: 'backup', application: 'pg_dump', address: privateAddress('10.0.9.5') };
const shop: Client = { principal: 'shop', application: 'shop-api/1.4', address: privateAddress('10.0.0.5') };

/** A login, and statements so long after each other. */
export function visit(time: number, who: Client, statements: readonly string[], everyMs = 1000): Happening[] {
  const sent = statements.map((statement, n) =>
    signIn({ class: ActivityClass.statement, ...who, statement, time: time + everyMs * (n + 1) }),
  );
  return [signIn({ ...who, time }), ...sent];
}

export const dump = (tables: readonly string[]) => tables.map((table) => `COPY public.${table} (id, a, b) TO stdout;`);
export const times = (count: number, sql: (n: number) => string) => Array.from({ length: count }, (_, n) => sql(n));

/** Four weeks of a server: a shop that pages through its listing, a backup each night, and Alice. */
export const usual: readonly Happening[] = times(LAST_DAY, String).flatMap((_, day) => [
  ...times(24, String).flatMap((__, hour) =>
    visit(at(day, hour), shop, [
      `SELECT id, name FROM table_1 WHERE id = ${97 * day + hour}`,
      `SELECT id, name FROM table_2 ORDER BY id LIMIT 20 OFFSET ${20 * (hour % 5)}`,
    ]),
  ),
  ...visit(at(day, 2), backup, dump(TABLES)),
  ...[8, 10, 13, 15]
    .filter(() => day % 7 < 5)
    .flatMap((hour) =>
      visit(
        at(day, hour),
        alice,
        [
          `SELECT * FROM table_1 WHERE id = ${31 * day + hour}`,
          `SELECT x.* FROM table_${hour % 3} x`,
          `SELECT * FROM table_3 WHERE state = 'open' LIMIT 100`,
          'SELECT count(*) FROM table_4',
        ],
        60_000,
      ),
    ),
]);

/** What is told of a deed among all that is usual. */
export function told(...deed: readonly Happening[]): string[] {
  const history = [...usual, ...deed].sort((a, b) => a.time - b.time);
  return replay(dataExfiltration, history).map(
    ({ finding: { severity, variant, entities } }) => `${entities.principal}: ${variant} ${severity}`,
  );
}
