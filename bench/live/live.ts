/**
 * Watches a log that grows: `node bench/live/live.ts [--seconds 600] [--rate 20000]`. Prints as markdown how long after its
 * last line an incident is a stored alert, and what the server takes of the machine.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { liveLog } from './live-log.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, rate: { type: 'string', default: '20000' } },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
/** Slices of a second in which lines are written. */
const SLICES = 20;
const LOOK_MS = 10;
/** After which the last alert must have come. */
const LAST_MS = 4000;
/** Ticks of the processor's clock a second, as Linux counts them. */
const TICKS = 100;

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
const log = liveLog(join(folder, 'live.csv'));
const config = join(folder, 'vedette.yaml');
writeFileSync(join(folder, 'live.csv'), '');
writeFileSync(
  config,
  JSON.stringify({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    server: { http: { port: 0 } },
    store: { url: 'sqlite:vedette.db' },
  }),
);
const vedette = new URL('../../bin/vedette', import.meta.url).pathname;
const server = spawn(vedette, ['serve', '-c', config, '--workers', '1'], { stdio: ['ignore', 'ignore', 'pipe'] });

/** When the last line of each incident was written, and when its alert was seen, by address. */
const written = new Map<string, number>();
const seen = new Map<string, number>();
const memory: number[] = [];
const looking = setInterval(lookAtStore, LOOK_MS);
const first = log.writeIncident(Date.now());
while (!seen.has(first)) {
  await pause(LOOK_MS); // it is not at work yet
}
const startTicks = ticksOf(server.pid!);
const begun = Date.now();
for (let second = 0; second < seconds; second++) {
  for (let slice = 0; slice < SLICES; slice++) {
    const due = begun + 1000 * second + (1000 * slice) / SLICES;
    await pause(Math.max(0, due - Date.now()));
    log.write(Date.now(), Math.round(rate / SLICES));
    if (slice === SLICES / 2) {
      const address = log.writeIncident(Date.now());
      written.set(address, Date.now());
    }
  }
  memory.push(memoryOf(server.pid!));
}
const cpu = (ticksOf(server.pid!) - startTicks) / TICKS / seconds;
await pause(LAST_MS);
clearInterval(looking);
lookAtStore();
report();
server.kill('SIGTERM');
await new Promise((resolve) => server.once('close', resolve));
rmSync(folder, { recursive: true });

function lookAtStore(): void {
  const rows = latestAlerts();
  const now = Date.now();
  for (const { body } of rows) {
    const address = /198\.51\.\d+\.\d+/.exec(String(body))?.[0];
    if (address !== undefined && !seen.has(address)) {
      seen.set(address, now);
    }
  }
}

/** None while there is no store yet. */
function latestAlerts(): Record<string, unknown>[] {
  try {
    const db = new DatabaseSync(join(folder, 'vedette.db'), { readOnly: true });
    const rows = db.prepare('select body from alert order by rowid desc limit 4').all();
    db.close();
    return rows;
  } catch {
    return [];
  }
}

function report(): void {
  const delays = [...written].flatMap(([address, time]) => {
    const at = seen.get(address);
    return at === undefined ? [] : [at - time];
  });
  delays.sort((a, b) => a - b);
  const part = (share: number) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))];
  const half = memory[Math.floor(memory.length / 2)]!;
  console.log(
    `- ${log.records} records in ${seconds} s, ${written.size} incidents, ${written.size - delays.length} not stored`,
  );
  console.log(`- last line to stored alert: p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, longest ${delays.at(-1)} ms`);
  console.log(
    `- ${(100 * cpu).toFixed(0)} % of one core; resident ${mb(half)} MB at half time, ${mb(memory.at(-1)!)} MB at the end`,
  );
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return 1024 * Number(kilobytes);
}

/** User and system time, `proc(5)`: the 14th and 15th field of `stat`. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
