/**
 * Records `src/parsers/csvlog/samples/postgresql-<major>.csv` from a real server of every major version, and counts
 * each with an independent csv reader into `postgresql-<major>.expected.json`.
 * Run: `npx node scripts/record-csvlog-samples.ts` (needs `openssl` for the server's certificate).
 */
import { writeFileSync } from 'node:fs';
import { POSTGRESQL_MAJORS } from '../test/servers/postgresql.ts';
import { recordSession } from './record/record-session.ts';
import { summarizeCsvlog } from './record/summarize-csvlog.ts';

const samples = new URL('../src/parsers/csvlog/samples/', import.meta.url);

for (const major of POSTGRESQL_MAJORS) {
  const { csv: text } = await recordSession(major, { log_destination: 'csvlog' });
  const summary = summarizeCsvlog(text, major);
  writeFileSync(new URL(`postgresql-${major}.csv`, samples), text);
  writeFileSync(new URL(`postgresql-${major}.expected.json`, samples), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`postgresql-${major}.csv: ${summary.records} records, ${Buffer.byteLength(text)} bytes`);
}
