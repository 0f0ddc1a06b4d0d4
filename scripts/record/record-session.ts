import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresqlMajor, startPostgresql } from '../../test/servers/postgresql.ts';
import { playCsvlogSession, SESSION_ADDRESSES, SESSION_HBA } from './csvlog-session.ts';
import { publishLog } from './publish-log.ts';

/** The files that a server may write: `log_destination` = csvlog, jsonlog, stderr. */
const ENDINGS = { csv: '.csv', json: '.json', text: '.log' } as const;

/**
 * What a server of a major version logs of the played session, as it is published. Needs `openssl`.
 *
 * @param settings where the log goes, at least
 */
export async function recordSession(
  major: PostgresqlMajor,
  settings: { log_destination: string; log_line_prefix?: string },
): Promise<Record<keyof typeof ENDINGS, string>> {
  const server = await startPostgresql(major, {
    hba: SESSION_HBA,
    settings: {
      ...settings,
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
    const read = (ending: string) => publishLog(readLog(join(server.root, 'log'), ending), server, SESSION_ADDRESSES);
    return { csv: read(ENDINGS.csv), json: read(ENDINGS.json), text: read(ENDINGS.text) };
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
