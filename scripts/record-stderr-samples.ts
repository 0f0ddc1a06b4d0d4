/**
 * Records `src/parsers/stderr/samples/**.log` and `src/parsers/rds/samples/*.log`: real servers, each with another
 * `log_line_prefix`, among ordinary sessions clients whose names write lines into the log. The same servers write a
 * csvlog, from which an independent reader counts what the text must hold (`*.expected.json`).
 * Run: `npx node scripts/record-stderr-samples.ts [id …]` (needs `openssl` for the servers' certificates).
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgresql } from '../test/servers/postgresql.ts';
import { playCsvlogSession, SESSION_ADDRESSES, SESSION_HBA } from './record/csvlog-session.ts';
import { publishLog } from './record/publish-log.ts';
import { FORGING_ADDRESSES, FORGING_HBA, forgeStderrLines } from './record/stderr-forging.ts';
import { type PrefixFamily, RDS_FAMILY, STDERR_FAMILIES } from './record/stderr-prefixes.ts';
import { summarizeCsvlog } from './record/summarize-csvlog.ts';

const parsers = new URL('../src/parsers/', import.meta.url);
const wanted = process.argv.slice(2);

for (const family of [...STDERR_FAMILIES, RDS_FAMILY]) {
  if (wanted.length > 0 && !wanted.includes(family.id)) {
    continue;
  }
  const { text, csvlog } = await record(family);
  const summary = summarizeCsvlog(csvlog, family.major);
  const name = `${folderOf(family)}${family.id}-${family.major}`;
  writeFileSync(new URL(`${name}.log`, parsers), text);
  writeFileSync(new URL(`${name}.expected.json`, parsers), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`${name}.log: ${summary.records} records, ${Buffer.byteLength(text)} bytes`);
}

/** Those that are read without a setting lie on top. */
function folderOf({ id }: PrefixFamily): string {
  return id === 'rds' ? 'rds/samples/' : id === 'default' ? 'stderr/samples/' : 'stderr/samples/prefixes/';
}

async function record(family: PrefixFamily): Promise<{ text: string; csvlog: string }> {
  const server = await startPostgresql(family.major, {
    hba: [...SESSION_HBA, ...FORGING_HBA],
    settings: {
      listen_addresses: '127.0.0.1,::1',
      max_connections: 8,
      max_wal_senders: 0,
      ssl: 'on',
      ssl_cert_file: '../server.crt',
      ssl_key_file: '../server.key',
      log_destination: 'csvlog,stderr',
      log_line_prefix: family.prefix,
      ...family.settings,
    },
    prepare: makeCertificate,
  });
  try {
    await playCsvlogSession(server);
    await forgeStderrLines(server, family);
    await server.stop('keep');
    const addresses = { ...SESSION_ADDRESSES, ...FORGING_ADDRESSES };
    const read = (ending: string) => publishLog(readLog(join(server.root, 'log'), ending), server, addresses);
    return { text: read('.log'), csvlog: read('.csv') };
  } finally {
    await server.stop();
  }
}

/** The files of a log, oldest first. */
function readLog(folder: string, ending: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  const texts = names.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts.join('');
}

function makeCertificate(root: string): void {
  const files = ['-keyout', join(root, 'server.key'), '-out', join(root, 'server.crt')];
  const subject = ['-subj', '/CN=orders.example.com', '-days', '3650'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], { stdio: 'pipe' });
}
