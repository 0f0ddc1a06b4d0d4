/**
 * Watches two logs that grow, one by file-tail and one by http-push: `npm run bench:live [-- --seconds 600 --rate 20000
 * --no-archive]`.
 * One incident a second, by turns. Prints as markdown how long after its last line an incident is a stored alert, and
 * what the server takes of the machine.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../test/servers/free-port.ts';
import { liveLog } from './live-log.ts';
import { cpuSeconds, residentBytes } from './process-figures.ts';
import { byFile, byPush } from './ways.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    rate: { type: 'string', default: '20000' },
    archive: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
/** Slices of a second in which lines are written. */
const SLICES = 20;
const LOOK_MS = 10;
/** What has not come by then is missing. */
const LAST_MS = 60_000;
/** From then on memory must not grow. */
const WARM_SECONDS = 120;
const port = await freePort();
const TOKEN = 'invented-token-of-the-bench';

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
const config = join(folder, 'vedette.yaml');
writeFileSync(join(folder, 'live.csv'), '');
const push = { push: { token: `\${env:BENCH_TOKEN}` }, format: 'csvlog' };
const resources = [
  { id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] },
  { id: 'billing', kind: 'postgresql', logs: [push] },
];
const settings = {
  resources,
  server: { http: { port } },
  store: { url: 'sqlite:vedette.db' },
  archive: { enabled: values.archive },
};
writeFileSync(config, JSON.stringify(settings));
const vedette = new URL('../../bin/vedette', import.meta.url).pathname;
const server = spawn(vedette, ['serve', '-c', config, '--workers', '1'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, BENCH_TOKEN: TOKEN },
});
const pid = server.pid!;
const ways = [byFile(join(folder, 'live.csv')), byPush(`http://127.0.0.1:${port}/api/v1/ingest/billing`, TOKEN)];
const logs = ways.map(() => liveLog());

/** When the last line of each incident was given away, and by which way; when its alert was seen; by address. */
const given = new Map<string, { time: number; way: string }>();
const seen = new Map<string, number>();
const memory: number[] = [];
let incidents = 0;
while ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok !== true) {
  await pause(LOOK_MS);
}
const database = new DatabaseSync(join(folder, 'vedette.db'), { readOnly: true });
const latest = database.prepare('select body from alert order by rowid desc limit 4');
const looking = setInterval(look, LOOK_MS);
const startCpu = cpuSeconds(pid);
const begun = Date.now();
let lateMs = 0;
for (let second = 0; second < seconds; second++) {
  for (let slice = 0; slice < SLICES; slice++) {
    const due = begun + 1000 * second + (1000 * slice) / SLICES;
    await pause(Math.max(0, due - Date.now()));
    lateMs = Math.max(lateMs, Date.now() - due);
    for (const [i, way] of ways.entries()) {
      way.send(logs[i]!.work(Date.now(), Math.round(rate / SLICES / ways.length)));
    }
    if (slice === SLICES / 2) {
      giveIncident(second % ways.length);
    }
  }
  memory.push(residentBytes(pid));
}
const cpu = (cpuSeconds(pid) - startCpu) / seconds;
await Promise.all(ways.map((way) => way.idle()));
for (const end = Date.now() + LAST_MS; seen.size < given.size && Date.now() < end; ) {
  await pause(LOOK_MS);
}
clearInterval(looking);
look();
report();
server.kill('SIGTERM');
await new Promise((resolve) => server.once('close', resolve));
database.close();
rmSync(folder, { recursive: true });

function giveIncident(i: number): void {
  const number = incidents++;
  const address = `198.51.${100 + (number >> 8)}.${number & 0xff}`;
  ways[i]!.send(logs[i]!.incident(Date.now(), address));
  given.set(address, { time: Date.now(), way: ways[i]!.name });
}

function look(): void {
  const now = Date.now();
  for (const { body } of latest.all()) {
    const address = /198\.51\.\d+\.\d+/.exec(String(body))?.[0];
    if (address !== undefined && !seen.has(address)) {
      seen.set(address, now);
    }
  }
}

function report(): void {
  const records = logs.reduce((sum, log) => sum + log.records, 0);
  print(`- ${cpus().length} cores, ${cpus()[0]?.model}; load ${loadavg()[1]!.toFixed(1)} over the last five minutes`);
  print(`- ${records} records in ${seconds} s, given away at most ${lateMs} ms late; ${given.size} incidents`);
  for (const { name } of ways) {
    const ofWay = [...given].filter(([, { way }]) => way === name);
    const delays = ofWay.flatMap(([address, { time }]) => (seen.has(address) ? [seen.get(address)! - time] : []));
    delays.sort((a, b) => a - b);
    const part = (share: number) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))];
    const missing = ofWay.length - delays.length;
    print(`- ${name}: p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, longest ${delays.at(-1)} ms, ${missing} missing`);
  }
  const warm = memory.slice(Math.min(WARM_SECONDS, memory.length - 1));
  const range = `${mb(Math.min(...warm))} to ${mb(Math.max(...warm))} MB`;
  print(
    `- ${(100 * cpu).toFixed(0)} % of one core, ${values.archive ? 'with' : 'without'} an archive; from minute two on resident ${range}, at the end ${mb(warm.at(-1)!)} MB`,
  );
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
