import type { Selectable } from 'kysely';
import type { NewOutboxMessage, OutboxMessage, OutboxState } from '../outbox.ts';
import { compiled, type Database } from './database.ts';
import type { OutboxTable } from './schema.ts';
import type { Statement } from './statement.ts';

/** One statement for each message, so that each tells whether it was new. */
export function newMessages(db: Database, messages: readonly NewOutboxMessage[]): Statement[] {
  return messages.map((message) =>
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
