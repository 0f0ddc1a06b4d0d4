import { describe, expect, it } from 'vitest';
import { findResource } from './azure-resource.ts';
import { among } from './testkit.ts';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers';

/** The engine, and what of the id names the account or server. */
function find(id: string): [string | undefined, string] {
  const { bytes, start, end } = among(id);
  const found = findResource(bytes, { start, end });
  return [found.engine, Buffer.from(bytes.slice(start, found.end)).toString()];
}

describe('findResource', () => {
  it.each([
    ['Microsoft.DocumentDB/databaseAccounts/shop', 'cosmosdb'],
    ['MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/SHOP', 'cosmosdb'],
    ['Microsoft.DBforPostgreSQL/servers/shop', 'postgresql'],
    ['microsoft.dbforpostgresql/flexibleservers/shop', 'postgresql'],
  ])('of %s is a resource of %s', (id, engine) => {
    const whole = `${GROUP}/${id}`;
    expect(find(whole)).toEqual([engine, whole]);
    expect(find(`${whole}/firewallRules/all`)).toEqual([engine, whole]);
    expect(find(`${whole}/providers/microsoft.insights/diagnosticSettings/x`)).toEqual([engine, whole]);
  });

  it('finds the account in an id with escaped slashes', () => {
    const whole = `${GROUP}/Microsoft.DocumentDB/databaseAccounts/größe`.replaceAll('/', '\\/');
    expect(find(`${whole}\\/x`)).toEqual(['cosmosdb', whole]);
  });

  it.each([`${GROUP}/Microsoft.Compute/virtualMachines/shop`, 'contosocosmosdb', ''])('of %j is none', (id) => {
    expect(find(id)).toEqual([undefined, id]);
  });
});
