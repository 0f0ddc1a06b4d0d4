import type { MatterKey } from '../../model/decision.ts';
import type { AlertBackground } from '../alert-store.ts';
import type { Database } from './database.ts';
import { fromJson } from './json.ts';

export async function alertBackground(db: Database, name: string): Promise<AlertBackground | undefined> {
  const found = db.sql.selectFrom('alert_background').selectAll().where('alert_name', '=', name);
  const row = await found.executeTakeFirst();
  return (
    row && {
      matters: fromJson<MatterKey[]>(row.matters),
      ...(row.sealed !== null && { sealed: new Uint8Array(row.sealed) }),
    }
  );
}
