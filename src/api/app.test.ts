import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardRoutes } from './access.ts';
import { type TestServer, testServer } from './testkit.ts';

let directory: string;
let server: TestServer;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-portal-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Vedette</title>');
  writeFileSync(join(directory, 'assets', 'main-1a2b.js'), 'export {};');
  server = await testServer({ portalDirectory: directory });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

describe('the application', () => {
  it('refuses a route that says not who may call it', async () => {
    const app = fastify();
    guardRoutes(app, async () => undefined);
    app.get('/open', { config: { access: { open: 'health' } } }, () => '');
    app.get('/forgotten', () => '');

    await expect(app.ready()).rejects.toThrow('routes declare no access: /forgotten');
  });

  it('tells clients of Azure where everything is, from one address', async () => {
    const ask = async (version: string) =>
      (
        await server.app.inject({ url: `/metadata/endpoints?api-version=${version}`, headers: { host: 'v.example' } })
      ).json();
    const authentication = { loginEndpoint: 'http://v.example/adfs', audiences: ['http://v.example'] };

    expect(await ask('2019-05-01')).toMatchObject([{ resourceManager: 'http://v.example', authentication }]);
    expect(await ask('2015-01-01')).toMatchObject({ graphEndpoint: 'http://v.example', authentication });
  });

  it('sends headers that leave a page nothing to do elsewhere', async () => {
    const { headers } = await server.app.inject({ url: '/api/v1/me' });

    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none';script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-ms-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('tells a failure with an id that the log has, too', async () => {
    const { headers, statusCode } = await server.app.inject({ url: '/api/v1/me' });
    const body = (await server.app.inject({ url: '/api/v1/nothing' })).json();

    expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(body).toMatchObject({ status: 404, code: 'ResourceNotFound', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it.each([
    ['a body that is too large', 'x'.repeat(2_000_000), 413],
    ['no JSON', '{', 400],
    ['lists in lists', `{"name":"a","password":"b","x":${'['.repeat(65)}${']'.repeat(65)}}`, 400],
    ['objects without end', '{"a":'.repeat(200_000), 400],
    ['a poisoned prototype', '{"__proto__":{"a":1},"name":"a","password":"b"}', 400],
  ])('refuses %s', async (_, payload, status) => {
    const headers = { 'content-type': 'application/json' };
    const { statusCode } = await server.app.inject({ method: 'POST', url: '/api/v1/sign-in', headers, payload });

    expect(statusCode).toBe(status);
  });
});

describe('the documentation', () => {
  it('is an OpenAPI 3.1 document of every route', async () => {
    const document = (await server.app.inject({ url: '/api/openapi.json' })).json();

    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/alerts', '/api/v1/alerts/{name}']));
  });

  it('has a page that needs nobody else', async () => {
    const page = await server.app.inject({ url: '/api/docs/' });

    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)="https?:/);
  });
});

describe('the portal', () => {
  it.each(['/', '/alerts/some-name', '/resources'])('is the page at %s', async (url) => {
    const { headers, body } = await server.app.inject({ url });

    expect(body).toContain('<title>Vedette</title>');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('keeps files whose names change with their content', async () => {
    const { headers } = await server.app.inject({ url: '/assets/main-1a2b.js' });

    expect(headers['cache-control']).toContain('immutable');
  });

  it.each(['/assets/gone.js', '/subscriptions/x', '/api/v1/x', '/../../etc/passwd', '/assets/..%2f..%2fetc/passwd'])(
    'is not at %s',
    async (url) => {
      const { body } = await server.app.inject({ url });

      expect(body).not.toContain('root:');
      expect(body.includes('<title>') ? 'page' : 'error').toBe(url === '/../../etc/passwd' ? 'page' : 'error');
    },
  );
});
