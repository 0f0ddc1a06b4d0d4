import { expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import type { FindingEntities } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { factsOf } from './alert-facts.ts';
import { aFinding, orders } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';

function alertOf(entities: FindingEntities = aFinding().entities, resource = orders): Alert {
  return toAzureAlert(createAlertBook(resource).add('brute-force', aFinding({ entities })));
}

it('tells principals apart', () => {
  const { principal, otherPrincipals } = factsOf(alertOf());

  expect({ principal, otherPrincipals }).toEqual({ principal: 'analyst', otherPrincipals: ['root', 'test'] });
  expect(factsOf(alertOf({ otherPrincipals: ['root', 'test'] }))).toMatchObject({
    principal: undefined,
    otherPrincipals: ['root', 'test'],
  });
});

it.each([
  ['203.0.113.7', 'ipv4'],
  ['2001:db8::1', 'ipv6'],
  ['db.example.com', 'name'],
  ['[local]', 'name'],
  ['203.0.113.7 x', 'name'],
  ['', 'name'],
])('knows what %j is: %s', (address, kind) => {
  expect(factsOf(alertOf({ address: { address } })).client).toEqual({ text: address, kind, where: {} });
});

it('reads what the id of a resource tells', () => {
  expect(factsOf(alertOf()).resource).toEqual({
    id: orders.id,
    type: 'Microsoft.DBforPostgreSQL/servers',
    engine: 'postgresql',
    subscriptionId: orders.subscriptionId,
    resourceGroup: 'Shop',
  });
});

it.each([
  [orders.id.toUpperCase(), 'postgresql'],
  ['/subscriptions/s/resourceGroups/g/providers/microsoft.documentdb/databaseaccounts/catalog', 'cosmosdb'],
  ['/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/x', undefined],
  ['orders', undefined],
])('knows the engine of %s: %s', (id, engine) => {
  expect(factsOf(alertOf({}, { ...orders, id })).resource.engine).toBe(engine);
});

it('takes evidence of another shape for none', () => {
  const alert = alertOf();
  const of = (supportingEvidence: Record<string, unknown>) =>
    factsOf({ ...alert, properties: { ...alert.properties, supportingEvidence } }).evidence;

  expect(of(alert.properties.supportingEvidence)?.score).toEqual({ value: 10, threshold: 10, unit: 'failed logins' });
  expect(of({ type: 'tabularEvidences', title: 'x' })).toBeUndefined();
});
