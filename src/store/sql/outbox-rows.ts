import type { Selectable } from 'kysely';
import type { NewOutboxMessage, OutboxMessage, OutboxState } from '../outbox.ts';
import { compiled, type Database } from './database.ts';
import type { OutboxTable } from './schema.ts';
import type { Statement } from './statement.ts';

/**
 * One statement for each message, so that each tells whether it was new. Behind them: news about an alert hastens what
 * waits of it already, since it is told in its order.
 */
export function newMessages(db: Database, messages: readonly NewOutboxMessage[]): Statement[] {
  const inserts = messages.map((message) =>
    compiled(
      db.sql
        .insertInto('outbox')
        .values(messageRow(message, db.now()))
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((eb) => ({ state: 'waiting', due_time: eb.ref('excluded.due_time'), last_error: null }))
            .where('outbox.state', '=', 'silenced')
            .where('excluded.state', '=', 'waiting'),
        ),
    ),
  );
  const news = messages.filter(({ alertVersion, silenced }) => alertVersion > 1 && silenced === undefined);
  return [...inserts, ...news.map((message) => hastening(db, message))];
}

function hastening(db: Database, { alertName, alertVersion, channel, dueTime }: NewOutboxMessage): Statement {
  return compiled(
    db.sql
      .updateTable('outbox')
      .set({ due_time: dueTime })
      .where('alert_name', '=', alertName)
      .where('alert_version', '<', alertVersion)
      .where('channel', '=', channel)
      .where('state', '=', 'waiting')
      .where('due_time', '>', dueTime),
  );
}

/** A message waits no longer than a higher version of its alert does. `UPDATE … FROM`: PostgreSQL, SQLite from 3.33 on. */
export function hastened(db: Database, id: string): Statement {
  return compiled(
    db.sql
      .updateTable('outbox')
      .from(
        db.sql
          .selectFrom('outbox as held')
          .innerJoin('outbox as later', (join) =>
            join
              .onRef('later.alert_name', '=', 'held.alert_name')
              .onRef('later.channel', '=', 'held.channel')
              .onRef('later.alert_version', '>', 'held.alert_version'),
          )
          .where('held.id', '=', id)
          .where('later.state', '=', 'waiting')
          .select((eb) => eb.fn.min('later.due_time').as('time'))
          .as('news'),
      )
      .set((eb) => ({ due_time: eb.ref('news.time') }))
      .where('outbox.id', '=', id)
      .whereRef('news.time', '<', 'outbox.due_time'),
  );
}

export function outboxMessage(row: Selectable<OutboxTable>): OutboxMessage {
  return {
    id: row.id,
    alertName: row.alert_name,
    alertVersion: row.alert_version,
    channel: row.channel,
    dueTime: row.due_time,
    state: row.state as OutboxState,
    attempts: row.attempts,
    createdTime: row.created_time,
    ...(row.payload !== null && { payload: JSON.parse(row.payload) as unknown }),
    ...(row.sent_time !== null && { sentTime: row.sent_time }),
    ...(row.last_error !== null && { lastError: row.last_error }),
  };
}

/** `alert/version/channel`: receivers know a duplicate by it. */
function messageId({ alertName, alertVersion, channel }: NewOutboxMessage): string {
  return `${alertName}/${alertVersion}/${channel}`;
}

function messageRow(message: NewOutboxMessage, now: number): OutboxTable {
  return {
    id: messageId(message),
    alert_name: message.alertName,
    alert_version: message.alertVersion,
    channel: message.channel,
    state: message.silenced === undefined ? 'waiting' : 'silenced',
    due_time: message.dueTime,
    lease_until: 0,
    claimed_by: null,
    attempts: 0,
    created_time: now,
    sent_time: null,
    last_error: message.silenced ?? null,
    payload: message.payload === undefined ? null : JSON.stringify(message.payload),
  };
}
