import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { nativeDirectory, type PostgresqlMajor, whyNoPostgresql } from './postgresql/install.ts';

export { loadPg, POSTGRESQL_MAJORS, type PostgresqlMajor, whyNoPostgresql } from './postgresql/install.ts';

/** PostgreSQL refuses to run as root; 65534 is `nobody` on Linux, and initdb wants an id that has a name. */
const UNPRIVILEGED_UID = 65534;

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 10_000;
const COLLECTOR_TIMEOUT_MS = 3000;
const COLLECTOR_POLL_MS = 20;

/** The name and password of the superuser that initdb makes. */
export const SUPERUSER = { user: 'postgres', password: 'invented-superuser-password' } as const;

export interface PostgresqlOptions {
  /** Lines of postgresql.conf; they overrule the defaults below. Texts are quoted here. */
  settings?: Readonly<Record<string, string | number>>;
  /** The whole pg_hba.conf; default: SCRAM for everyone from everywhere. */
  hba?: readonly string[];
  /** Further environment of the server process, e.g. `LD_PRELOAD`. */
  environment?: Readonly<Record<string, string>>;
  /** Called with the server's root directory before the server starts: the place to put certificates. */
  prepare?: (root: string) => void;
}

export interface PostgresqlServer {
  major: PostgresqlMajor;
  /** Of 127.0.0.1 and of the socket. */
  port: number;
  /** Holds `data`, `log` and the Unix socket; removed by `stop`. */
  root: string;
  readonly pid: number;
  /** The csv logs so far, oldest first. */
  logFiles(): string[];
  /** Stops the server in order; `keep` leaves the root directory (and its logs) to the caller. */
  stop(keep?: 'keep'): Promise<void>;
  /** Starts it again after a stop that kept its directory. */
  startAgain(): Promise<void>;
}

const DEFAULT_SETTINGS = {
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_destination: 'csvlog',
  log_filename: 'postgresql-%Y-%m-%d_%H%M%S.log',
  log_connections: 'on',
  log_disconnections: 'on',
  log_statement: 'all',
  password_encryption: 'scram-sha-256',
  fsync: 'off',
  shared_buffers: '16MB',
};

/** Starts a fresh server on a free port of 127.0.0.1 and waits until it takes connections. */
export async function startPostgresql(
  major: PostgresqlMajor,
  options: PostgresqlOptions = {},
): Promise<PostgresqlServer> {
  const reason = whyNoPostgresql(major);
  if (reason !== undefined) {
    throw new Error(reason);
  }
  const root = mkdtempSync(join(tmpdir(), 'vedette-pg-'));
  try {
    const bin = prepareRoot(root, major, options);
    const port = await freePort();
    configure(root, port, options);
    let server = launch(bin, root, options);
    await untilReady(server, root);
    return {
      major,
      port,
      root,
      get pid() {
        return server.pid as number;
      },
      logFiles: () => logFiles(root),
      stop: (keep) => stop(server, root, keep),
      async startAgain() {
        server = launch(bin, root, options);
        await untilReady(server, root);
      },
    };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the directories and the cluster; returns the directory of the binaries that the server's user may run. */
function prepareRoot(root: string, major: PostgresqlMajor, options: PostgresqlOptions): string {
  const password = join(root, 'password');
  mkdirSync(join(root, 'log'));
  writeFileSync(password, SUPERUSER.password);
  options.prepare?.(root);
  own(root);
  const bin = reachableBinaries(root, major);
  const run = { ...identity(), cwd: root, env: environment(), stdio: 'pipe' } as const;
  const basics = ['-D', join(root, 'data'), '-U', SUPERUSER.user, '--encoding=UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), [...basics, '--auth=scram-sha-256', `--pwfile=${password}`], run);
  return bin;
}

/** The installed binaries, or a copy of them where the server's user cannot reach the checkout. */
function reachableBinaries(root: string, major: PostgresqlMajor): string {
  const native = nativeDirectory(major);
  try {
    const run = { ...identity(), cwd: root, env: environment(), stdio: 'pipe' } as const;
    execFileSync(join(native, 'bin', 'postgres'), ['--version'], run);
    return join(native, 'bin');
  } catch {
    const copy = join(root, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return join(copy, 'bin');
  }
}

function configure(root: string, port: number, options: PostgresqlOptions): void {
  const settings = { ...DEFAULT_SETTINGS, port, unix_socket_directories: root, log_directory: join(root, 'log') };
  const lines = Object.entries({ ...settings, ...options.settings }).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value.replaceAll("'", "''")}'`}`,
  );
  appendFileSync(join(root, 'data', 'postgresql.conf'), `${lines.join('\n')}\n`);
  const hba = options.hba ?? ['local all all scram-sha-256', 'host all all all scram-sha-256'];
  writeFileSync(join(root, 'data', 'pg_hba.conf'), `${hba.join('\n')}\n`);
}

function launch(bin: string, root: string, options: PostgresqlOptions): ChildProcess {
  const output = openSync(join(root, 'output'), 'w'); // what the server says before its log exists
  const server = spawn(join(bin, 'postgres'), ['-D', join(root, 'data')], {
    ...identity(),
    cwd: root,
    env: { ...environment(), ...options.environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const killWithUs = (): void => void server.kill('SIGQUIT');
  process.once('exit', killWithUs);
  server.once('exit', () => process.removeListener('exit', killWithUs));
  return server;
}

/** Ready is told by the last line of postmaster.pid, so that no probe of ours appears in the log. */
async function untilReady(server: ChildProcess, root: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (server.exitCode !== null || server.pid === undefined) {
      const said = [join(root, 'output'), ...logFiles(root)].map(read).join('');
      throw new Error(`PostgreSQL stopped while starting: ${said.slice(-1000)}`);
    }
    if (/\nready\s*$/.test(read(join(root, 'data', 'postmaster.pid')))) {
      return;
    }
    await sleep(20);
  }
  server.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not start within ${START_TIMEOUT_MS / 1000} s`);
}

async function stop(server: ChildProcess, root: string, keep?: 'keep'): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const exited = once(server, 'exit');
    server.kill('SIGINT'); // fast shutdown: sessions are ended, the log is complete
    const late = setTimeout(() => server.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(late);
  }
  if (keep === 'keep') {
    await collected(root);
  } else {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The log collector outlives the server until it has written the server's last line. */
async function collected(root: string): Promise<void> {
  const directory = join(root, 'log');
  const isOpen = () => {
    const texts = readdirSync(directory).map((name) => read(join(directory, name)));
    return texts.length > 0 && !texts.some((text) => text.includes('database system is shut down'));
  };
  for (let waitedMs = 0; waitedMs < COLLECTOR_TIMEOUT_MS && isOpen(); waitedMs += COLLECTOR_POLL_MS) {
    await sleep(COLLECTOR_POLL_MS);
  }
}

function logFiles(root: string): string[] {
  const directory = join(root, 'log');
  const names = readdirSync(directory).filter((name) => name.endsWith('.csv'));
  return names.sort().map((name) => join(directory, name));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not there yet
  }
}

function identity(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID } : {};
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** Gives the directory and what is directly in it to the server's user. */
function own(root: string): void {
  if (process.getuid?.() === 0) {
    const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
    for (const path of [root, ...entries]) {
      chownSync(path, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
    }
  }
}
