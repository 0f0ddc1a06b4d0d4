import type { Selectable } from 'kysely';
import type { FleetPolicy, SettingsOverride, SettingsStore } from '../settings-store.ts';
import type { Database } from './database.ts';
import { fromJson } from './json.ts';
import type { Listeners } from './listeners.ts';
import type { Schema } from './schema.ts';
import { settingsChanged, settingsRevision } from './settings-revision.ts';
import type { Statement } from './statement.ts';
import { etagOf, putRow, removeRow } from './versioned.ts';

type OverrideRow = Selectable<Schema['settings_override']>;
type PolicyRow = Selectable<Schema['fleet_policy']>;

export function sqlSettingsStore(db: Database, listeners: Listeners<void>): SettingsStore {
  const change = async (...unit: Statement[]): Promise<unknown> => {
    const [outcome] = await db.write([...unit, settingsChanged(db)]);
    listeners.tell();
    return outcome?.rows[0];
  };
  return {
    override: async (scope) => {
      const found = db.sql.selectFrom('settings_override').selectAll().where('scope', '=', scope);
      const row = await found.executeTakeFirst();
      return row && overrideOf(row);
    },
    overrides: async () => {
      const rows = await db.sql.selectFrom('settings_override').selectAll().orderBy('scope').execute();
      return rows.map(overrideOf);
    },
    putOverride: async ({ scope, settings, changedBy, changedTime }, precondition) => {
      const values = { settings: JSON.stringify(settings), changed_by: changedBy };
      const put = putRow(db, 'settings_override', { scope }, values, { time: changedTime, precondition });
      return overrideOf((await change(put)) as OverrideRow);
    },
    removeOverride: async (scope, precondition) => {
      await change(...removeRow(db, 'settings_override', { scope }, precondition));
    },
    policies: async () => {
      const rows = await db.sql.selectFrom('fleet_policy').selectAll().orderBy('rank').orderBy('name').execute();
      return rows.map(policyOf);
    },
    putPolicy: async ({ name, rank, match, settings, changedBy, changedTime }, precondition) => {
      const json = { match: JSON.stringify(match), settings: JSON.stringify(settings) };
      const values = { rank, changed_by: changedBy, ...json };
      const put = putRow(db, 'fleet_policy', { name }, values, { time: changedTime, precondition });
      return policyOf((await change(put)) as PolicyRow);
    },
    removePolicy: async (name, precondition) => {
      await change(...removeRow(db, 'fleet_policy', { name }, precondition));
    },
    revision: () => settingsRevision(db),
    watch: (listener) => listeners.add(listener),
  };
}

function overrideOf(row: OverrideRow): SettingsOverride {
  const { scope, settings, changed_by: changedBy, changed_time: changedTime } = row;
  return { scope, settings: fromJson(settings), changedBy, changedTime, etag: etagOf(row) };
}

function policyOf(row: PolicyRow): FleetPolicy {
  const { name, rank, match, settings, changed_by: changedBy, changed_time: changedTime } = row;
  return {
    name,
    rank,
    match: fromJson(match),
    settings: fromJson(settings),
    changedBy,
    changedTime,
    etag: etagOf(row),
  };
}
