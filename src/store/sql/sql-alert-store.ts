import { sql } from 'kysely';
import type { AlertStore, AlertWrite, StatusChange, StoredAlert, UpsertOutcome } from '../alert-store.ts';
import type { NewOutboxMessage } from '../outbox.ts';
import { StoreError } from '../store-error.ts';
import { alertBackground } from './alert-background.ts';
import { alertCounts, alertPage } from './alert-lists.ts';
import { rewriteNotes } from './alert-notes.ts';
import { storedAlert } from './alert-rows.ts';
import { alertStatements, requireEpoch, upsertOutcomes } from './alert-writes.ts';
import { isOneOf } from './conditions.ts';
import { compiled, type Database } from './database.ts';
import type { Listeners } from './listeners.ts';
import { newMessages } from './outbox-rows.ts';
import { newDecision } from './sql-decision-store.ts';
import type { Statement } from './statement.ts';
import { etagPart } from './versioned.ts';

export function sqlAlertStore(
  db: Database,
  listeners: Listeners<readonly string[]>,
  settingsListeners: Listeners<void>,
): AlertStore {
  const upsert = async (before: Statement[], writes: readonly AlertWrite[], messages: readonly NewOutboxMessage[]) => {
    const unit = [...before, ...alertStatements(db, writes, before.length), ...newMessages(db, messages)];
    const outcomes = upsertOutcomes(writes, await db.write(unit), before.length);
    tellChanged(listeners, writes, outcomes);
    return outcomes;
  };
  return {
    upsert: (owner, writes, messages = []) => upsert([requireEpoch(db, owner)], writes, messages),
    upsertOwn: (writes, messages = []) => upsert([], writes, messages),
    get: (name) => getAlert(db, name),
    list: (filter, page) => alertPage(db, filter, page),
    count: (filter) => alertCounts(db, filter),
    background: (name) => alertBackground(db, name),
    changeStatus: async (name, change, ifMatch, messages = []) => {
      await changeStatus(db, name, change, { ifMatch, messages });
      listeners.tell([name]);
      settingsListeners.tell();
      return existing(await getAlert(db, name));
    },
    statusChanges: (name) => statusChanges(db, name),
    comment: async ({ id, alertName, by, time, text }) => {
      const touch = db.sql.updateTable('alert').set({ changed_time: time }).where('name', '=', alertName);
      const row = { id, alert_name: alertName, made_by: by, made_time: time, text };
      const insert = db.sql.insertInto('alert_comment').values(row);
      await db.write([compiled(touch, { guard: 'not-found' }), compiled(insert)]);
      listeners.tell([alertName]);
    },
    comments: async (alertName) => {
      const found = db.sql.selectFrom('alert_comment').selectAll().where('alert_name', '=', alertName);
      const rows = await found.orderBy('made_time').orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, alertName, by: row.made_by, time: row.made_time, text: row.text }));
    },
    rewriteNotes: (scopes, change) => rewriteNotes(db, scopes, change),
    prune: async (endedBefore, limit, resourceKeys = { except: [] }) => {
      const ended = db.sql
        .selectFrom('alert')
        .select('name')
        .where('end_time', '<', endedBefore)
        .where((eb) =>
          'only' in resourceKeys
            ? isOneOf(eb, 'resource_key', resourceKeys.only)
            : eb.not(isOneOf(eb, 'resource_key', resourceKeys.except)),
        );
      return remove(db, await ended.orderBy('end_time').limit(limit).execute());
    },
    pruneOldest: async (limit) => {
      return remove(db, await db.sql.selectFrom('alert').select('name').orderBy('end_time').limit(limit).execute());
    },
    watch: (listener) => listeners.add(listener),
  };
}

/** To be called after the commit. */
function tellChanged(
  listeners: Listeners<readonly string[]>,
  writes: readonly AlertWrite[],
  outcomes: readonly UpsertOutcome[],
): void {
  const names = writes.filter((_, i) => outcomes[i] !== 'unchanged').map(({ alert }) => alert.name);
  if (names.length > 0) {
    listeners.tell(names);
  }
}

async function getAlert(db: Database, name: string): Promise<StoredAlert | undefined> {
  const row = await db.sql.selectFrom('alert').selectAll().where('name', '=', name).executeTakeFirst();
  return row && storedAlert(row);
}

async function changeStatus(
  db: Database,
  name: string,
  change: StatusChange,
  { ifMatch, messages }: { ifMatch: string | undefined; messages: readonly NewOutboxMessage[] },
): Promise<void> {
  const { status, by, time, reason = null } = change;
  const [version = '', revision = ''] = (ifMatch ?? '').split('.');
  const known = db.sql.selectFrom('alert').select('name').where('name', '=', name);
  const update = db.sql
    .updateTable('alert')
    .set((eb) => ({
      status,
      status_by: by,
      status_time: time,
      status_reason: reason,
      changed_time: time,
      revision: eb('revision', '+', 1),
    }))
    .where('name', '=', name)
    .$if(ifMatch !== undefined && ifMatch !== '*', (query) =>
      query.where('version', '=', etagPart(version)).where('revision', '=', etagPart(revision)),
    );
  const note = db.sql
    .insertInto('alert_status_change')
    .columns(['alert_name', 'revision', 'status', 'made_by', 'made_time', 'reason'])
    .expression(
      db.sql
        .selectFrom('alert')
        .select(['name', 'revision', 'status', sql<string>`status_by`.as('by'), sql<number>`status_time`.as('time')])
        .select('status_reason')
        .where('name', '=', name),
    );
  await db.write([
    compiled(known, { guard: 'not-found' }),
    compiled(update, { guard: 'conflict' }),
    compiled(note),
    ...newMessages(db, messages),
    ...(await acceptance(db, name, change)),
  ]);
}

/** Who dismisses an alert says that it tells of nothing unusual. */
async function acceptance(db: Database, name: string, { status, by, time }: StatusChange): Promise<Statement[]> {
  const [alert, background] =
    status === 'Dismissed' ? await Promise.all([getAlert(db, name), alertBackground(db, name)]) : [];
  if (alert === undefined || background === undefined || background.matters.length === 0) {
    return [];
  }
  const body = { kind: 'accept', alert: name, matters: background.matters } as const;
  return newDecision(db, { resourceKey: alert.resourceKey, body, by, time });
}

async function statusChanges(db: Database, name: string): Promise<StatusChange[]> {
  const changes = db.sql.selectFrom('alert_status_change').selectAll().where('alert_name', '=', name);
  const rows = await changes.orderBy('revision').execute();
  return rows.map(({ status, made_by: by, made_time: time, reason }) => ({
    status: status as StatusChange['status'],
    by,
    time,
    ...(reason !== null && { reason }),
  }));
}

async function remove(db: Database, rows: readonly { name: string }[]): Promise<number> {
  const names = rows.map(({ name }) => name);
  if (names.length === 0) {
    return 0;
  }
  const outcomes = await db.write([
    compiled(db.sql.deleteFrom('alert').where('name', 'in', names)),
    compiled(db.sql.deleteFrom('alert_word').where('name', 'in', names)),
    compiled(db.sql.deleteFrom('alert_status_change').where('alert_name', 'in', names)),
    compiled(db.sql.deleteFrom('alert_background').where('alert_name', 'in', names)),
    compiled(db.sql.deleteFrom('alert_comment').where('alert_name', 'in', names)),
    compiled(db.sql.deleteFrom('outbox').where('alert_name', 'in', names)),
  ]);
  return outcomes[0]?.count ?? 0;
}

function existing(alert: StoredAlert | undefined): StoredAlert {
  if (alert === undefined) {
    throw new StoreError('not-found', 'The alert was removed meanwhile.');
  }
  return alert;
}
