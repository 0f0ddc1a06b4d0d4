/**
 * Fills an archive with synthetic activities of some days, then searches it: `npm run bench:archive -- [--rows 100000000]
 * [--days 30] [--directory FOLDER]`. Prints as markdown what it took. Where FOLDER holds an archive already, that is searched.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createActivityRecorder } from '../../src/archive/activity-recorder.ts';
import { archiveStatus } from '../../src/archive/archive-status.ts';
import { mergeSmallFiles } from '../../src/archive/compaction.ts';
import { type Archive, openArchive } from '../../src/archive/open-archive.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Resource } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { fingerprintOf } from '../../src/sql/fingerprint-of.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { machineLines } from '../throughput/machine.ts';
import { type Taken, taken } from './processes.ts';
import { searches } from './searches.ts';
import { syntheticActivities } from './synthetic-activities.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000000' },
    days: { type: 'string', default: '30' },
    directory: { type: 'string' },
  },
});
const days = Number(values.days);
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 9, 1);
/** As live: blocks of some seconds, files at 32 MB. */
const BLOCK_ROWS = 50_000;
const FLUSH_BYTES = 32_000_000;
/** Bytes that wait to become files while others do. */
const MOST_WAITING = 160_000_000;
const CALIBRATION_ROWS = 300_000;
const LIVE_RATE = 20_000;
const MB = 1e6;

const resource = parseResourceId('orders', 'postgresql') as Resource;

interface Filled {
  rows: number;
  seconds: number;
  /** Of the thread that judges, and of all. */
  recordingSeconds: number;
  /** Of that, hashing statements, which detectors have done before. */
  printing: number;
  cpuSeconds: number;
  after: Taken;
}

/** As the server: activities are judged and spooled while others become files, until more waits than it may. */
async function fill(archive: Archive, store: Store, rowsOfDay: number): Promise<Filled> {
  const [owner] = await store.state.claim([1], 'bench');
  const recorder = createActivityRecorder(resource);
  const perRow = calibrated();
  const day = syntheticActivities(resource, 7);
  let [rows, recordingSeconds] = [0, 0];
  let converting: Promise<unknown> | undefined;
  const begun = performance.now();
  const before = taken();
  for (let i = 0; i < days; i++) {
    for (let part = 0; part * BLOCK_ROWS < rowsOfDay; part++) {
      const count = Math.min(BLOCK_ROWS, rowsOfDay - part * BLOCK_ROWS);
      const from = START + i * DAY_MS + (part * BLOCK_ROWS * DAY_MS) / rowsOfDay;
      const recording = process.cpuUsage();
      day(from, count, (count * DAY_MS) / rowsOfDay, (activity) => recorder.observe(activity));
      const block = recorder.take()!;
      recordingSeconds += cpuSince(recording);
      rows += count;
      const end = await archive.append(1, [block]);
      await store.state.checkpoint([{ owner: owner!, resources: [], spooled: { archive: archive.id, end } }]);
      archive.noteCommitted(1, end);
      if (archive.pendingBytes > FLUSH_BYTES) {
        converting ??= archive.flush().finally(() => {
          converting = undefined;
        });
      }
      if (archive.pendingBytes > MOST_WAITING) {
        await converting;
      }
    }
    await converting;
    await archive.flush();
    await mergeSmallFiles(archive, START + (i + 1) * DAY_MS);
    taken(); // children that are about to end
    const rate = rows / ((performance.now() - begun) / 1000);
    process.stderr.write(`\rday ${i + 1} of ${days}, ${(rows / MB).toFixed(1)} M rows, ${Math.round(rate)} a second `);
  }
  process.stderr.write('\n');
  const after = taken();
  const seconds = (performance.now() - begun) / 1000;
  const made = perRow.making * rows;
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds - made;
  const printing = (perRow.printing - perRow.making) * rows;
  return { rows, seconds, recordingSeconds: recordingSeconds - made, printing, cpuSeconds, after };
}

/** Seconds of processor time a row: to make it, which is no work of the archive, and to hash its statement besides. */
function calibrated(): { making: number; printing: number } {
  const secondsOf = (give: (activity: Activity) => unknown) => {
    const make = syntheticActivities(resource, 7);
    make(START, CALIBRATION_ROWS, DAY_MS, give);
    const begun = process.cpuUsage();
    make(START, CALIBRATION_ROWS, DAY_MS, give);
    return cpuSince(begun) / CALIBRATION_ROWS;
  };
  return { making: secondsOf(() => undefined), printing: secondsOf(fingerprintOf) };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const directory = values.directory ?? mkdtempSync(join(tmpdir(), 'vedette-bench-archive-'));
mkdirSync(directory, { recursive: true });
const isThere = existsSync(join(directory, 'archive'));
const store = await openStore('sqlite:vedette.db', { directory });
const archive = await openArchive(join(directory, 'archive'), store.archive);
console.log(machineLines().join('\n'));
if (!isThere) {
  const { rows, seconds, recordingSeconds, printing, cpuSeconds, after } = await fill(
    archive,
    store,
    Math.ceil(Number(values.rows) / days),
  );
  const live = (100 * LIVE_RATE * (cpuSeconds - printing)) / rows;
  console.log(`
| writing ${(rows / MB).toFixed(1)} M rows | measured | bar |
|---|---|---|
| rows a second of wall time, making them included | ${Math.round(rows / seconds).toLocaleString('en')} | 150,000 |
| rows a second of processor time (one core) | ${Math.round(rows / cpuSeconds).toLocaleString('en')} | 150,000 |
| microseconds a row on the thread that judges | ${((1e6 * recordingSeconds) / rows).toFixed(2)} | |
| of which hashing statements, which detectors have done before | ${((1e6 * printing) / rows).toFixed(2)} | |
| part of a core at ${LIVE_RATE.toLocaleString('en')} records a second, hashing left out | ${live.toFixed(1)} % | 20 % |
| most memory of this process | ${Math.round(after.peakBytes / MB)} MB | |
| most memory of the process with DuckDB | ${Math.round(after.childPeakBytes / MB)} MB | 1,000 MB |`);
}
const { activities, files, bytes } = await archiveStatus(archive);
const statements = (await archive.files({ kind: 'statements' })).reduce((sum, file) => sum + file.rows, 0);
console.log(`
${activities.toLocaleString('en')} activities, ${statements.toLocaleString('en')} statements, ${files} files, ${(bytes / activities).toFixed(1)} bytes a row
`);
console.log((await searches(archive, START, days)).join('\n'));
await archive.close();
await store.close();
if (values.directory === undefined) {
  rmSync(directory, { recursive: true, force: true });
}
