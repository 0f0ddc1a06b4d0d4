import type { ResourceCheckpoint, ShardClaim, StateStore } from '../state-store.ts';
import { requireEpoch } from './alert-writes.ts';
import { compiled, type Database } from './database.ts';
import { spoolStatements } from './sql-archive-store.ts';
import type { Statement } from './statement.ts';

/** Resources of one read: state may be megabytes each, and a shard may hold many. */
const LOADED_AT_ONCE = 50;

/** Other states are not about a resource. */
const OF_RESOURCE = '/%';

export function sqlStateStore(db: Database): StateStore {
  const saving = createSaving(db);
  return {
    claim: (shards, owner) => claim(db, shards, owner),
    claims: async () => {
      const rows = await db.sql.selectFrom('shard_owner').selectAll().orderBy('shard').execute();
      return rows.map(({ claimed_time: claimedTime, ...claimed }) => ({ ...claimed, claimedTime }));
    },
    load: (shard) => load(db, shard),
    checkpoint: async (shards) => {
      await db.write(
        shards.flatMap(({ owner, resources, spooled }) => [
          requireEpoch(db, owner),
          ...spoolStatements(db, owner.shard, spooled),
          ...resources.map((resource) => saving(owner.shard, resource)),
        ]),
      );
    },
    prune: async (savedBefore, limit) => {
      const known = db.sql.selectFrom('resource').select('key');
      const old = db.sql
        .selectFrom('resource_state')
        .select('resource_key')
        .where('saved_time', '<', savedBefore)
        .where('resource_key', 'like', OF_RESOURCE)
        .where('resource_key', 'not in', known)
        .limit(limit);
      const [outcome] = await db.write([
        compiled(db.sql.deleteFrom('resource_state').where('resource_key', 'in', old)),
      ]);
      return outcome?.count ?? 0;
    },
    remove: async (resourceKey) => {
      await db.write([compiled(db.sql.deleteFrom('resource_state').where('resource_key', '=', resourceKey))]);
    },
    bytes: async () => {
      const sum = db.sql.selectFrom('resource_state').select(({ fn }) => fn.sum<number | null>('bytes').as('bytes'));
      const [row] = await sum.where('resource_key', 'like', OF_RESOURCE).execute();
      return Number(row?.bytes ?? 0);
    },
    pruneOldest: async (savedBefore, limit) => {
      const oldest = db.sql
        .selectFrom('resource_state')
        .select('resource_key')
        .where('saved_time', '<', savedBefore)
        .where('resource_key', 'like', OF_RESOURCE)
        .orderBy('saved_time')
        .orderBy('resource_key')
        .limit(limit);
      const [outcome] = await db.write([
        compiled(db.sql.deleteFrom('resource_state').where('resource_key', 'in', oldest)),
      ]);
      return outcome?.count ?? 0;
    },
    sizes: async (limit) => {
      const sizes = db.sql.selectFrom('resource_state').select(['resource_key', 'bytes', 'saved_time']);
      const rows = await sizes.orderBy('bytes', 'desc').limit(limit).execute();
      return rows.map((row) => ({ resourceKey: row.resource_key, bytes: row.bytes, savedTime: row.saved_time }));
    },
  };
}

async function claim(db: Database, shards: readonly number[], owner: string): Promise<ShardClaim[]> {
  const claimedTime = db.now();
  const ordered = [...shards].sort((a, b) => a - b);
  const outcomes = await db.write(
    ordered.map((shard) =>
      compiled(
        db.sql
          .insertInto('shard_owner')
          .values({ shard, epoch: 1, owner, claimed_time: claimedTime })
          .onConflict((conflict) =>
            conflict
              .column('shard')
              .doUpdateSet((eb) => ({ epoch: eb('shard_owner.epoch', '+', 1), owner, claimed_time: claimedTime })),
          )
          .returning('epoch'),
      ),
    ),
  );
  return ordered.map((shard, i) => ({ shard, epoch: Number(outcomes[i]?.rows[0]?.epoch), owner, claimedTime }));
}

async function load(db: Database, shard: number): Promise<ResourceCheckpoint[]> {
  const loaded: ResourceCheckpoint[] = [];
  for (;;) {
    const rows = await db.sql
      .selectFrom('resource_state')
      .select(['resource_key', 'state', 'positions'])
      .where('shard', '=', shard)
      .where('resource_key', '>', loaded.at(-1)?.resourceKey ?? '')
      .orderBy('resource_key')
      .limit(LOADED_AT_ONCE)
      .execute();
    loaded.push(...rows.map(resourceCheckpoint));
    if (rows.length < LOADED_AT_ONCE) {
      return loaded;
    }
  }
}

/** PostgreSQL's driver gives buffers. */
function resourceCheckpoint(row: {
  resource_key: string;
  state: Uint8Array;
  positions: Uint8Array;
}): ResourceCheckpoint {
  const { resource_key: resourceKey, state, positions } = row;
  return { resourceKey, state: plainBytes(state), positions: plainBytes(positions) };
}

function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Gives the statement that saves a resource. Its text is made once: a checkpoint may hold thousands. */
function createSaving(db: Database): (shard: number, checkpoint: ResourceCheckpoint) => Statement {
  const none = new Uint8Array();
  const row = { resource_key: '', shard: 0, state: none, positions: none, bytes: 0, saved_time: 0 };
  const { sql } = compiled(
    db.sql
      .insertInto('resource_state')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('resource_key').doUpdateSet((eb) => ({
          shard: eb.ref('excluded.shard'),
          state: eb.ref('excluded.state'),
          positions: eb.ref('excluded.positions'),
          bytes: eb.ref('excluded.bytes'),
          saved_time: eb.ref('excluded.saved_time'),
        })),
      ),
  );
  return (shard, { resourceKey, state, positions }) => {
    const bytes = state.byteLength + positions.byteLength;
    return { sql, parameters: [resourceKey, shard, state, positions, bytes, db.now()] };
  };
}
