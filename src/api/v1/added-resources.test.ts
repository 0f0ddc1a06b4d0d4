import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AddedResource } from '../../config/added-resources.ts';
import { GROUP, ORDERS, OTHER, type TestServer, testServer } from '../testkit.ts';

const problemOf = async ({ logs }: AddedResource) =>
  logs.some(({ path }) => path?.startsWith('/etc')) ? '"/etc/passwd" lies in no folder of logs' : undefined;
const id = `${GROUP}/providers/Microsoft.DBforPostgreSQL/servers/billing`;
const resource = { id, kind: 'postgresql', logs: [{ path: '/var/log/postgresql/*.csv', format: 'csvlog' }] };
const url = `/api/v1/resources/${encodeURIComponent(id)}`;
let server: TestServer;

beforeAll(async () => {
  server = await testServer({ resourceIntake: { problemOf } });
});
afterAll(() => server.close());

it('adds a resource within the caller’s scope, keeps how it is read, and removes it', async () => {
  const admin = await server.as('Security Admin', GROUP);
  const added = await admin({
    method: 'POST',
    url: '/api/v1/resources',
    payload: { ...resource, tags: { team: 'pay' } },
  });
  const twice = await admin({ method: 'POST', url: '/api/v1/resources', payload: resource });
  await server.restart();
  const again = await server.as('Security Admin', GROUP);
  const row = await server.store.resources.get(id.toLowerCase());
  const audited = (await (await server.as('Owner'))({ url: '/api/v1/audit-log?action=resources.add' })).json().items;

  expect(added.json()).toMatchObject({ id, origin: 'added', protection: 'on', tags: { team: 'pay' } });
  expect([added.statusCode, twice.statusCode]).toEqual([201, 409]);
  expect(row).toMatchObject({ origin: 'added', declaration: resource });
  expect(audited).toMatchObject([{ target: id.toLowerCase(), detail: resource }]);
  expect((await again({ method: 'DELETE', url })).statusCode).toBe(204);
  expect((await again({ url })).statusCode).toBe(404);
});

it.each([
  ['what the server may not read', { ...resource, logs: [{ path: '/etc/passwd' }] }, 400, 'no folder of logs'],
  ['two ways at once', { ...resource, logs: [{ path: '/var/log/x', push: {} }] }, 400, 'not both'],
  ['secrets of other ways', { ...resource, logs: [{ kafka: { topic: 'x' } }] }, 400, ''],
  ['no log', { ...resource, logs: [] }, 400, ''],
  ['no id', { ...resource, id: '/subscriptions/x' }, 400, 'id'],
  ['what is there', { ...resource, id: ORDERS }, 409, 'watched already'],
  ['what is not the caller’s', { ...resource, id: OTHER.replace('/hr', '/new') }, 403, 'has not the role'],
])('refuses %s', async (_, payload, status, text) => {
  const admin = await server.as('Security Admin', GROUP);
  const answer = await admin({ method: 'POST', url: '/api/v1/resources', payload });

  expect([answer.statusCode, answer.json().detail]).toEqual([status, expect.stringContaining(text)]);
});

it('removes nothing that the file or a stream names', async () => {
  const owner = await server.as('Owner');
  const remove = () => owner({ method: 'DELETE', url: `/api/v1/resources/${encodeURIComponent(ORDERS)}` });
  const answer = await remove();

  expect([answer.statusCode, answer.json().detail]).toEqual([
    409,
    'Orders stands in the configuration file; remove it there.',
  ]);
});
