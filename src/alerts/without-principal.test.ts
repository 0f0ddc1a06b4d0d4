import { describe, expect, it } from 'vitest';
import { renamingOf } from '../lib/renaming.ts';
import type { Alert } from '../model/alert.ts';
import { withoutPrincipal } from './without-principal.ts';

const alert = {
  id: '/x/alerts/1',
  name: '1',
  type: 'Microsoft.Security/Locations/alerts',
  properties: {
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    description: 'Orders logged in to orders, as j.orders, joanna and Orders.',
    compromisedEntity: 'orders',
    resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: '/servers/orders' }],
    entities: [
      { type: 'account', name: 'orders' },
      { type: 'azure-resource', resourceId: '/servers/orders' },
    ],
    extendedProperties: { Principal: 'orders', Database: 'crm' },
    supportingEvidence: {
      rows: [['orders', '7', 'orders@example.com']],
      rawLines: [{ byteOffset: 7, text: '"orders","crm"' }],
    },
  },
} as unknown as Alert;

describe('an alert without a principal', () => {
  it('has another name in every text, and resources as they were', () => {
    expect(withoutPrincipal(alert, renamingOf('orders', 'somebody'))!.properties).toEqual({
      ...alert.properties,
      description: 'somebody logged in to somebody, as j.orders, joanna and somebody.',
      entities: [
        { type: 'account', name: 'somebody' },
        { type: 'azure-resource', resourceId: '/servers/orders' },
      ],
      extendedProperties: { Principal: 'somebody', Database: 'crm' },
      supportingEvidence: {
        rows: [['somebody', '7', 'orders@example.com']],
        rawLines: [{ byteOffset: 7, text: '"somebody","crm"' }],
      },
    });
  });

  it.each(['order', 'anna', 'x.y', '.*', '$&'])('is undefined where %s is not named', (principal) => {
    expect(withoutPrincipal(alert, renamingOf(principal, 'somebody'))).toBeUndefined();
  });

  it.each(['a.b*c', 'o(', '[x]', 'b\\d', 'c|d', 'ü-ß', 'e$&'])('takes the name %s as it stands', (principal) => {
    const told = { ...alert, properties: { ...alert.properties, description: `of ${principal}, once` } };

    expect(withoutPrincipal(told, renamingOf(principal, '$& $1'))!.properties.description).toBe('of $& $1, once');
  });
});
