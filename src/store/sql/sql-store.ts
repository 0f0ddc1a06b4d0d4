import type { Store } from '../store.ts';
import type { Database } from './database.ts';
import { createListeners } from './listeners.ts';
import { sqlAlertStore } from './sql-alert-store.ts';
import { sqlArchiveStore } from './sql-archive-store.ts';
import { sqlAuditLog } from './sql-audit-log.ts';
import { sqlDecisionStore } from './sql-decision-store.ts';
import { sqlDocumentStore } from './sql-document-store.ts';
import { sqlHealthStore } from './sql-health-store.ts';
import { sqlIdentityStore } from './sql-identity-store.ts';
import { sqlOutbox } from './sql-outbox.ts';
import { sqlResourceStore } from './sql-resource-store.ts';
import { sqlSettingsStore } from './sql-settings-store.ts';
import { sqlStateStore } from './sql-state-store.ts';

/** The ports, over either database. */
export function sqlStore(db: Database): Store {
  const alertListeners = createListeners<readonly string[]>();
  const settingsListeners = createListeners<void>();
  return {
    alerts: sqlAlertStore(db, alertListeners, settingsListeners),
    state: sqlStateStore(db),
    resources: sqlResourceStore(db, () => settingsListeners.tell()),
    settings: sqlSettingsStore(db, settingsListeners),
    outbox: sqlOutbox(db),
    audit: sqlAuditLog(db),
    documents: sqlDocumentStore(db, settingsListeners),
    decisions: sqlDecisionStore(db, settingsListeners),
    identity: sqlIdentityStore(db),
    health: sqlHealthStore(db),
    archive: sqlArchiveStore(db),
    ping: async () => {
      await db.sql.selectFrom('counter').select('value').limit(1).execute();
    },
    bytes: () => db.bytes(),
    reclaim: () => db.reclaim(),
    overwrite: () => db.overwrite(),
    close: () => db.close(),
  };
}
