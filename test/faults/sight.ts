import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { sqlitePath } from '../../src/store/open-store.ts';

/** Shows whether a store changes while a server writes it. */
export interface Sight {
  /** Another text whenever an alert or a state was written; empty while there is no state, or the store is away. */
  look(): Promise<string>;
  /** What was saved last of the only resource. */
  state(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

const ALERTS = 'select name, version from alert order by name';
const STATE = 'select state from resource_state';
const STATES = 'select resource_key, bytes, saved_time from resource_state order by resource_key';

export async function openSight(storeUrl: string, directory: string): Promise<Sight> {
  const path = sqlitePath(storeUrl, directory);
  return path === undefined ? sightOfServer(storeUrl) : sightOfFile(path);
}

function sightOfFile(path: string): Sight {
  const rowsOf = (...queries: string[]) => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return queries.map((query) => db.prepare(query).all());
    } finally {
      db.close();
    }
  };
  return {
    async look() {
      try {
        const [alerts, states] = rowsOf(ALERTS, STATES);
        return textOf(alerts!, states!);
      } catch {
        return '';
      }
    },
    state: async () => rowsOf(STATE)[0]![0]?.state as Uint8Array | undefined,
    close: async () => {},
  };
}

async function sightOfServer(url: string): Promise<Sight> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set search_path to vedette');
  return {
    async look() {
      const alerts = await client.query(ALERTS);
      const states = await client.query(STATES);
      return textOf(alerts.rows, states.rows);
    },
    state: async () => (await client.query(STATE)).rows[0]?.state as Uint8Array | undefined,
    close: () => client.end(),
  };
}

function textOf(alerts: readonly object[], states: readonly object[]): string {
  return states.length === 0 ? '' : JSON.stringify([alerts, states]);
}
