/**
 * Records `src/parsers/pgbouncer/samples/`: a real PgBouncer in front of a real PostgreSQL. The pooler writes
 * `pgbouncer.log` and, through a real rsyslog, `pgbouncer-syslog.log`; the server writes `server/postgresql-16.csv`.
 * Run as root where no syslog daemon runs: `npx node scripts/record-pgbouncer-samples.ts` (needs `pgbouncer`, `rsyslogd`).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { startPostgresql } from '../test/servers/postgresql.ts';
import { startPgbouncer } from './record/pgbouncer-process.ts';
import { POOL_USERS, playPoolSession, preparePool } from './record/pgbouncer-session.ts';
import { publishLog } from './record/publish-log.ts';
import { settleSyslog, startSyslog } from './record/syslog-daemon.ts';

const PORT = 6432;
const ADDRESSES = {
  '127.0.2.': '192.0.2.',
  '127.113.0.': '203.0.113.',
  '127.66.0.': '198.51.100.',
  '::1': '2001:db8::1',
};

const samples = new URL('../src/parsers/pgbouncer/samples/', import.meta.url);
mkdirSync(new URL('server/', samples), { recursive: true });

const daemon = await startSyslog('traditional');
const server = await startPostgresql(16);
try {
  await preparePool(server);
  const pooler = await startPgbouncer(server, PORT, POOL_USERS);
  const publish = (text: string) => publishLog(text.replaceAll(pooler.root, '/var/run/pgbouncer'), server, ADDRESSES);
  try {
    await playPoolSession(server, pooler);
    await settleSyslog();
    writeFileSync(new URL('pgbouncer.log', samples), publish(pooler.log()));
    writeFileSync(new URL('pgbouncer-syslog.log', samples), publish(daemon.text()));
  } finally {
    await pooler.stop();
  }
  await server.stop('keep');
  const csvlog = server.logFiles().map((file) => readFileSync(file, 'utf8'));
  writeFileSync(new URL('server/postgresql-16.csv', samples), publish(csvlog.join('')));
} finally {
  await server.stop();
  await daemon.stop();
}
