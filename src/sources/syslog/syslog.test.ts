import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Journal, openJournal } from '../../journal/journal.ts';
import { openReader, readAll, temporaryDirectory } from '../../journal/testkit.ts';
import { readMessageHeader } from './message-header.ts';
import { type SyslogListener, type SyslogRoute, startSyslog } from './syslog.ts';

const MESSAGE = '<134>1 2026-11-21T10:00:00.123Z orders-db postgres 123 - - [1-1] connection received';

async function newJournal(capBytes?: number): Promise<Journal> {
  const journal = await openJournal({ directory: temporaryDirectory(), ...(capBytes !== undefined && { capBytes }) });
  onTestFinished(() => journal.close());
  return journal;
}

async function start(transport: SyslogListener['transport'], routes: readonly SyslogRoute[]) {
  const intake = await startSyslog({ transport, host: '127.0.0.1', port: 0 }, routes);
  onTestFinished(() => intake.close());
  return intake;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function sendDatagrams(port: number, messages: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const message of messages) {
    await new Promise((resolve) => socket.send(message, port, '127.0.0.1', resolve));
  }
  socket.close();
}

const kept = (journal: Journal) => readAll(openReader(journal.options));
const waitFor = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 120_000, interval: 20 });

describe('the header', () => {
  it.each([
    [
      MESSAGE,
      { hostname: 'orders-db', appName: 'postgres', sequence: { writer: 'orders-db postgres 123', number: 1 } },
    ],
    ['<34>1 - - - - - -', { hostname: '', appName: '' }],
    [
      '<34>1 2026-11-21T10:00:00Z h app - - [a b="]\\""][meta sequenceId="29"] x',
      { hostname: 'h', appName: 'app', sequence: { writer: 'h', number: 29 } },
    ],
    [
      '<134>Nov 21 10:00:00 orders-db postgres[7]: [12-1] x',
      { hostname: 'orders-db', appName: 'postgres', sequence: { writer: 'orders-db postgres 7', number: 12 } },
    ],
    ['<13>Nov  1 10:00:00 app: x: y', { hostname: '', appName: 'app' }],
    ['<13>2026-11-21T10:00:00+01:00 h app[1]: x', { hostname: 'h', appName: 'app' }],
    ['no header', { hostname: '', appName: '' }],
    ['', { hostname: '', appName: '' }],
  ])('of %j', (message, expected) => {
    expect(readMessageHeader(Buffer.from(message))).toEqual(expected);
  });

  it('of hostile messages is read in no time', () => {
    const started = performance.now();
    for (const piece of ['[', '[a="', ' ', '<1>1 a', '\\"', ':', 'a ']) {
      readMessageHeader(Buffer.from(`<1>1 t h a p k ${piece.repeat(100_000)}`));
      readMessageHeader(Buffer.from(piece.repeat(100_000)));
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('over TCP', () => {
  it('keeps messages of both framings, each as a line', async () => {
    const journal = await newJournal();
    const { port } = await start('tcp', [{ journal }]);
    const socket = await connected(port);
    socket.end(`${MESSAGE}\n11 <13>a b\nc\r\n<13>d\0\n<13>last`);
    await waitFor(async () => expect(await kept(journal)).toBe(`${MESSAGE}\n<13>a b#012c#015\n<13>d\n<13>last\n`));
  });

  it('gives each message to the resource that host and program name, and counts those of nobody', async () => {
    const [first, second] = [await newJournal(), await newJournal()];
    const { port, status } = await start('tcp', [
      { journal: first, hostname: 'Orders-DB', appName: 'postgres' },
      { journal: second, appName: 'carts' },
    ]);
    const socket = await connected(port);
    socket.end(`${MESSAGE}\n<13>Nov 21 10:00:00 orders-db carts: x\n<13>Nov 21 10:00:00 orders-db sshd: y\n`);
    await waitFor(() =>
      expect(status().refused).toMatchObject({
        'a message of nobody: no configured host and program fits': { count: 1 },
      }),
    );
    await waitFor(async () => expect(await kept(second)).toContain('carts: x'));

    expect(await kept(first)).toBe(`${MESSAGE}\n`);
    expect(status()).toMatchObject({ state: 'running', messages: 2 });
  });

  it('holds senders up while the engine is behind, and loses nothing', async () => {
    const journal = await newJournal(400_000);
    const { port, status, close } = await start('tcp', [{ journal }]);
    const socket = await connected(port);
    socket.on('error', () => {}); // we end first
    for (let i = 0; i < 100; i++) {
      socket.write(`<13>Nov 21 10:00:00 h p: ${i} ${'x'.repeat(9000)}\n`);
    }
    await waitFor(() => expect(status().state).toBe('waiting'));
    await close();

    const numbers = (await kept(journal))
      .split('\n')
      .slice(0, -1)
      .map((line) => Number(/p: (\d+)/.exec(line)?.[1]));
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, i) => i));
  });

  it('counts messages that are too long and goes on behind them', async () => {
    const journal = await newJournal();
    const { port, status } = await start('tcp', [{ journal }]);
    const socket = await connected(port);
    socket.end(`<13>${'x'.repeat(300_000)}\n${MESSAGE}\n`);
    await waitFor(async () => expect(await kept(journal)).toBe(`${MESSAGE}\n`));

    expect(status().refused).toEqual({ 'a message longer than 262144 bytes': { count: 1, example: '127.0.0.1' } });
  });

  it('keeps what came before a sender broke off', async () => {
    const journal = await newJournal();
    const { port } = await start('tcp', [{ journal }]);
    const socket = await connected(port);
    socket.write(`${MESSAGE}\n`);
    await waitFor(async () => expect(await kept(journal)).toBe(`${MESSAGE}\n`));
    socket.resetAndDestroy();
    const next = await connected(port);
    next.end(`${MESSAGE}\n`);
    await waitFor(async () => expect(await kept(journal)).toBe(`${MESSAGE}\n${MESSAGE}\n`));
  });
});

describe('over UDP', () => {
  it('keeps datagrams and notices those that never came', async () => {
    const journal = await newJournal();
    const { port, takeGaps } = await start('udp', [{ journal }]);
    const numbered = (n: number) => `<134>Nov 21 10:00:00 db postgres[7]: [${n}-1] x`;
    await sendDatagrams(port, [1, 2, 6, 7].map(numbered));
    await waitFor(async () => expect((await kept(journal)).split('\n')).toHaveLength(5));

    expect(takeGaps()).toEqual([
      { what: 'datagrams of 127.0.0.1 that never came, by their numbers', records: 3, noticed: expect.any(Number) },
    ]);
  });

  it('takes what logger sends', async () => {
    const journal = await newJournal();
    const { port } = await start('udp', [{ journal, appName: 'postgres' }]);
    const common = ['--server', '127.0.0.1', '--port', String(port), '--udp', '--tag', 'postgres'];
    execFileSync('logger', [...common, '--rfc5424', 'structured']);
    execFileSync('logger', [...common, '--rfc3164', 'plain']);
    await waitFor(async () => expect((await kept(journal)).split('\n')).toHaveLength(3));

    expect(await kept(journal)).toMatch(
      /^<13>1 \S+ \S+ postgres - - \[.*\] structured\n<13>\w{3} .* postgres: plain\n$/,
    );
  });

  it('notices what the kernel had no room for', async () => {
    const journal = await newJournal();
    const intake = await start('udp', [{ journal }]);
    const sender = createSocket('udp4');
    const flood = Buffer.alloc(60_000, 'x');
    for (let i = 0; i < 600; i++) {
      sender.send(flood, intake.port, '127.0.0.1'); // all in one turn: nobody reads meanwhile
    }
    await waitFor(() => expect(intake.status().refused).toEqual({}));
    await intake.close();
    sender.close();
    const gaps = intake.takeGaps();

    expect(gaps.every(({ records }) => (records ?? 0) > 0)).toBe(true);
    const lost = gaps.reduce((sum, { records = 0 }) => sum + records, 0);
    expect(intake.status().messages + lost).toBeLessThanOrEqual(600);
  });
});

it('says at once when it cannot listen', async () => {
  const { port } = await start('tcp', []);

  await expect(startSyslog({ transport: 'tcp', host: '127.0.0.1', port }, [])).rejects.toThrow('EADDRINUSE');
});
