import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AuditEntry, AuditFilter, AuditLog, AuditVerdict, NewAuditEntry } from '../audit-log.ts';
import type { Page, PageRequest } from '../page.ts';
import { isStoreError } from '../store-error.ts';
import { plainText } from './bindable.ts';
import { isInScopes } from './conditions.ts';
import { keyBehind, pageOf, rowsToRead } from './cursor.ts';
import { compiled, type Database } from './database.ts';
import { fromJson, jsonOrNull } from './json.ts';
import { present } from './present.ts';
import type { AuditTable } from './schema.ts';

/** What the first entry follows. */
const BEGINNING = '0'.repeat(64);
const VERIFIED_AT_ONCE = 1000;

export function sqlAuditLog(db: Database): AuditLog {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** One after the other, since each holds the hash of the one before. */
    append(entry) {
      const appended = last.then(() => append(db, entry));
      last = appended.catch(() => {});
      return appended;
    },
    list: (filter, page) => auditPage(db, filter, page),
    verify: () => verify(db),
  };
}

/** Another process that appends at the same time takes the number; the entry then goes behind it. */
async function append(db: Database, entry: NewAuditEntry): Promise<AuditEntry> {
  for (;;) {
    const head = await db.sql
      .selectFrom('audit_entry')
      .selectAll()
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    const row = chained(entry, head);
    try {
      await db.write([compiled(db.sql.insertInto('audit_entry').values(row))]);
      return auditEntry(row);
    } catch (error) {
      if (!isStoreError(error, 'conflict')) {
        throw error;
      }
    }
  }
}

/** Texts as they will be read back, so that the hash can be recomputed. */
function chained({ detail, address, ...entry }: NewAuditEntry, head: AuditTable | undefined): AuditTable {
  const json = jsonOrNull(detail);
  const row = {
    sequence: (head?.sequence ?? 0) + 1,
    time: entry.time,
    actor: plainText(entry.actor),
    action: plainText(entry.action),
    target: plainText(entry.target),
    outcome: entry.outcome,
    address: address === undefined ? null : plainText(address),
    detail: json === null ? null : plainText(json),
  };
  return { ...row, hash: hashOf(row, head?.hash ?? BEGINNING) };
}

function hashOf(row: Omit<AuditTable, 'hash'>, before: string): string {
  const { sequence, time, actor, action, target, outcome, address, detail } = row;
  const text = JSON.stringify([before, sequence, time, actor, action, target, outcome, address, detail]);
  return createHash('sha256').update(text).digest('hex');
}

async function auditPage(db: Database, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
  const [before] = keyBehind(page, [0]) ?? [Number.MAX_SAFE_INTEGER];
  const { actor, action, target, from, to } = filter;
  const rows = await db.sql
    .selectFrom('audit_entry')
    .selectAll()
    .where('sequence', '<', before)
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(target !== undefined, (query) => query.where((eb) => isInScopes(eb, 'target', [target ?? ''])))
    .$if(from !== undefined, (query) => query.where('time', '>=', from ?? 0))
    .$if(to !== undefined, (query) => query.where('time', '<', to ?? 0))
    .orderBy('sequence', 'desc')
    .limit(rowsToRead(page))
    .execute();
  return pageOf(page, rows, auditEntry, ({ sequence }) => [sequence]);
}

async function verify(db: Database): Promise<AuditVerdict> {
  let [entries, head] = [0, BEGINNING];
  for (;;) {
    const unread = db.sql.selectFrom('audit_entry').selectAll().where('sequence', '>', entries);
    const rows = await unread.orderBy('sequence').limit(VERIFIED_AT_ONCE).execute();
    for (const row of rows) {
      if (row.sequence !== entries + 1) {
        return { intact: false, entries, brokenAt: entries + 1, reason: `entry ${entries + 1} is missing` };
      }
      if (row.hash !== hashOf(row, head)) {
        return { intact: false, entries, brokenAt: row.sequence, reason: `entry ${row.sequence} was changed` };
      }
      [entries, head] = [row.sequence, row.hash];
    }
    if (rows.length < VERIFIED_AT_ONCE) {
      return { intact: true, entries, head };
    }
  }
}

function auditEntry({ address, detail, ...row }: Selectable<AuditTable>): AuditEntry {
  return {
    ...row,
    outcome: row.outcome as AuditEntry['outcome'],
    ...present({ address }),
    ...(detail !== null && { detail: fromJson<unknown>(detail) }),
  };
}
