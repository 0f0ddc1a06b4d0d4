import { sql } from 'kysely';
import { isInScopes } from './conditions.ts';
import { type Database, tableName } from './database.ts';
import type { Schema } from './schema.ts';
import type { Statement } from './statement.ts';

/** Where people's words about alerts stand, and which column names the alert. */
const NOTES: readonly (readonly [table: keyof Schema, text: string, alert: string])[] = [
  ['alert_comment', 'text', 'alert_name'],
  ['alert_status_change', 'reason', 'alert_name'],
  ['alert', 'status_reason', 'name'],
];
/** Texts of one read. */
const PAGE = 500;

/** See `AlertStore.rewriteNotes`. */
export async function rewriteNotes(
  db: Database,
  scopes: readonly string[],
  change: (text: string) => string,
): Promise<void> {
  const names = db.sql.selectFrom('alert').select('name');
  const alerts = names.where((eb) => isInScopes(eb, 'resource_key', scopes));
  for (const [table, text, alert] of NOTES) {
    const column = sql.ref(text);
    const isMeant = sql`${sql.ref(alert)} in ${alerts}`;
    for (let last: string | undefined = ''; last !== undefined; ) {
      const found: { text: string }[] = (
        await sql<{ text: string }>`select distinct ${column} as text from ${tableName(db, table)}
          where ${column} > ${last} and ${isMeant} order by ${column} limit ${PAGE}`.execute(db.sql)
      ).rows;
      const updates = found.flatMap(({ text: before }): Statement[] => {
        const after = change(before);
        const update = sql`update ${tableName(db, table)} set ${column} = ${after} where ${column} = ${before} and ${isMeant}`;
        const { sql: statement, parameters } = update.compile(db.sql);
        return after === before ? [] : [{ sql: statement, parameters }];
      });
      if (updates.length > 0) {
        await db.write(updates);
      }
      last = found.length < PAGE ? undefined : found.at(-1)!.text;
    }
  }
}
