/**
 * Puts the records of recorded csvlogs into lines as CloudNativePG writes them:
 * `src/parsers/cloudnativepg/samples/postgresql-<major>.jsonl`. Expected is what the csvlog tells.
 * Run: `npx node scripts/convert-cloudnativepg-samples.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cloudNativePgLine } from './record/cloudnativepg-line.ts';
import { readCsv } from './record/read-csv.ts';

const csvlogs = new URL('../src/parsers/csvlog/samples/', import.meta.url);
const samples = new URL('../src/parsers/cloudnativepg/samples/', import.meta.url);

for (const major of [16, 18]) {
  const records = readCsv(readFileSync(new URL(`postgresql-${major}.csv`, csvlogs), 'utf8'));
  const lines = records.map((record) => `${cloudNativePgLine(record)}\n`);
  writeFileSync(new URL(`postgresql-${major}.jsonl`, samples), lines.join(''));
  console.log(`postgresql-${major}.jsonl: ${lines.length} records`);
}
