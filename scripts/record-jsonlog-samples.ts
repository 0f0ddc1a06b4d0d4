/**
 * Records `src/parsers/jsonlog/samples/postgresql-<major>.jsonl` from a real server of every major version that writes
 * jsonlog, and counts each with `JSON.parse` into `postgresql-<major>.expected.json`.
 * Run: `npx node scripts/record-jsonlog-samples.ts` (needs `openssl` for the server's certificate).
 */
import { writeFileSync } from 'node:fs';
import { POSTGRESQL_MAJORS } from '../test/servers/postgresql.ts';
import { recordSession } from './record/record-session.ts';
import { summarizeRecords } from './record/summarize-csvlog.ts';

/** The first major version with jsonlog. */
const FIRST_MAJOR = 15;

const samples = new URL('../src/parsers/jsonlog/samples/', import.meta.url);

for (const major of POSTGRESQL_MAJORS.filter((major) => major >= FIRST_MAJOR)) {
  const { json: text } = await recordSession(major, { log_destination: 'jsonlog' });
  const lines = text.trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as { message: string; state_code?: string });
  const summary = summarizeRecords(
    records.map(({ message, state_code = '00000' }) => ({ message, sqlState: state_code })),
  );
  writeFileSync(new URL(`postgresql-${major}.jsonl`, samples), text);
  writeFileSync(new URL(`postgresql-${major}.expected.json`, samples), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`postgresql-${major}.jsonl: ${summary.records} records, ${Buffer.byteLength(text)} bytes`);
}
