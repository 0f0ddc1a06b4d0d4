import { describe, expect, it } from 'vitest';
import type { Resource } from './resource.ts';
import { hasLocalName, parseResourceId, resourceNamed } from './resource-id.ts';

const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Shop';
const flexible = `${group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/Orders`;

describe('reads', () => {
  it('a whole id, keeping its casing and comparing without it', () => {
    expect(parseResourceId(flexible, 'postgresql')).toEqual({
      key: `${group}/providers/Microsoft.DBforPostgreSQL/servers/Orders`.toLowerCase(),
      id: flexible,
      engine: 'postgresql',
      name: 'Orders',
      subscriptionId: '11111111-1111-1111-1111-111111111111',
      resourceGroup: 'Shop',
      location: 'local',
    });
  });

  it.each([
    ['postgresql', 'Microsoft.DBforPostgreSQL/servers'],
    ['cosmosdb', 'Microsoft.DocumentDB/databaseAccounts'],
  ] as const)('a short name of kind %s', (engine, type) => {
    const id = `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/${type}/orders`;

    expect(parseResourceId('orders', engine)).toMatchObject({ id, key: id.toLowerCase(), engine, name: 'orders' });
  });

  it.each([
    flexible.toUpperCase(),
    flexible.replace('flexibleServers', 'servers'),
    flexible.replace('Shop', 'my_shop.(eu)-1'),
    flexible.replace('Shop', 'Geschäft'),
  ])('%s', (id) => {
    expect(parseResourceId(id, 'postgresql')).toMatchObject({ id });
  });
});

describe('refuses', () => {
  it.each([
    '',
    'a'.repeat(64),
    'orders.example.com',
    'orders/../x',
    'orders\n',
    flexible.slice(1),
    `${flexible}/`,
    `${flexible}/databases/x`,
    flexible.replace('11111111-', ''),
    flexible.replace('Shop', 'ends.with.stop.'),
    flexible.replace('Shop', ''),
    flexible.replace('flexibleServers', 'serverGroupsv2'),
    flexible.replace('Microsoft.DBforPostgreSQL', 'Microsoft.DBforMySQL'),
  ])('%j', (id) => {
    expect(parseResourceId(id, 'postgresql')).toHaveProperty('problem');
  });
});

describe('a record names', () => {
  const key = `${group}/providers/Microsoft.DBforPostgreSQL/servers/Orders`.toLowerCase();

  it.each([
    ['a resource in any casing', flexible.toUpperCase(), flexible.toUpperCase()],
    ['a resource by what is in it', `${flexible}/firewallRules/all`, flexible],
    ['a resource by a path that ends in a slash', `${flexible}/`, flexible],
  ])('%s', (_, text, id) => {
    expect(resourceNamed(text)).toMatchObject({ key, id, engine: 'postgresql' });
  });

  it('an account', () => {
    const id = `${group}/providers/Microsoft.DocumentDB/databaseAccounts/carts`;

    expect(resourceNamed(id)).toMatchObject({ id, engine: 'cosmosdb', name: 'carts' });
  });

  it.each([
    ['shop-prod:orders', 'shop-prod'],
    ['example.com:shop-prod:orders', 'example.com.shop-prod'],
  ])('the Cloud SQL instance %s, as an operator does', (text, resourceGroup) => {
    expect(resourceNamed(text)).toMatchObject({ resourceGroup, name: 'orders', engine: 'postgresql' });
    expect(parseResourceId(text, 'postgresql')).toEqual(resourceNamed(text));
  });

  it.each([
    '',
    'orders',
    '/subscriptions/x',
    `${group}/providers/Microsoft.Storage/storageAccounts/logs`,
    ':',
    'a:b:c:d',
  ])('nothing of ours in %j', (text) => {
    expect(resourceNamed(text)).toBeUndefined();
  });
});

it('knows a local name from a whole id', () => {
  const local = (text: string) => hasLocalName(parseResourceId(text, 'postgresql') as Resource);

  expect([local('orders'), local(flexible)]).toEqual([true, false]);
});
