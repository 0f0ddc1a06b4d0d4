import { afterAll, beforeAll, expect, it } from 'vitest';
import { withNetworks } from '../../enrichers/enrichment.ts';
import type { NetworkSettings } from '../../model/network-settings.ts';
import { ORDERS, type TestServer, testServer } from '../testkit.ts';

const office = { name: 'Berlin office', cidr: ['198.51.100.0/24'], trusted: true };
const empty = { tables: {}, attributions: [], notes: [] };
let server: TestServer;

beforeAll(async () => {
  const problemOf = (networks: readonly NetworkSettings[]) =>
    withNetworks(empty, networks).then(
      () => undefined,
      (error: Error) => error.message,
    );
  server = await testServer({ networks: { declared: () => [office], problemOf } });
});
afterAll(() => server.close());

const url = '/api/v1/networks/berlin%20OFFICE';

it('shows which networks are of the file and which people set, and gives the file back its own', async () => {
  const admin = await server.as('Security Admin');
  const before = (await admin({ url: '/api/v1/networks' })).json();
  const put = await admin({ method: 'PUT', url, payload: { cidr: ['198.51.100.0/25'] } });
  await server.restart();
  const after = (await (await server.as('Security Reader', ORDERS))({ url: '/api/v1/networks' })).json();
  const removed = await (await server.as('Security Admin'))({ method: 'DELETE', url });

  expect(before.items).toEqual([{ ...office, origin: 'file' }]);
  expect(put.statusCode).toBe(200);
  expect(after.items).toMatchObject([
    { cidr: ['198.51.100.0/25'], trusted: false, origin: 'override', declared: { cidr: office.cidr, trusted: true } },
  ]);
  expect(removed.statusCode).toBe(204);
  expect((await (await server.as('Security Admin'))({ url: '/api/v1/networks' })).json().items).toEqual(before.items);
});

it('loses nobody’s change, and tells who made which', async () => {
  const admin = await server.as('Security Admin');
  const put = (match: string, trusted: boolean) =>
    admin({
      method: 'PUT',
      url: '/api/v1/networks/Lab',
      headers: { 'if-match': match },
      payload: { cidr: ['192.0.2.0/24'], location: { country: 'DE' }, trusted },
    });
  const { etag } = (
    await admin({ method: 'PUT', url: '/api/v1/networks/Lab', payload: { cidr: ['192.0.2.0/24'] } })
  ).json();
  const answers = [await put(`"${etag}"`, true), await put(`"${etag}"`, false)];
  const { items } = (
    await (
      await server.as('Owner')
    )({ url: '/api/v1/audit-log?action=networks.change&limit=1' })
  ).json();

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 412]);
  expect(items[0]).toMatchObject({ target: 'lab', detail: { after: { trusted: true, location: { country: 'DE' } } } });
});

it.each([
  ['a block that another one has', { cidr: ['198.51.100.0/24'] }, 400, 'both list 198.51.100.0/24'],
  ['no block', { cidr: ['Berlin'] }, 400, 'must be a network'],
  ['nothing', { cidr: [] }, 400, ''],
])('refuses %s', async (_, payload, status, text) => {
  const admin = await server.as('Security Admin');
  const answer = await admin({ method: 'PUT', url: '/api/v1/networks/other', payload });

  expect(answer.statusCode).toBe(status);
  expect(answer.json().detail).toContain(text);
});

it('lets nobody change networks who rules over a part only, and the file’s be removed by nobody', async () => {
  const partial = await server.as('Security Admin', ORDERS);
  const owner = await server.as('Owner');

  expect((await partial({ method: 'PUT', url, payload: { cidr: ['192.0.2.9/32'] } })).statusCode).toBe(403);
  expect((await owner({ method: 'DELETE', url })).json()).toMatchObject({ status: 409, code: 'DeclaredInFile' });
  expect((await owner({ method: 'DELETE', url: '/api/v1/networks/none' })).statusCode).toBe(404);
});
