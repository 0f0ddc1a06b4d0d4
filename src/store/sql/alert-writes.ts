import type { AlertWrite, UpsertOutcome } from '../alert-store.ts';
import type { ShardOwner } from '../state-store.ts';
import { alertRow } from './alert-rows.ts';
import { compiled, type Database } from './database.ts';
import type { Outcome, Statement } from './statement.ts';
import { wordsOf } from './words.ts';

/** Statements of one alert; the first one tells what became of it. */
const PER_ALERT = 4;

/** Of a shard that somebody else claimed meanwhile, the whole unit is refused. PostgreSQL: nobody claims it meanwhile. */
export function requireEpoch(db: Database, { shard, epoch }: ShardOwner): Statement {
  const mine = db.sql.selectFrom('shard_owner').select('epoch').where('shard', '=', shard).where('epoch', '=', epoch);
  return compiled(db.dialect === 'postgresql' ? mine.forShare() : mine, { guard: 'stale-epoch' });
}

/** To be put into a unit at position `at`. */
export function alertStatements(db: Database, writes: readonly AlertWrite[], at: number): Statement[] {
  return writes.flatMap((write, i) => alertStatement(db, write, at + i * PER_ALERT));
}

/** What became of the alerts of `alertStatements`. */
export function upsertOutcomes(
  writes: readonly AlertWrite[],
  outcomes: readonly Outcome[],
  at: number,
): UpsertOutcome[] {
  return writes.map((_, i) => {
    const updates = outcomes[at + i * PER_ALERT]?.rows[0]?.updates;
    return updates === undefined ? 'unchanged' : updates === 0 ? 'inserted' : 'updated';
  });
}

function backgroundOf(db: Database, { alert, background = { matters: [] } }: AlertWrite) {
  const values = { matters: JSON.stringify(background.matters), sealed: background.sealed ?? null };
  const insert = db.sql.insertInto('alert_background').values({ alert_name: alert.name, ...values });
  return insert.onConflict((conflict) => conflict.column('alert_name').doUpdateSet(values));
}

function alertStatement(db: Database, write: AlertWrite, at: number): Statement[] {
  const row = alertRow(write);
  const { properties } = write.alert;
  const words = wordsOf(properties.alertDisplayName, properties.description, properties.compromisedEntity, row.name);
  const upsert = db.sql
    .insertInto('alert')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({
          body: eb.ref('excluded.body'),
          version: eb.ref('excluded.version'),
          updates: eb('alert.updates', '+', 1),
          alert_type: eb.ref('excluded.alert_type'),
          severity: eb.ref('excluded.severity'),
          is_incident: eb.ref('excluded.is_incident'),
          correlation_key: eb.ref('excluded.correlation_key'),
          start_time: eb.ref('excluded.start_time'),
          end_time: eb.ref('excluded.end_time'),
          changed_time: eb.ref('excluded.changed_time'),
        }))
        .whereRef('excluded.version', '>', 'alert.version'),
    )
    .returning('updates');
  const forget = db.sql.deleteFrom('alert_word').where('name', '=', row.name);
  const learn = db.sql.insertInto('alert_word').values(words.map((word) => ({ name: row.name, word })));
  return [
    compiled(upsert),
    compiled(forget, { after: at }),
    compiled(learn, { after: at }),
    compiled(backgroundOf(db, write), { after: at }),
  ];
}
