import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresqlServer } from '../../test/servers/postgresql.ts';

/** PgBouncer refuses to run as root; 65534 is `nobody` on Linux. */
const UNPRIVILEGED_UID = 65534;
const START_TIMEOUT_MS = 5000;

/** A pooler in front of a server. */
export interface Pgbouncer {
  port: number;
  /** Holds the Unix socket; removed by `stop`. */
  root: string;
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts the machine's PgBouncer in front of a server, in transaction mode, and waits until it takes connections.
 *
 * @param users names and passwords that it knows
 */
export async function startPgbouncer(
  server: PostgresqlServer,
  port: number,
  users: Readonly<Record<string, string>>,
): Promise<Pgbouncer> {
  const root = mkdtempSync(join(tmpdir(), 'vedette-pgbouncer-'));
  const files = {
    'pgbouncer.ini': settings(server, port, root).join('\n'),
    'users.txt': Object.entries(users)
      .map(([name, password]) => `"${name}" "${password}"\n`)
      .join(''),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, name), text);
    chmodSync(join(root, name), 0o644);
  }
  chmodSync(root, 0o755);
  chownSync(root, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  const identity = { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID };
  const pooler = spawn('pgbouncer', [join(root, 'pgbouncer.ini')], { ...identity, stdio: 'ignore' });
  await untilListening(join(root, `.s.PGSQL.${port}`));
  return {
    port,
    root,
    log: () => readFileSync(join(root, 'pgbouncer.log'), 'utf8'),
    async stop() {
      const exited = once(pooler, 'exit');
      pooler.kill('SIGINT');
      await exited;
      rmSync(root, { recursive: true });
    },
  };
}

function settings(server: PostgresqlServer, port: number, root: string): string[] {
  return [
    '[databases]',
    `* = host=127.0.0.1 port=${server.port}`,
    '[pgbouncer]',
    `logfile = ${join(root, 'pgbouncer.log')}`,
    `unix_socket_dir = ${root}`,
    'listen_addr = 127.0.0.1,::1',
    `listen_port = ${port}`,
    'auth_type = scram-sha-256',
    `auth_file = ${join(root, 'users.txt')}`,
    'pool_mode = transaction',
    'syslog = 1',
    '',
  ];
}

/** Asks at the Unix socket, where a connection that says nothing leaves no address in the log. */
async function untilListening(path: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const probe = connect(path);
    const isOpen = await once(probe, 'connect').then(
      () => true,
      () => false,
    );
    probe.destroy();
    if (isOpen) {
      return;
    }
    await sleep(20);
  }
  throw new Error('PgBouncer did not start');
}
