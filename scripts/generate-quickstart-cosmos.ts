/**
 * Generates `examples/quickstart/logs/shop-catalog-*`: two weeks of Cosmos DB diagnostic records in the three shapes
 * in which Azure delivers them. The same seed gives the same bytes. Run: `npx node scripts/generate-quickstart-cosmos.ts`.
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { END, utc } from './record/quickstart/calendar.ts';
import { type DataPlaneRequest, dataPlaneRecord } from './record/quickstart/cosmos-record.ts';
import { cosmosTraffic } from './record/quickstart/cosmos-traffic.ts';
import { writeExpectedIncidents } from './record/quickstart/expected-incidents.ts';
import { seededRandom } from './record/seeded-random.ts';

interface LogFile {
  name: string;
  /** Records until here; the file before it says from where. */
  until: number;
  /** From records, one JSON text each, to the text of the file. */
  join: (records: readonly string[]) => string;
}

/** One record a line, as in a storage account. */
const asLines = (records: readonly string[]): string => records.map((record) => `${record}\n`).join('');
/** One object, as an event hub delivers it. */
const asMessage = (records: readonly string[]): string => `{"records":[${records.join(',')}]}`;
/** One array, as an export of a query leaves it. */
const asArray = (records: readonly string[]): string => `[\n${records.join(',\n')}\n]\n`;

const FILES: readonly LogFile[] = [
  { name: 'shop-catalog-2026-11-05.jsonl.gz', until: utc(9, '00:00'), join: asLines },
  { name: 'shop-catalog-2026-11-09.json.gz', until: utc(11, '00:00'), join: asMessage },
  { name: 'shop-catalog-2026-11-11.json.gz', until: utc(13, '00:00'), join: asArray },
  { name: 'shop-catalog-2026-11-13.jsonl.gz', until: utc(16, '00:00'), join: asLines },
  { name: 'shop-catalog-2026-11-16.jsonl.gz', until: utc(19, '00:00'), join: asLines },
  { name: 'shop-catalog-2026-11-19.jsonl', until: END, join: asLines },
];

const examples = new URL('../examples/quickstart/', import.meta.url);
const logs = new URL('logs/', examples);

mkdirSync(logs, { recursive: true });
for (const old of globSync('shop-catalog-*', { cwd: logs })) {
  rmSync(new URL(old, logs));
}
const random = seededRandom(20261119);
let rest: readonly DataPlaneRequest[] = cosmosTraffic(random);
for (const { name, until, join } of FILES) {
  const text = join(rest.filter(({ time }) => time < until).map((request) => dataPlaneRecord(request, random)));
  writeFileSync(new URL(name, logs), name.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes before compression`);
  rest = rest.filter(({ time }) => time >= until);
}
writeExpectedIncidents(new URL('expected.json', examples));
