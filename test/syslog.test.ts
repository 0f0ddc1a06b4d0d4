import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openJournal } from '../src/journal/journal.ts';
import { openReader, readAll, temporaryDirectory } from '../src/journal/testkit.ts';
import { startSyslog } from '../src/sources/syslog/syslog.ts';
import { whyNot } from './why-not.ts';

const DAEMON = '/usr/sbin/rsyslogd';
const hasTls = globSync('/usr/lib/*/rsyslog/lmnsd_ossl.so').length > 0;
const reason = whyNot(
  existsSync(DAEMON) && hasTls ? undefined : 'rsyslog is not tested: it is not installed, or without TLS',
);
const MESSAGES = 2000;

describe.skipIf(reason !== undefined)('rsyslog', () => {
  it.each(['octet-counted', 'traditional'])('sends over TLS, %s: all of it arrives, in order', async (framing) => {
    const root = temporaryDirectory();
    const { cert, key } = makeCertificate(root);
    const journal = await openJournal({ directory: join(root, 'journal') });
    const route = { journal, appName: 'postgres' };
    const intake = await startSyslog({ transport: 'tls', host: '127.0.0.1', port: 0, cert, key }, [route]);
    const daemon = startDaemon(root, forwarding(root, intake.port, framing));
    onTestFinished(async () => {
      daemon.kill('SIGKILL');
      await intake.close();
      await journal.close();
    });
    await vi.waitFor(() => expect(existsSync(join(root, 'log'))).toBe(true), { timeout: 120_000 });
    const lines = Array.from({ length: MESSAGES }, (_, i) => `number ${i}`).join('\n');
    execFileSync('logger', ['--socket', join(root, 'log'), '--tag', 'postgres'], { input: lines });
    const kept = () => readAll(openReader(journal.options));
    await vi.waitFor(async () => expect((await kept()).split('\n')).toHaveLength(MESSAGES + 1), {
      timeout: 120_000,
      interval: 100,
    });

    const numbers = (await kept())
      .trimEnd()
      .split('\n')
      .map((line) => Number(/ postgres .* number (\d+)$/.exec(line)?.[1]));
    expect(numbers).toEqual(Array.from({ length: MESSAGES }, (_, i) => i));
    expect(intake.status()).toMatchObject({ state: 'running', messages: MESSAGES, refused: {} });
    await expectNoClear(intake.port);
    expect(Object.keys(intake.status().refused)).toEqual(['a connection whose TLS handshake failed']);
  });
});

function makeCertificate(root: string): { cert: string; key: string } {
  const [key, cert] = [join(root, 'key.pem'), join(root, 'cert.pem')];
  const subject = ['-subj', '/CN=vedette.example.com', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, '-keyout', key, '-out', cert], {
    stdio: 'pipe',
  });
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** What an administrator writes to send what PostgreSQL logs to us. */
function forwarding(root: string, port: number, framing: string): string {
  return `
global(workDirectory="${root}" defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="${join(root, 'cert.pem')}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${join(root, 'log')}" RateLimit.Interval="0")
*.* action(type="omfwd" target="127.0.0.1" port="${port}" protocol="tcp" TCP_Framing="${framing}"
  StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name"
  StreamDriverPermittedPeers="vedette.example.com" template="RSYSLOG_SyslogProtocol23Format")
`;
}

function startDaemon(root: string, config: string): ChildProcess {
  const file = join(root, 'rsyslog.conf');
  writeFileSync(file, config);
  return spawn(DAEMON, ['-n', '-f', file, '-i', join(root, 'pid')], { stdio: 'inherit' });
}

/** Somebody who does not encrypt gets nowhere. */
async function expectNoClear(port: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.end('<13>Nov 21 10:00:00 h postgres: in the clear\n');
  await once(socket.resume(), 'close');
}
