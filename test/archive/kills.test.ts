import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openArchive } from '../../src/archive/open-archive.ts';
import { fileList } from '../../src/archive/sql-text.ts';
import { openStore } from '../../src/store/open-store.ts';
import { random } from '../random.ts';
import { KILL_POINTS, killedAt, runWriter, tear } from './kills.ts';

/** More than the points there are in CI; `VEDETTE_KILLS=500` on a quiet machine. */
const KILLS = Number(process.env.VEDETTE_KILLS ?? 12);

/** How often each row of each log is there, and how many there should be. */
async function rowsIn(directory: string): Promise<{ rows: Record<string, unknown>[]; expected: number[] }> {
  const store = await openStore('sqlite:vedette.db', { directory });
  const archive = await openArchive(join(directory, 'archive'), store.archive);
  await archive.flush();
  const paths = fileList((await archive.files({ kind: 'activities' })).map(({ path }) => path));
  const statements = fileList((await archive.files({ kind: 'statements' })).map(({ path }) => path));
  const rows =
    await archive.query.rows(`SELECT log_name, count(*)::DOUBLE AS rows, count(DISTINCT log_offset)::DOUBLE AS offsets,
    count(DISTINCT uid)::DOUBLE AS uids, max(log_offset)::DOUBLE + 1 AS last,
    count(*) FILTER (fingerprint NOT IN (SELECT fingerprint FROM read_parquet(${statements})))::DOUBLE AS nameless
    FROM read_parquet(${paths}, hive_partitioning = false) GROUP BY log_name ORDER BY log_name`);
  const expected: number[] = [];
  for (const shard of [1, 2]) {
    const [saved] = await store.state.load(shard);
    expected.push(Number(Buffer.from(saved!.positions).toString()));
  }
  await archive.close();
  await store.close();
  return { rows, expected };
}

it('has each committed activity once, wherever it is killed', { timeout: 60_000 + KILLS * 30_000 }, async () => {
  const seed = Number(process.env.VEDETTE_SEED ?? Date.now() % 1_000_000) + 1;
  const next = random(seed);
  const directory = mkdtempSync(join(tmpdir(), 'vedette-kills-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const reached = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const [point, most] = KILL_POINTS[kill % KILL_POINTS.length]!;
    if (await killedAt(directory, point, 1 + Math.floor(next() * most), seed + kill)) {
      reached.add(point);
    }
    if (next() < 0.5) {
      tear(directory);
    }
  }
  const { code, errors } = await runWriter(directory, seed);
  const { rows, expected } = await rowsIn(directory);

  expect({ seed, code, errors }).toEqual({ seed, code: 0, errors: '' });
  expect({ seed, rows }).toEqual({
    seed,
    rows: expected.map((count, i) => ({
      log_name: `shard-${i + 1}.log`,
      rows: count,
      offsets: count,
      uids: count,
      last: count,
      nameless: 0,
    })),
  });
  expect(reached.size).toBeGreaterThan(Math.min(KILLS, KILL_POINTS.length) / 2);
});
