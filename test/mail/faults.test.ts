import { type AddressInfo, createServer, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noticeOf } from '../../src/notifiers/testkit.ts';
import { freePort } from '../servers/free-port.ts';
import { openChannel, refusal, send, startServer } from './smtp.ts';

/** Bytes in place of a mail server. */
async function startRaw(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

describe('what a mail server refuses', () => {
  it.each([
    ['a greeting', 421, false, { onConnect: (_, done) => done(refusal(421, 'too busy')) }],
    ['a sender for now', 451, false, { onMailFrom: (_, __, done) => done(refusal(451, 'later')) }],
    ['a recipient for now', 450, false, { onRcptTo: (_, __, done) => done(refusal(450, 'greylisted')) }],
    ['a recipient', 550, true, { onRcptTo: (_, __, done) => done(refusal(550, 'no such user')) }],
    [
      'a mail for now',
      452,
      false,
      { onData: (stream, _, done) => stream.resume().on('end', () => done(refusal(452, 'full'))) },
    ],
    ['a mail', 554, true, { onData: (stream, _, done) => stream.resume().on('end', () => done(refusal(554, 'spam'))) }],
  ] satisfies [string, number, boolean, SMTPServerOptions][])(
    '%s with %d, for good: %s',
    async (_, code, isPermanent, options) => {
      const { port } = await startServer(options);

      await expect(send(port)).rejects.toMatchObject({ isPermanent, message: expect.stringContaining(String(code)) });
    },
  );

  it('is told again only to those who have not got it', async () => {
    let isLater = true;
    const { port, taken } = await startServer({
      onRcptTo: ({ address }, _, done) =>
        done(isLater && address.startsWith('late') ? refusal(450, 'greylisted') : null),
    });
    const channel = openChannel(port, { to: ['early@example.com', 'late@example.com'] });
    const deliver = () => channel.deliver([noticeOf()], AbortSignal.timeout(60_000));

    await expect(deliver()).rejects.toMatchObject({
      isPermanent: false,
      message: expect.stringContaining('greylisted'),
    });
    isLater = false;
    await deliver();
    await deliver(); // somebody asked for it again: to everybody

    expect(taken.map(({ to }) => to)).toEqual([
      ['early@example.com'],
      ['late@example.com'],
      ['early@example.com', 'late@example.com'],
    ]);
    const mails = await Promise.all(taken.map(({ mail }) => PostalMime.parse(mail)));
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(mails[1]?.to?.map(({ address }) => address)).toEqual(['early@example.com', 'late@example.com']);
  });

  it('of several recipients for good is seen, though the others have it', async () => {
    const { port, taken } = await startServer({
      onRcptTo: ({ address }, _, done) => done(address.startsWith('gone') ? refusal(550, 'no such user') : null),
    });

    await expect(send(port, { to: ['here@example.com', 'gone@example.com'] })).rejects.toMatchObject({
      isPermanent: true,
      message: expect.stringContaining('no such user'),
    });
    expect(taken.map(({ to }) => to)).toEqual([['here@example.com']]);
  });
});

describe('a mail server that is', () => {
  it('away is an error that may pass', async () => {
    await expect(send(await freePort())).rejects.toMatchObject({ isPermanent: false });
  });

  it('silent is given up in time', async () => {
    const port = await startRaw(() => undefined);

    await expect(send(port, {}, 300)).rejects.toThrow('does not come to an end');
  });

  it('never done with its greeting is given up in time', async () => {
    const port = await startRaw((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });

    await expect(send(port, {}, 300)).rejects.toThrow('does not come to an end');
  });

  it('gone in the middle of a mail is told it again', async () => {
    const port = await startRaw((socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (data) => {
        const isMail = String(data).startsWith('DATA');
        socket.write(isMail ? '354 go on\r\n' : '250 yes\r\n', () => isMail && socket.resetAndDestroy());
      });
    });

    await expect(send(port)).rejects.toMatchObject({ isPermanent: false });
  });

  it('speaking nonsense is an error that may pass', async () => {
    const port = await startRaw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

    await expect(send(port)).rejects.toMatchObject({ isPermanent: false });
  });
});
