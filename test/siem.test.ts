import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseCef } from '../src/alerts/cef/testkit.ts';
import { NOTIFIERS } from '../src/notifiers/index.ts';
import type { Notice } from '../src/notifiers/notifier.ts';
import { noticeOf, SURROUNDINGS } from '../src/notifiers/testkit.ts';
import { freePort } from './servers/free-port.ts';
import { whyNoKafka } from './servers/kafka/install.ts';
import { KAFKA_USER, type KafkaServer, startKafkaServer } from './servers/kafka.ts';
import { whyNot } from './why-not.ts';

const DAEMON = '/usr/sbin/rsyslogd';
const hasTls = globSync('/usr/lib/*/rsyslog/lmnsd_ossl.so').length > 0;
const noDaemon = whyNot(
  existsSync(DAEMON) && hasTls ? undefined : 'syslog to rsyslog is not tested: it is not installed, or without TLS',
);
const noKafka = whyNot(whyNoKafka());
const PATIENCE = { timeout: 120_000, interval: 50 };
const HOSTILE = 'x" y="1] \\ ü€😀 \n<13>1 - evil evil - - - forged';

async function deliver(id: string, settings: object, notices: readonly Notice[]): Promise<void> {
  const channel = NOTIFIERS.find((notifier) => notifier.id === id)!.open(settings, SURROUNDINGS);
  try {
    await channel.deliver(notices, AbortSignal.timeout(30_000));
  } finally {
    await channel.close();
  }
}

describe.skipIf(noDaemon !== undefined)('rsyslog', () => {
  const notices = Array.from({ length: 12 }, (_, n) =>
    noticeOf(n, 'High', n === 7 ? { description: HOSTILE, compromisedEntity: HOSTILE } : {}),
  );

  it.each(['tls', 'tcp', 'udp'] as const)('takes CEF over %s, each alert as one line, in order', async (transport) => {
    const daemon = await startDaemon(transport);
    const settings = { host: '127.0.0.1', port: daemon.port, transport, ...(transport === 'tls' && { ca: daemon.ca }) };
    await deliver('syslog', settings, notices);
    await vi.waitFor(() => expect(daemon.lines()).toHaveLength(notices.length), PATIENCE);

    const events = daemon.lines().map((line) => parseCef(line.slice(line.indexOf('CEF:0|'))));
    expect(events.map(({ extension }) => extension.get('externalId'))).toEqual(
      notices.map(({ alert }) => alert.name.slice(alert.name.indexOf('_') + 1)),
    );
    expect(events[7]?.extension.get('msg')).toBe(
      'x" y="1] \\ ü€😀 \\n<13>1 - evil evil - - - forged'.replace('\\n', '\n'),
    );
    expect(daemon.lines()[0]).toMatch(
      /^<82>1 2026-11-17T02:20:00\.000Z \S+ vedette - SQL\.PostgreSQL_BruteForce - CEF:0\|/,
    );
  });

  it('keeps up with a burst over UDP', async () => {
    const daemon = await startDaemon('udp');
    const burst = Array.from({ length: 500 }, (_, n) => noticeOf(n));
    await deliver('syslog', { host: '127.0.0.1', port: daemon.port, transport: 'udp' }, burst);

    await vi.waitFor(() => expect(daemon.lines()).toHaveLength(burst.length), PATIENCE);
  });

  it('that is started anew gets what it missed, and nothing twice', async () => {
    const daemon = await startDaemon('tcp');
    const settings = { host: '127.0.0.1', port: daemon.port, transport: 'tcp' };
    await deliver('syslog', settings, notices.slice(0, 4));
    await vi.waitFor(() => expect(daemon.lines()).toHaveLength(4), PATIENCE);
    await daemon.stop();
    await expect(deliver('syslog', settings, notices.slice(4))).rejects.toThrow('ECONNREFUSED');
    await daemon.start();
    await deliver('syslog', settings, notices.slice(4));

    await vi.waitFor(() => expect(daemon.lines()).toHaveLength(notices.length), PATIENCE);
  });

  it('reads back the structured data of RFC 5424 as it was meant', async () => {
    const daemon = await startDaemon('tcp', '%structured-data%|%msg%\\n');
    const settings = { host: '127.0.0.1', port: daemon.port, transport: 'tcp', format: 'structured' };
    await deliver('syslog', settings, notices.slice(7, 8));
    await vi.waitFor(() => expect(daemon.lines()).toHaveLength(1), PATIENCE);

    expect(daemon.lines()[0]).toContain('[vedette@32473 id="id-7" ');
    expect(daemon.lines()[0]).toContain('entity="x\\" y=\\"1\\] \\\\ ü€😀  <13>1 - evil evil - - - forged"');
  });

  it('gets nothing from a sender who does not trust its certificate', async () => {
    const daemon = await startDaemon('tls');

    await expect(deliver('syslog', { host: '127.0.0.1', port: daemon.port }, notices)).rejects.toThrow(/self.signed/);
    expect(daemon.lines()).toEqual([]);
  });

  it('that is away is an error, over each transport that can tell', async () => {
    const port = await freePort();
    for (const transport of ['tls', 'tcp', 'udp']) {
      await expect(deliver('syslog', { host: '127.0.0.1', port, transport }, notices)).rejects.toThrow('ECONNREFUSED');
    }
  });

  it('that breaks off is an error: what it has not read is told again', async () => {
    const breaker = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => breaker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void breaker.close());
    const { port } = breaker.address() as { port: number };

    await expect(deliver('syslog', { host: '127.0.0.1', port, transport: 'tcp' }, notices)).rejects.toThrow();
  });
});

describe.skipIf(noKafka !== undefined)('Kafka', () => {
  let server: KafkaServer;

  beforeAll(async () => {
    server = await startKafkaServer();
  }, 120_000);
  afterAll(() => server?.stop());

  it('takes alerts as continuous export writes them, keyed by name, over TLS with a password', async () => {
    await server.createTopic('alerts', 3);
    const settings = {
      brokers: [server.secureBroker],
      topic: 'alerts',
      tls: { ca: server.ca },
      sasl: { mechanism: 'plain', ...KAFKA_USER },
    };
    await deliver('kafka', settings, [noticeOf(1), noticeOf(2, 'Low')]);

    const told = await consume('alerts', 2);
    expect(told.map(({ key }) => key).toSorted()).toEqual([noticeOf(1), noticeOf(2)].map(({ alert }) => alert.name));
    expect(told.find(({ id }) => id === 'id-1')?.value).toMatchObject({
      VendorName: 'Vedette',
      AlertType: 'SQL.PostgreSQL_BruteForce',
      Severity: 'High',
      Status: 'New',
      SystemAlertId: noticeOf().alert.properties.systemAlertId,
      Entities: expect.arrayContaining([expect.objectContaining({ Type: 'ip', Address: '45.155.204.10' })]),
    });
  }, 90_000);

  it('that does not know the topic, or is away, is an error', async () => {
    await expect(deliver('kafka', { brokers: [server.broker], topic: 'none' }, [noticeOf()])).rejects.toThrow();
    const brokers = [`127.0.0.1:${await freePort()}`];
    await expect(deliver('kafka', { brokers, topic: 'alerts' }, [noticeOf()])).rejects.toThrow('ECONNREFUSED');
  }, 90_000);

  async function consume(topic: string, count: number) {
    const consumer = new Consumer({ clientId: 'test', groupId: 'test', bootstrapBrokers: [server.broker] });
    onTestFinished(() => consumer.close(true));
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' });
    const found: { key: string; id: string; value: unknown }[] = [];
    for await (const { key, value, headers } of stream) {
      const id = [...headers].find(([name]) => String(name) === 'vedette-id')?.[1];
      found.push({ key: String(key), id: String(id), value: JSON.parse(String(value)) });
      if (found.length === count) {
        break;
      }
    }
    return found;
  }
});

/** A syslog daemon that listens and writes what it gets into a file. */
async function startDaemon(transport: 'tls' | 'tcp' | 'udp', template = '%rawmsg%\\n') {
  const root = mkdtempSync(join(tmpdir(), 'vedette-siem-'));
  const port = await freePort();
  const [file, cert, key] = ['received', 'cert.pem', 'key.pem'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const pair = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...pair], { stdio: 'pipe' });
  const driver =
    transport === 'tls' ? 'StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon"' : '';
  writeFileSync(
    join(root, 'conf'),
    `
global(workDirectory="${root}" maxMessageSize="64k" defaultNetstreamDriverCAFile="${cert}"
  defaultNetstreamDriverCertFile="${cert}" defaultNetstreamDriverKeyFile="${key}")
module(load="${transport === 'udp' ? 'imudp' : 'imtcp'}" ${driver})
template(name="raw" type="string" string="${template}")
input(type="${transport === 'udp' ? 'imudp' : 'imtcp'}" port="${port}" address="127.0.0.1" ruleset="all"
  ${transport === 'udp' ? 'rcvbufSize="8m"' : ''})
ruleset(name="all") { action(type="omfile" file="${file}" template="raw") }
`,
  );
  let daemon: ChildProcess;
  const start = async () => {
    daemon = spawn(DAEMON, ['-n', '-f', join(root, 'conf'), '-i', join(root, 'pid')], { stdio: 'inherit' });
    await vi.waitFor(() => expect(isListening(port, transport)).toBe(true), PATIENCE);
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const exited = once(daemon, 'exit');
    daemon.kill(signal);
    await exited;
  };
  onTestFinished(async () => {
    await stop('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });
  await start();
  const text = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return {
    port,
    start,
    stop,
    ca: readFileSync(cert, 'utf8'),
    lines: () =>
      text()
        .split('\n')
        .filter((line) => line !== ''),
  };
}

/** As the kernel tells: a connection of ours would be one that the daemon sees. */
function isListening(port: number, transport: string): boolean {
  const table = readFileSync(`/proc/net/${transport === 'udp' ? 'udp' : 'tcp'}`, 'utf8');
  return table.includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000`);
}
