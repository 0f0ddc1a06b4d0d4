import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from './guarded-fetch.ts';
import { refusalOf, useOutboundPolicy } from './outbound-policy.ts';

const nobody = new Set<string>();
let server: Server;
let port: number;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to');
    response.writeHead(to === null ? 200 : 302, to === null ? {} : { location: to }).end('here');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  useOutboundPolicy({ allowPrivate: true });
  server.close();
});

describe('an address', () => {
  it.each([
    ['169.254.169.254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['fe80::1', 'link-local'],
    ['fd00:ec2::254', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['255.255.255.255', 'no address of a server'],
    ['224.0.0.1', 'no address of a server'],
  ])('%s is never connected to, whatever the file names', (address, why) => {
    useOutboundPolicy({ allowPrivate: true, named: new Set(['x:443']) });

    expect(refusalOf(address, 'x:443')).toContain(why);
  });

  it.each([
    ['127.0.0.1', 'this machine'],
    ['127.8.8.8', 'this machine'],
    ['::1', 'this machine'],
    ['0.0.0.0', 'this machine'],
    ['::ffff:127.0.0.1', 'this machine'],
    ['10.1.2.3', 'private'],
    ['192.168.1.1', 'private'],
    ['172.31.255.255', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12::1', 'private'],
  ])('%s is connected to where the file names it', (address, why) => {
    useOutboundPolicy({ allowPrivate: false, named: new Set(['siem:8088']) });

    expect(refusalOf(address, 'siem:8088')).toBeUndefined();
    expect(refusalOf(address, 'siem:22')).toContain(why);
  });

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '64:ff9b::808:808'])('%s is public', (address) => {
    useOutboundPolicy({ allowPrivate: false, named: nobody });

    expect(refusalOf(address, 'x:443')).toBeUndefined();
  });

  it('of a private network is connected to unless that is off', () => {
    useOutboundPolicy({ allowPrivate: true, named: nobody });

    expect(refusalOf('10.1.2.3', 'x:443')).toBeUndefined();
  });
});

describe('a request', () => {
  const refused = (url: string) => expect(guardedFetch(url)).rejects.toThrow('is not connected to');

  it('goes to a machine that the file names', async () => {
    useOutboundPolicy({ allowPrivate: false, named: new Set([`127.0.0.1:${port}`]) });
    const answer = await guardedFetch(`http://127.0.0.1:${port}/a`);

    expect([answer.status, await answer.text(), asked]).toEqual([200, 'here', ['/a']]);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost'])(
    'never reaches this machine as %s',
    async (host) => {
      useOutboundPolicy({ allowPrivate: true, named: nobody });

      await refused(`http://${host}:${port}/`);
      expect(asked).toEqual([]);
    },
  );

  it('follows to where it may go, and no further', async () => {
    useOutboundPolicy({ allowPrivate: true, named: new Set([`127.0.0.1:${port}`]) });
    const here = await guardedFetch(`http://127.0.0.1:${port}/?to=/b`);

    expect([await here.text(), asked]).toEqual(['here', ['/?to=/b', '/b']]);
    await refused(`http://127.0.0.1:${port}/?to=${encodeURIComponent('http://169.254.169.254/latest/meta-data')}`);
    await refused(`http://127.0.0.1:${port}/?to=${encodeURIComponent(`http://localhost:${port}/`)}`);
    expect(asked).not.toContain('/');
  });

  it('tells who we are to the first origin only', async () => {
    const told: (string | undefined)[] = [];
    const others = [0, 1].map(() =>
      createServer((request, response) => {
        told.push(request.headers.authorization);
        const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to');
        response.writeHead(to === null ? 200 : 302, to === null ? {} : { location: to }).end();
      }),
    );
    for (const other of others) {
      await once(other.listen(0, '127.0.0.1'), 'listening');
    }
    const [first, second] = others.map((other) => `http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const headers = { authorization: 'Bearer secret' };

    await guardedFetch(`${first}?to=/?to=${second}`, { headers });
    expect(told).toEqual(['Bearer secret', 'Bearer secret', undefined]);
    for (const other of others) {
      other.close();
    }
  });

  it('ends where it is sent around for ever', async () => {
    server.removeAllListeners('request').on('request', (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/again' }).end();
    });
    const answer = await guardedFetch(`http://127.0.0.1:${port}/`);

    expect([answer.status, asked.length]).toEqual([302, 6]);
  });
});
