import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { parseCef } from './cef/testkit.ts';
import { aFinding, orders, START } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';
import { toCef } from './to-cef.ts';

function alertOf(finding: Partial<Finding> = {}): Alert {
  return toAzureAlert(createAlertBook(orders).add('brute-force', aFinding(finding)));
}

function eventOf(finding: Partial<Finding> = {}) {
  const { header, extension } = parseCef(toCef(alertOf(finding), '1.2.3'));
  return { header, extension: Object.fromEntries(extension) };
}

it('tells an alert whole', () => {
  expect(eventOf()).toEqual({
    header: [
      'Vedette',
      'Vedette',
      '1.2.3',
      'SQL.PostgreSQL_BruteForce',
      'Suspected brute force attack using a valid user',
      '5',
    ],
    extension: {
      rt: String(START),
      start: String(START),
      end: String(START),
      cnt: '10',
      externalId: alertOf().name.slice(20),
      cat: 'brute-force',
      reason: 'valid user',
      src: '203.0.113.7',
      suser: 'analyst',
      duser: 'root, test',
      dhost: 'Orders',
      dvchost: 'Orders',
      app: 'PostgreSQL',
      requestClientApplication: 'psql',
      deviceExternalId: orders.id,
      deviceFacility: 'Vedette for PostgreSQL',
      flexString1Label: 'Status',
      flexString1: 'Active',
      flexString2Label: 'Correlation key',
      flexString2: alertOf().properties.correlationKey,
      cn1Label: 'Confidence (1 low, 2 medium, 3 high)',
      cn1: '2',
      cfp1Label: 'Score (failed logins)',
      cfp1: '10',
      cfp2Label: 'Threshold (failed logins)',
      cfp2: '10',
      cs1Label: 'Client location',
      cs1: 'Recife, Brazil; AS28573 Claro NXT; Branch; Azure Brazil South, Brazil',
      cs2Label: 'Database',
      cs2: 'orders',
      cs3Label: 'MITRE ATT&CK',
      cs3: 'CredentialAccess, T1110.001 Brute Force: Password Guessing (ATT&CK 19)',
      msg: '203.0.113.7 failed to log in to Orders 10 times within a second as analyst.',
      cs4Label: 'Observed',
      cs4: 'Failed logins: 10',
      cs5Label: 'Baseline',
      cs5: 'Names tried: analyst',
      cs6Label: 'Log records',
      cs6: 'orders.csv at byte 12: FATAL',
    },
  });
});

it('tells little where little is known', () => {
  const { extension } = eventOf({
    entities: {},
    rawLines: [],
    observed: {},
    baseline: { ...aFinding().baseline, rows: [] },
  });

  expect(Object.keys(extension).filter((key) => /^(?:s|c[s6]|duser|request)/.test(key))).toEqual([
    'start',
    'cs3Label',
    'cs3',
  ]);
});

describe('the client', () => {
  it.each([
    ['203.0.113.7', { src: '203.0.113.7' }],
    ['2001:db8::1', { c6a2: '2001:db8::1', c6a2Label: 'Source IPv6 Address' }],
    ['db.example.com', { shost: 'db.example.com' }],
  ])('%s stands where its kind belongs', (address, expected) => {
    const { src, shost, c6a2, c6a2Label } = eventOf({ entities: { address: { address } } }).extension;

    expect({ src, shost, c6a2, c6a2Label }).toEqual(expected);
  });
});

it.each([
  ['/alerts/1', undefined],
  ['https://vedette.example.com/alerts/1?a=b', 'https://vedette.example.com/alerts/1?a=b'],
])('links to %s: %s', (alertUri, request) => {
  const alert = alertOf();
  const line = toCef({ ...alert, properties: { ...alert.properties, alertUri } }, '1.2.3');

  expect(parseCef(line).extension.get('request')).toBe(request);
});

it('cannot be made to say something else by what a log holds, nor to grow', () => {
  const known = new Set([...Object.keys(eventOf().extension), 'shost', 'c6a2', 'c6a2Label']);
  const long = fc.nat({ max: 5000 }).map((length) => 'x=\\|\n'.repeat(length));
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), long, fc.constant('a src=10.0.0.1 cs1=b\nCEF:0|x|'));
  fc.assert(
    fc.property(hostile, hostile, hostile, fc.array(hostile, { maxLength: 3 }), (name, text, row, lines) => {
      const line = toCef(
        alertOf({
          entities: {
            principal: name,
            otherPrincipals: lines,
            application: text,
            database: row,
            address: { address: name },
          },
          summary: text,
          observed: { Seen: text },
          baseline: { title: name, columns: ['Name'], rows: [[row]] },
          rawLines: lines.map((one) => ({ source: name, byteOffset: 1, text: one })),
        }),
        '1.2.3',
      );
      const { header, extension } = parseCef(line);
      const length = [...extension.values()].reduce((sum, value) => sum + value.length, 0);

      expect([...extension.keys()].filter((key) => !known.has(key))).toEqual([]);
      expect(header.slice(0, 4)).toEqual(['Vedette', 'Vedette', '1.2.3', 'SQL.PostgreSQL_BruteForce']);
      expect(extension.get('dhost')).toBe('Orders');
      expect(length).toBeLessThan(12_000);
    }),
  );
});
