/**
 * Records `src/parsers/csvlog/samples/postgresql-<major>.csv` from a real server of every major version, and counts
 * each with an independent csv reader into `postgresql-<major>.expected.json`.
 * Run: `npx node scripts/record-csvlog-samples.ts` (needs `openssl` for the server's certificate).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POSTGRESQL_MAJORS, type PostgresqlMajor, startPostgresql } from '../test/servers/postgresql.ts';
import { playCsvlogSession, SESSION_ADDRESSES, SESSION_HBA } from './record/csvlog-session.ts';
import { publishLog } from './record/publish-log.ts';
import { summarizeCsvlog } from './record/summarize-csvlog.ts';

const samples = new URL('../src/parsers/csvlog/samples/', import.meta.url);

for (const major of POSTGRESQL_MAJORS) {
  const text = await record(major);
  const summary = summarizeCsvlog(text, major);
  writeFileSync(new URL(`postgresql-${major}.csv`, samples), text);
  writeFileSync(new URL(`postgresql-${major}.expected.json`, samples), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`postgresql-${major}.csv: ${summary.records} records, ${Buffer.byteLength(text)} bytes`);
}

async function record(major: PostgresqlMajor): Promise<string> {
  const server = await startPostgresql(major, {
    hba: SESSION_HBA,
    settings: {
      listen_addresses: '127.0.0.1,::1',
      max_connections: 8,
      max_wal_senders: 0,
      ssl: 'on',
      ssl_cert_file: '../server.crt',
      ssl_key_file: '../server.key',
      ...(major >= 18 && { log_connections: 'all' }),
    },
    prepare: makeCertificate,
  });
  try {
    await playCsvlogSession(server);
    await server.stop('keep');
    const text = server.logFiles().map((file) => readFileSync(file, 'utf8'));
    return publishLog(text.join(''), server, SESSION_ADDRESSES);
  } finally {
    await server.stop();
  }
}

function makeCertificate(root: string): void {
  const files = ['-keyout', join(root, 'server.key'), '-out', join(root, 'server.crt')];
  const subject = ['-subj', '/CN=orders.example.com', '-days', '3650'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], { stdio: 'pipe' });
}
