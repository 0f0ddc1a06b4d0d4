import { mergeSmallFiles } from '../../src/archive/compaction.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import { pruneStatements } from '../../src/archive/prune-statements.ts';
import { blockOf, catalog, DAY_MS, HOUR_MS, orders, START, statement } from '../../src/archive/testkit-activities.ts';
import { faultPoint } from '../../src/lib/fault-point.ts';
import { openStore } from '../../src/store/open-store.ts';
import { random } from '../random.ts';

/**
 * Writes activities until it is killed, or has done its rounds; goes on where the last checkpoint was. Row n has the offset
 * n in its log, so that a row that is lost or doubled is seen.
 */
const [directory = '.', seed = '1', rounds = '12'] = process.argv.slice(2);
const SHARDS = [1, 2] as const;
const ROWS = 7;

const next = random(Number(seed));
const store = await openStore('sqlite:vedette.db', { directory });
const owners = await store.state.claim(SHARDS, 'writer');
const archive = await openArchive(`${directory}/archive`, store.archive);
const written = new Map<number, number>();
for (const shard of SHARDS) {
  const [saved] = await store.state.load(shard);
  written.set(shard, saved === undefined ? 0 : Number(Buffer.from(saved.positions).toString()));
}

/** Some rows of a shard, of hours and days that differ. */
function rowsFrom(shard: number, first: number): Uint8Array {
  const source = `shard-${shard}.log`;
  return blockOf(
    Array.from({ length: ROWS }, (_, i) => {
      const byteOffset = first + i;
      const time = START + (byteOffset % 3) * DAY_MS + (byteOffset % 5) * HOUR_MS;
      return statement({ time, byteOffset, source, statement: `SELECT ${'a'.repeat(1 + (byteOffset % 11))} FROM t` });
    }),
    shard === 1 ? orders : catalog,
  );
}

async function write(shard: number): Promise<void> {
  const first = written.get(shard)!;
  const blocks = [rowsFrom(shard, first), rowsFrom(shard, first + ROWS), rowsFrom(shard, first + 2 * ROWS)];
  const end = await archive.append(shard, blocks);
  faultPoint('spooled');
  const to = first + blocks.length * ROWS;
  const saved = { resourceKey: `shard ${shard}`, state: Buffer.of(), positions: Buffer.from(String(to)) };
  faultPoint('checkpoint');
  const owner = owners.find((it) => it.shard === shard)!;
  await store.state.checkpoint([{ owner, resources: [saved], spooled: { archive: archive.id, end } }]);
  faultPoint('checkpointed');
  archive.noteCommitted(shard, end);
  written.set(shard, to);
}

for (let round = 0; round < Number(rounds); round++) {
  const flushing = next() < 0.5 ? archive.flush() : undefined; // while others are written
  await Promise.all(SHARDS.map(write));
  await flushing;
  if (next() < 0.5) {
    await archive.flush();
    await mergeSmallFiles(archive, START + 10 * DAY_MS);
    await pruneStatements(archive, Date.now() + 3 * DAY_MS);
  }
}
await archive.flush();
await archive.close();
await store.close();
