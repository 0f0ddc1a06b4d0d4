import type { Selectable } from 'kysely';
import type { DocumentStore, StoredDocument } from '../document-store.ts';
import { isStoreError } from '../store-error.ts';
import { isInScopes } from './conditions.ts';
import { keyBehind, pageOf, rowsToRead } from './cursor.ts';
import type { Database } from './database.ts';
import { fromJson } from './json.ts';
import type { Listeners } from './listeners.ts';
import type { Schema } from './schema.ts';
import { settingsChanged } from './settings-revision.ts';
import type { Statement } from './statement.ts';
import { etagOf, putRow, removeRow } from './versioned.ts';

type Row = Selectable<Schema['document']>;

export function sqlDocumentStore(db: Database, listeners: Listeners<void>): DocumentStore {
  const change = async (...unit: Statement[]) => {
    const [outcome] = await db.write([...unit, settingsChanged(db)]);
    listeners.tell();
    return outcome;
  };
  return {
    get: async (kind, scope) => {
      const found = db.sql.selectFrom('document').selectAll().where('kind', '=', kind).where('scope', '=', scope);
      const row = await found.executeTakeFirst();
      return row && documentOf(row);
    },
    put: async ({ kind, scope, body, time }, precondition) => {
      const values = { body: JSON.stringify(body) };
      const outcome = await change(putRow(db, 'document', { kind, scope }, values, { time, precondition }));
      const row = outcome?.rows[0] as unknown as Row;
      return { document: documentOf(row), created: row.revision === 1 };
    },
    remove: async (kind, scope, precondition) => {
      try {
        await change(...removeRow(db, 'document', { kind, scope }, precondition));
        return true;
      } catch (error) {
        if (isStoreError(error, 'not-found')) {
          return false;
        }
        throw error;
      }
    },
    list: async (kind, below, page) => {
      const [behind = ''] = keyBehind(page, ['']) ?? [];
      const rows = await db.sql
        .selectFrom('document')
        .selectAll()
        .where('kind', '=', kind)
        .where('scope', '>', behind)
        .where((eb) => isInScopes(eb, 'scope', [below]))
        .orderBy('scope')
        .limit(rowsToRead(page))
        .execute();
      return pageOf(page, rows, documentOf, ({ scope }) => [scope]);
    },
  };
}

function documentOf(row: Row): StoredDocument {
  const { kind, scope, body, created_time: createdTime, changed_time: changedTime } = row;
  return { kind, scope, body: fromJson(body), createdTime, changedTime, etag: etagOf(row) };
}
