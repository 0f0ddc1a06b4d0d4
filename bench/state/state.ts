/**
 * A fleet of 10,000 servers, each with 50 people at 5 places, in one shared stream: `npm run bench:state [-- --resources 10000]`.
 * Prints as markdown what is kept of a person, how long a restart takes, and what a checkpoint of all of them does to
 * the judging. The state of one server is learned by the program itself; the others get copies of it.
 */
import { appendFileSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { shardOf } from '../../src/live/shard-of.ts';
import type { Resource } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openServedFolder, type Serving } from '../../test/live/served-folder.ts';
import { until } from '../../test/live/until.ts';
import { cpuSeconds, residentBytes } from '../live/process-figures.ts';
import { fleetId, habits, incident, login } from './fleet-records.ts';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '10000' },
    people: { type: 'string', default: '50' },
    places: { type: 'string', default: '5' },
  },
});
const resources = Number(values.resources);
const people = Number(values.people);
const places = Number(values.places);
const DAYS = 10;
const RECORDS_OF_LOGIN = 3;
const DAY_MS = 86_400_000;
/** The machine may be busy. */
const PATIENCE_MS = 1_800_000;
const URL_OF_STORE = 'sqlite:data/vedette.db';
const LOOK_MS = 20;

const folder = openServedFolder({});
const log = join(folder.path, 'fleet.json');
const database = join(folder.path, 'data/vedette.db');
const fleet = Array.from({ length: resources }, (_, i) => ({ id: fleetId(i), kind: 'postgresql' }));
const keys = fleet.map(({ id }) => (parseResourceId(id, 'postgresql') as Resource).key);
const streams = [{ path: 'fleet.json', format: 'azure' }];
const more = { streams, archive: { enabled: false } };

try {
  await learnOne();
  await copyToAll();
  await measureRestart();
} finally {
  await folder.remove();
}

/** The first server's people, over days. */
async function learnOne(): Promise<void> {
  writeFileSync(log, habits(0, Date.now() - DAYS * DAY_MS, DAYS, people, places));
  folder.configure({ resources: fleet.slice(0, 1), ...more });
  const serving = folder.start();
  const records = RECORDS_OF_LOGIN * DAYS * people * places;
  await until('all is learned', async () => (await metric('vedette_records_total')) >= records, PATIENCE_MS);
  await serving.end('SIGTERM');
}

async function copyToAll(): Promise<void> {
  const store = await openStore(URL_OF_STORE, { directory: folder.path });
  const owners = await store.state.claim(
    Array.from({ length: 64 }, (_, shard) => shard),
    'bench',
  );
  const [model] = (await store.state.load(shardOf(keys[0]!))).filter(({ resourceKey }) => resourceKey === keys[0]);
  print(`- ${cpus().length} cores, ${cpus()[0]?.model}; load ${loadavg()[1]!.toFixed(1)} over the last five minutes`);
  const bytes = model!.state.length;
  print(`- ${resources} resources of ${people} principals at ${places} places`);
  print(`- kept of a resource: ${bytes} bytes, ${(bytes / people).toFixed(0)} for each principal`);
  for (const [shard, ofShard] of Map.groupBy(keys, shardOf)) {
    const copies = ofShard.map((resourceKey) => ({ ...model!, resourceKey }));
    await store.state.checkpoint([{ owner: owners[shard]!, resources: copies }]);
  }
  const rows = fleet.map(({ id }) => parseResourceId(id, 'postgresql') as Resource);
  await Promise.all(rows.map((resource) => store.resources.put({ resource, origin: 'configured', time: Date.now() })));
  await store.close();
}

async function measureRestart(): Promise<void> {
  folder.configure({ resources: fleet, ...more });
  const begun = Date.now();
  const serving = folder.start({
    NODE_OPTIONS: `--import ${new URL('watch-pauses.ts', import.meta.url).href}`,
    BENCH_PAUSES: join(folder.path, 'pauses'),
  });
  const pid = serving.process.pid!;
  await until('it is ready', () => isReady(serving), PATIENCE_MS);
  print(`- restart to ready: ${seconds(Date.now() - begun)}, ${cpuSeconds(pid).toFixed(1)} s of CPU`);
  print(`- first alert behind it: ${await alertDelay(resources >> 1, 0)} ms`);
  await until('all are open', async () => (await metricCount('vedette_records_total')) >= resources, PATIENCE_MS);
  print(`- all are open after ${seconds(Date.now() - begun)}, ${cpuSeconds(pid).toFixed(1)} s of CPU`);
  print(`- resident ${(residentBytes(pid) / 1e9).toFixed(2)} GB`);
  await measureCheckpoint(pid);
  await serving.end('SIGTERM');
}

/** Each resource gets a record, so that all are saved; meanwhile incidents tell how long judging pauses. */
async function measureCheckpoint(pid: number): Promise<void> {
  const before = cpuSeconds(pid);
  const begun = Date.now();
  const unsaved = () => count('select count(*) as n from resource_state where saved_time < ?', begun);
  appendFileSync(log, keys.map((_, i) => login(i, Date.now(), 'person0', '10.20.0.1')).join(''));
  const delays: number[] = [];
  for (let i = 1; unsaved() > 0 && Date.now() - begun < PATIENCE_MS; i++) {
    delays.push(await alertDelay(i % resources, i));
  }
  const cpu = cpuSeconds(pid) - before;
  print(`- all changed, judged and saved after ${seconds(Date.now() - begun)}, ${cpu.toFixed(1)} s of CPU`);
  print(`- ${delays.length} alerts meanwhile, the slowest after ${Math.max(...delays)} ms`);
  print(`- longest pause of a thread meanwhile: ${longestPauses(begun)}`);
}

/** Of each thread since a time. */
function longestPauses(since: number): string {
  return globSync(join(folder.path, 'pauses.*'))
    .map((file) => {
      const seconds = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(' ').map(Number));
      const longest = Math.max(...seconds.map(([time, pause]) => (time! > since ? pause! : 0)));
      return `${file.endsWith('.0') ? 'main' : `thread ${file.slice(file.lastIndexOf('.') + 1)}`} ${longest} ms`;
    })
    .join(', ');
}

/** From the last line of an incident to its stored alert, milliseconds. */
async function alertDelay(number: number, sequence: number): Promise<number> {
  const address = `198.51.${sequence >> 8}.${sequence & 0xff}`;
  appendFileSync(log, incident(number, Date.now(), address));
  const begun = Date.now();
  while (count("select count(*) as n from alert where body like '%' || ? || '%'", `"${address}"`) === 0) {
    if (Date.now() - begun > PATIENCE_MS) {
      return Number.POSITIVE_INFINITY;
    }
    await pause(LOOK_MS);
  }
  return Date.now() - begun;
}

async function isReady(serving: Serving): Promise<boolean> {
  const ready = serving.text().includes('watching') && (await folder.ask('GET', '/readyz').catch(() => undefined));
  return typeof ready === 'object' && ready.status === 200;
}

async function metricLines(name: string): Promise<string[]> {
  const text = await folder.askText('/metrics').catch(() => '');
  return text.split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
}

async function metric(name: string): Promise<number> {
  return (await metricLines(name)).reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function metricCount(name: string): Promise<number> {
  return (await metricLines(name)).length;
}

function count(query: string, parameter: string | number): number {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    return Number(db.prepare(query).get(parameter)?.n);
  } finally {
    db.close();
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
