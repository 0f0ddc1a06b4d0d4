import { compiled, type Database } from './database.ts';
import type { Statement } from './statement.ts';

/** Belongs into each unit that changes settings, policies, resources or documents. */
export function settingsChanged(db: Database): Statement {
  const next = db.sql.updateTable('counter').set((eb) => ({ value: eb('value', '+', 1) }));
  return compiled(next.where('name', '=', 'settings'));
}

export async function settingsRevision(db: Database): Promise<number> {
  const counter = db.sql.selectFrom('counter').select('value').where('name', '=', 'settings');
  return (await counter.executeTakeFirstOrThrow()).value;
}
