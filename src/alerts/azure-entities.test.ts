import { expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import { aFinding, aRecord, START } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';

function alertOf(finding: Partial<Finding>): Alert {
  return toAzureAlert(aRecord('suspicious-address', finding));
}

it('tells what lists say of an address, as long as they are valid', () => {
  const lists = [
    { name: 'tor-exits.txt', kind: 'tor' },
    { name: 'threats.json', kind: 'threat', note: 'Cobalt Strike C2', confidence: 85, validUntil: START + 1 },
    { name: 'old.json', kind: 'threat', validUntil: START },
  ] as const;
  const entities = { ...aFinding().entities, address: { address: '203.0.113.7', reputation: { lists } } };
  const { properties } = alertOf({ entities });

  expect(properties.extendedProperties.Reputation).toBe('tor-exits.txt: Tor exit, threats.json: Cobalt Strike C2');
  expect(properties.entities[1]).toEqual({
    $id: '2',
    type: 'ip',
    address: '203.0.113.7',
    threatIntelligence: [
      { providerName: 'tor-exits.txt', threatType: 'Tor exit' },
      { providerName: 'threats.json', threatType: 'Threat', threatName: 'Cobalt Strike C2', confidence: 85 },
    ],
  });
});

it('has each further address as an entity', () => {
  const otherAddresses = [{ address: '203.0.113.8' }];
  const { entities } = alertOf({ entities: { ...aFinding().entities, otherAddresses } }).properties;

  expect(entities.filter(({ type }) => type === 'ip').map(({ address }) => address)).toEqual([
    '203.0.113.7',
    '203.0.113.8',
  ]);
});
