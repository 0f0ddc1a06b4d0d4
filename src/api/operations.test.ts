import { expect, it } from 'vitest';
import { StoreError } from '../store/store-error.ts';
import { testServer } from './testkit.ts';

const metrics = { contentType: 'text/plain; version=0.0.4', text: async () => 'vedette_store_up 1\n' };

it('tells that it lives, and whether it is ready', async () => {
  const reasons: string[] = [];
  const server = await testServer({ notReady: () => reasons });
  const ready = () => server.app.inject('/readyz');

  expect((await server.app.inject('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await ready()).json()).toEqual({ status: 'ready', reasons: [] });
  reasons.push('The logs of orders are not open yet.');
  expect((await ready()).statusCode).toBe(503);
  reasons.pop();
  server.context.store.ping = () => Promise.reject(new StoreError('unavailable', 'The disk is full.'));
  expect(await ready()).toMatchObject({ statusCode: 503 });
  expect((await ready()).json()).toEqual({ status: 'not ready', reasons: ['The disk is full.'] });
  expect((await server.app.inject('/healthz')).statusCode).toBe(200);
  await server.close();
});

it('shows metrics to this machine, and to a reader', async () => {
  const server = await testServer({ metrics });
  const owner = await server.as('Owner');

  expect(await server.app.inject('/metrics')).toMatchObject({ statusCode: 200, body: 'vedette_store_up 1\n' });
  const far = { url: '/metrics', remoteAddress: '192.0.2.1' };
  expect((await server.app.inject(far)).statusCode).toBe(401);
  expect((await server.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '192.0.2.1' } })).statusCode).toBe(
    401,
  );
  expect((await owner({ ...far, method: 'GET' })).statusCode).toBe(200);
  await server.close();
});
