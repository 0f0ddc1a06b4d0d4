import { type Selectable, sql } from 'kysely';
import type { DecisionBody } from '../../model/decision.ts';
import type { DecisionStore, NewDecision, StoredDecision } from '../decision-store.ts';
import { StoreError } from '../store-error.ts';
import { compiled, type Database } from './database.ts';
import { fromJson } from './json.ts';
import type { Listeners } from './listeners.ts';
import type { Schema } from './schema.ts';
import { settingsChanged } from './settings-revision.ts';
import type { Statement } from './statement.ts';

type Row = Selectable<Schema['decision']>;

export function sqlDecisionStore(db: Database, listeners: Listeners<void>): DecisionStore {
  return {
    append: async (decision) => {
      const outcomes = await db.write(newDecision(db, decision));
      listeners.tell();
      const row = outcomes[1]?.rows[0] as unknown as Row | undefined;
      if (row === undefined) {
        throw new StoreError('broken', 'The database gave no row for a decision that was written.');
      }
      return storedDecision(row);
    },
    after: async (sequence, limit, resourceKey) => {
      const rows = await db.sql
        .selectFrom('decision')
        .selectAll()
        .where('sequence', '>', sequence)
        .$if(resourceKey !== undefined, (query) => query.where('resource_key', '=', resourceKey ?? ''))
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(storedDecision);
    },
    place: async (sequence, eventTime) => {
      const update = db.sql.updateTable('decision').set({ event_time: eventTime }).where('sequence', '=', sequence);
      await db.write([compiled(update)]);
    },
    amend: async (sequence, body) => {
      const update = db.sql.updateTable('decision').set({ body: JSON.stringify(body) });
      await db.write([compiled(update.where('sequence', '=', sequence))]);
    },
    prune: async (before, limit) => {
      const old = db.sql.selectFrom('decision').select('sequence').where('made_time', '<', before);
      const rows = await old.orderBy('sequence').limit(limit).execute();
      const numbers = rows.map(({ sequence }) => sequence);
      if (numbers.length > 0) {
        await db.write([compiled(db.sql.deleteFrom('decision').where('sequence', 'in', numbers))]);
      }
      return numbers.length;
    },
  };
}

/** Statements of a unit; the counter keeps writers in turn, so that a higher sequence is never seen before a lower one. */
export function newDecision(db: Database, { resourceKey, body, by, time }: NewDecision): Statement[] {
  const next = db.sql.updateTable('counter').set((eb) => ({ value: eb('value', '+', 1) }));
  const insert = db.sql
    .insertInto('decision')
    .columns(['sequence', 'resource_key', 'body', 'made_by', 'made_time'])
    .expression(
      db.sql
        .selectFrom('counter')
        .where('name', '=', 'decision')
        .select('value')
        .select([
          sql<string>`cast(${resourceKey} as text)`.as('resource'),
          sql<string>`cast(${JSON.stringify(body)} as text)`.as('body'),
          sql<string>`cast(${by} as text)`.as('by'),
          sql<number>`cast(${time} as bigint)`.as('time'),
        ]),
    )
    .returningAll();
  return [compiled(next.where('name', '=', 'decision')), compiled(insert), settingsChanged(db)];
}

function storedDecision(row: Row): StoredDecision {
  const { sequence, resource_key: resourceKey, body, made_by: by, made_time: time, event_time: eventTime } = row;
  return {
    sequence,
    resourceKey,
    body: fromJson<DecisionBody>(body),
    by,
    time,
    ...(eventTime !== null && { eventTime }),
  };
}
