import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where programs send their messages; the name is built into the C library. */
const SOCKET = '/dev/log';
const START_TIMEOUT_MS = 5000;
/** rsyslog writes what it has got within this time. */
const WRITE_MS = 500;

/** Templates that are built into rsyslog, by the name that a sample has. */
export const SYSLOG_TEMPLATES = {
  /** `Nov 21 10:00:00 db1 postgres[123]: …` (RFC 3164): the default for `/var/log/syslog` up to Debian 11. */
  traditional: 'RSYSLOG_TraditionalFileFormat',
  /** `2026-11-21T10:00:00.123456+00:00 db1 postgres[123]: …`: rsyslog's own default, and Debian's since 12. */
  iso: 'RSYSLOG_FileFormat',
  /** `<134>1 2026-11-21T10:00:00.123456+00:00 db1 postgres 123 - - …` (RFC 5424). */
  rfc5424: 'RSYSLOG_SyslogProtocol23Format',
} as const;
export type SyslogTemplate = keyof typeof SYSLOG_TEMPLATES;

/** A syslog daemon of our own. */
export interface SyslogDaemon {
  /** What was logged so far. */
  text(): string;
  /** Ends it and removes its socket. */
  stop(): Promise<void>;
}

/** Starts rsyslogd on `/dev/log`. Throws where another daemon has that socket: its log is not ours to fill. */
export async function startSyslog(template: SyslogTemplate): Promise<SyslogDaemon> {
  if (existsSync(SOCKET)) {
    throw new Error(`${SOCKET} exists: record on a machine without a syslog daemon`);
  }
  const root = mkdtempSync(join(tmpdir(), 'vedette-syslog-'));
  const log = join(root, 'log');
  writeFileSync(log, '');
  writeFileSync(join(root, 'conf'), configuration(log, template));
  const daemon = spawn('rsyslogd', ['-n', '-f', join(root, 'conf'), '-i', join(root, 'pid')], { stdio: 'inherit' });
  await untilReady(daemon);
  return {
    text: () => readFileSync(log, 'utf8'),
    async stop() {
      const exited = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await exited;
      rmSync(SOCKET, { force: true });
      rmSync(root, { recursive: true });
    },
  };
}

/** Gives the daemon time to write all that it has got. */
export function settleSyslog(): Promise<void> {
  return sleep(WRITE_MS);
}

function configuration(log: string, template: SyslogTemplate): string {
  return [
    'global(localHostname="db1")',
    `module(load="imuxsock" SysSock.Name="${SOCKET}" SysSock.RateLimit.Interval="0")`,
    `*.* action(type="omfile" file="${log}" template="${SYSLOG_TEMPLATES[template]}")`,
    '',
  ].join('\n');
}

async function untilReady(daemon: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!existsSync(SOCKET)) {
    if (daemon.exitCode !== null || performance.now() > deadline) {
      daemon.kill('SIGTERM');
      throw new Error('rsyslogd did not start');
    }
    await sleep(20);
  }
}
