/**
 * Records sessions of real servers with the prefix of Cloud SQL and puts their lines into entries of Cloud Logging:
 * `src/parsers/cloudsql/samples/postgresql-15.jsonl` (a sink to Cloud Storage) and `postgresql-17.json` (the array that
 * `gcloud logging read --format=json` prints). What is expected is counted in the csvlog of the same session.
 * Run: `npx node scripts/record-cloudsql-samples.ts` (needs `openssl` for the server's certificate).
 */
import { writeFileSync } from 'node:fs';
import { CLOUD_SQL_PREFIX, type CloudLoggingEntry, cloudLoggingEntries } from './record/cloudsql-entries.ts';
import { recordSession } from './record/record-session.ts';
import { summarizeCsvlog } from './record/summarize-csvlog.ts';

const samples = new URL('../src/parsers/cloudsql/samples/', import.meta.url);

await record(15, 'postgresql-15.jsonl', (entries) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
await record(17, 'postgresql-17.json', (entries) => `${JSON.stringify(entries, null, 2)}\n`);

async function record(major: 15 | 17, name: string, write: (entries: CloudLoggingEntry[]) => string): Promise<void> {
  const { text, csv } = await recordSession(major, {
    log_destination: 'stderr,csvlog',
    log_line_prefix: CLOUD_SQL_PREFIX,
  });
  const summary = summarizeCsvlog(csv, major);
  writeFileSync(new URL(name, samples), write(cloudLoggingEntries(text)));
  writeFileSync(new URL(`postgresql-${major}.expected.json`, samples), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`${name}: ${summary.records} records`);
}
