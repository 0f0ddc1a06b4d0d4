import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { get } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../../test/why-not.ts';
import { ownCertificate } from './own-certificate.ts';
import { type Listening, serveApp } from './serve.ts';
import { type TestServer, testServer } from './testkit.ts';

const withoutOpenssl = whyNot(spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not installed');

let directory: string;
let server: TestServer;
let listening: Listening;
let certificate: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-serve-'));
  const own = await ownCertificate(directory, ['localhost', '127.0.0.1'], Date.now());
  certificate = own.certificate;
  server = await testServer();
  listening = await serveApp(server.app, {
    http: { port: 0 },
    https: { host: '127.0.0.1', port: 0, ...own },
    socket: join(directory, 'vedette.sock'),
  });
});
afterAll(async () => {
  await listening.close();
  await server.close();
  rmSync(directory, { recursive: true });
});

it('answers on plain HTTP, on this machine', async () => {
  const answer = await fetch(`${listening.httpUrl}/api/v1/me`);

  expect(listening.httpUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(answer.status).toBe(401);
});

it('answers over TLS to clients that trust its certificate', async () => {
  const status = await new Promise((resolve, reject) => {
    get(`${listening.httpsUrl}/api/v1/me`, { ca: certificate }, (answer) => resolve(answer.resume().statusCode)).on(
      'error',
      reject,
    );
  });

  expect(status).toBe(401);
});

it.each([
  ['TLSv1.3', 'TLSv1.3'],
  ['TLSv1.2', 'TLSv1.2'],
  ['TLSv1.1', 'refused'],
] as const)('to %s: %s', async (version, expected) => {
  const port = Number(new URL(listening.httpsUrl!).port);
  const options = { port, host: '127.0.0.1', ca: certificate, ciphers: 'DEFAULT@SECLEVEL=0' };
  const spoken = await new Promise((resolve) => {
    const socket = connect({ ...options, minVersion: 'TLSv1', maxVersion: version }, () => {
      resolve(socket.getProtocol());
      socket.destroy();
    }).on('error', () => resolve('refused'));
  });

  expect(spoken).toBe(expected);
});

it.skipIf(withoutOpenssl)('refuses TLS 1.1 to openssl, too, and speaks 1.2 with it', async () => {
  const port = new URL(listening.httpsUrl!).port;
  const speak = (version: string) =>
    new Promise<string>((resolve) => {
      const connection = ['s_client', '-connect', `127.0.0.1:${port}`, version, '-cipher', 'DEFAULT@SECLEVEL=0'];
      const child = execFile('openssl', connection, (_, stdout) => resolve(stdout));
      child.stdin?.end();
    });

  expect(await speak('-tls1_1')).toMatch(/Cipher is \(NONE\)/);
  expect(await speak('-tls1_2')).toMatch(/New, TLSv1\.2, Cipher is ECDHE/);
});

describe('a client that is too slow', () => {
  const patience = { requestMs: 400, headersMs: 200, keepAliveMs: 100, lookMs: 50 };
  let slow: TestServer;
  let reached: Listening;

  beforeAll(async () => {
    slow = await testServer();
    reached = await serveApp(slow.app, { http: { port: 0 } }, patience);
  });
  afterAll(async () => {
    await reached.close();
    await slow.store.close();
  });

  it.each([
    ['with its first line', 'GET /api/v1/m'],
    ['with its headers', 'GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-A: '],
    [
      'with its body',
      'POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ],
  ])('%s is let go of', async (_, beginning) => {
    const { hostname, port } = new URL(reached.httpUrl!);
    const socket = connectTcp(Number(port), hostname);
    socket.write(beginning);

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /); // ends when the server ends it
  });

  it('keeps nobody else from being answered', async () => {
    const { hostname, port } = new URL(reached.httpUrl!);
    const sockets = Array.from({ length: 50 }, () => connectTcp(Number(port), hostname).on('error', () => {}));
    for (const socket of sockets) {
      socket.write('GET / HTTP/1.1\r\n');
    }

    expect((await fetch(`${reached.httpUrl}/healthz`)).status).toBe(200);
    for (const socket of sockets) {
      socket.destroy();
    }
  });
});

it('knows whoever may write to its socket as an Owner, and nobody else', async () => {
  const socketPath = join(directory, 'vedette.sock');
  const body = await new Promise<string>((resolve, reject) => {
    httpRequest({ socketPath, path: '/api/v1/me' }, (answer) => resolve(text(answer)))
      .on('error', reject)
      .end();
  });

  expect(JSON.parse(body)).toMatchObject({ kind: 'local', roles: [{ role: 'Owner', scope: '/' }] });
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
});

it('keeps its certificate, until it is about to end', async () => {
  const again = await ownCertificate(directory, ['localhost'], Date.now());
  const later = await ownCertificate(directory, ['localhost'], Date.now() + 800 * 24 * 3_600_000);

  expect(again.certificate).toBe(certificate);
  expect(later.certificate).not.toBe(certificate);
});

it('lets go of everything when a port is taken', async () => {
  const other = await testServer();
  const port = Number(new URL(listening.httpUrl!).port);
  const socket = join(directory, 'other.sock');

  await expect(serveApp(other.app, { http: { port }, socket })).rejects.toThrow('EADDRINUSE');
  expect(existsSync(socket)).toBe(false);
  await other.store.close();
});
