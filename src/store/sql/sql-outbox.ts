import { type Selectable, sql } from 'kysely';
import type { Outbox, OutboxClaim, OutboxFilter, OutboxMessage, OutboxState } from '../outbox.ts';
import type { Page, PageRequest } from '../page.ts';
import { isOneOf } from './conditions.ts';
import { keyBehind, pageOf, rowsToRead } from './cursor.ts';
import { compiled, type Database } from './database.ts';
import { hastened, newMessages, outboxMessage } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';

export function sqlOutbox(db: Database): Outbox {
  const messages = () => db.sql.updateTable('outbox');
  const leave = async (id: string, state: OutboxState, why: string) => {
    const left = messages().set({ state, last_error: why });
    await db.write([compiled(left.where('id', '=', id).where('state', '=', 'waiting'))]);
  };
  return {
    add: async (added) => {
      const outcomes = await db.write(newMessages(db, added));
      return outcomes.slice(0, added.length).reduce((sum, { count }) => sum + count, 0);
    },
    claim: (claim) => claimMessages(db, claim),
    holders: async (time) => {
      const held = db.sql.selectFrom('outbox').select('claimed_by').distinct().where('state', '=', 'waiting');
      const rows = await held.where('lease_until', '>', time).where('claimed_by', 'is not', null).execute();
      return rows.map((row) => row.claimed_by ?? '');
    },
    release: async (by) => {
      const freed = messages().set({ lease_until: 0 }).where('state', '=', 'waiting').where('claimed_by', '=', by);
      await db.write([compiled(freed)]);
    },
    markSent: async (ids, time) => {
      const sent = messages().set({ state: 'sent', sent_time: time, last_error: null }).where('id', 'in', ids);
      await db.write(ids.length > 0 ? [compiled(sent)] : []);
    },
    retry: async (id, dueTime, error) => {
      const retried = messages().set({ due_time: dueTime, lease_until: 0, last_error: error });
      await db.write([compiled(retried.where('id', '=', id).where('state', '=', 'waiting'))]);
    },
    hold: async (id, until, why) => {
      const held = messages().set((eb) => ({
        due_time: until,
        lease_until: 0,
        attempts: eb('attempts', '-', 1),
        last_error: why,
      }));
      await db.write([compiled(held.where('id', '=', id).where('state', '=', 'waiting')), hastened(db, id)]);
    },
    bury: (id, error) => leave(id, 'dead', error),
    silence: (id, why) => leave(id, 'silenced', why),
    resend: async (id, dueTime) => {
      const fresh = {
        state: 'waiting',
        due_time: dueTime,
        lease_until: 0,
        attempts: 0,
        sent_time: null,
        last_error: null,
      };
      await db.write([compiled(messages().set(fresh).where('id', '=', id), { guard: 'not-found' })]);
    },
    get: async (id) => {
      const row = await db.sql.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
      return row && outboxMessage(row);
    },
    list: (filter, page) => messagePage(db, filter, page),
    depths: () => depths(db),
    prune: async (createdBefore, limit) => {
      const old = db.sql.selectFrom('outbox').select('id').where('created_time', '<', createdBefore);
      const done = old.where('state', '!=', 'waiting').limit(limit);
      const [outcome] = await db.write([compiled(db.sql.deleteFrom('outbox').where('id', 'in', done))]);
      return outcome?.count ?? 0;
    },
  };
}

/** PostgreSQL: what another process is about to claim is passed over, not waited for. */
async function claimMessages(
  db: Database,
  { channel, by, time, leaseMs, limit }: OutboxClaim,
): Promise<OutboxMessage[]> {
  const due = db.sql
    .selectFrom('outbox as due')
    .select('due.id')
    .where('due.channel', '=', channel)
    .where('due.state', '=', 'waiting')
    .where('due.due_time', '<=', time)
    .where('due.lease_until', '<=', time)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as earlier')
            .select('earlier.id')
            .whereRef('earlier.alert_name', '=', 'due.alert_name')
            .whereRef('earlier.channel', '=', 'due.channel')
            .where('earlier.state', '=', 'waiting')
            .whereRef('earlier.alert_version', '<', 'due.alert_version'),
        ),
      ),
    )
    .orderBy('due.due_time')
    .orderBy('due.id')
    .limit(limit)
    .$if(db.dialect === 'postgresql', (query) => query.forUpdate('due').skipLocked());
  const claimed = db.sql
    .updateTable('outbox')
    .set((eb) => ({ claimed_by: by, lease_until: time + leaseMs, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', due)
    .returningAll();
  const [outcome] = await db.write([compiled(claimed)]);
  const rows = (outcome?.rows ?? []) as unknown as Selectable<OutboxTable>[];
  return rows.map(outboxMessage).sort((a, b) => a.dueTime - b.dueTime || (a.id < b.id ? -1 : 1));
}

async function messagePage(db: Database, filter: OutboxFilter, page: PageRequest): Promise<Page<OutboxMessage>> {
  const [time, id] = keyBehind(page, [0, '']) ?? [Number.MAX_SAFE_INTEGER, ''];
  const { states, channel, alertName } = filter;
  const rows = await db.sql
    .selectFrom('outbox')
    .selectAll()
    .where('created_time', '<=', time)
    .where((eb) => eb.or([eb('created_time', '<', time), eb('id', '>', id)]))
    .$if(states !== undefined, (query) => query.where((eb) => isOneOf(eb, 'state', states ?? [])))
    .$if(channel !== undefined, (query) => query.where('channel', '=', channel ?? ''))
    .$if(alertName !== undefined, (query) => query.where('alert_name', '=', alertName ?? ''))
    .orderBy('created_time', 'desc')
    .orderBy('id')
    .limit(rowsToRead(page))
    .execute();
  return pageOf(page, rows, outboxMessage, (row) => [row.created_time, row.id]);
}

async function depths(db: Database) {
  const rows = await db.sql
    .selectFrom('outbox')
    .select(['channel', 'state', sql<number>`count(*)`.as('count'), sql<number>`min(due_time)`.as('oldest')])
    .groupBy(['channel', 'state'])
    .orderBy('channel')
    .orderBy('state')
    .execute();
  return rows.map(({ channel, state, count, oldest }) => ({
    channel,
    state: state as OutboxState,
    count,
    oldestDueTime: oldest,
  }));
}
