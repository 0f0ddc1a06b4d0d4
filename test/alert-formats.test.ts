import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAlertBook } from '../src/alerts/alert-book.ts';
import { parseCef } from '../src/alerts/cef/testkit.ts';
import { aFinding, aLogin, orders } from '../src/alerts/testkit.ts';
import { toAzureAlert } from '../src/alerts/to-azure-alert.ts';
import { toCef } from '../src/alerts/to-cef.ts';
import { toOcsf } from '../src/alerts/to-ocsf.ts';
import { toldAlerts } from '../src/alerts/told-alerts.ts';
import type { Alert, AlertStatus } from '../src/model/alert.ts';
import type { Finding } from '../src/model/finding.ts';
import { SEVERITIES } from '../src/model/severity.ts';
import { ROOT } from './run-vedette.ts';

const page = readFileSync(join(ROOT, 'docs/reference/alerts.md'), 'utf8');
const LISTING = { name: 'threats.json', kind: 'threat', note: 'Cobalt Strike C2', confidence: 85 } as const;
const GUID = '7d1f0c52-3b8e-4a6d-9c41-5e2ab0f7d913';
const baseline = {
  title: 'Places',
  columns: ['Place', 'First seen (UTC)', 'Last seen (UTC)', 'Count'],
  rows: [['Berlin office', '2026-11-05 03:10', '2026-11-16 03:10', '135']],
};

/** Alerts that together hold whatever an alert can hold. */
const alerts = [
  alertOf({ baseline, alertType: 'SQL.PostgreSQL_GeoAnomaly', isLate: true }),
  alertOf({ entities: { otherPrincipals: ['admin', GUID], address: { address: 'db.example.com' } } }),
  alertOf({ entities: { principal: GUID, address: { address: '2001:db8::1' } } }),
  alertOf({ entities: { principal: 'root', address: { address: '[local]' } } }),
  alertOf({ entities: { address: { address: '203.0.113.7', reputation: { lists: [LISTING] } } } }),
  ...intrusion(),
];

/** Guessing, an access about which two detectors found something, and their incident. */
function intrusion(): Alert[] {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding());
  book.add('unusual-location', aLogin());
  book.add('unfamiliar-principal', aLogin({ alertType: 'SQL.PostgreSQL_PrincipalAnomaly' }));
  return toldAlerts(orders, book.alerts(), Number.NEGATIVE_INFINITY);
}

function alertOf(finding: Partial<Finding>): Alert {
  const record = createAlertBook({ ...orders, location: 'westeurope' }).add('brute-force', aFinding(finding));
  const alert = toAzureAlert(record);
  return { ...alert, properties: { ...alert.properties, alertUri: 'https://vedette.example.com/alerts/1' } };
}

function eventOf(alert: Alert): Record<string, unknown> {
  return JSON.parse(toOcsf(alert, '1.2.3')) as Record<string, unknown>;
}

/** Paths of everything that is no object and no list; members that the data names are `*`. */
function leaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => leaves(item, `${path}[]`));
  }
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  const isFree = /(?:^|\.)(?:observed|unmapped)$/.test(path);
  return Object.entries(value).flatMap(([name, member]) =>
    leaves(member, path === '' ? name : `${path}.${isFree ? '*' : name}`),
  );
}

/** Code in a column of the rows of the table under a heading. */
function documented(column: number): string[] {
  const section = /^## Where each fact stands\n([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) => row.split('|')[column] ?? '');
  return unique(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path)));
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort();
}

describe('the page about alerts has a row for', () => {
  it('every member of the Azure alert', () => {
    const paths = alerts.flatMap(({ properties, ...alert }) => [...leaves(alert), ...leaves(properties)]);

    expect(documented(2)).toEqual(unique(paths));
  });

  it('every member of the Detection Finding', () => {
    expect(documented(3)).toEqual(unique(alerts.flatMap((alert) => leaves(eventOf(alert)))));
  });

  it('every key of CEF', () => {
    const keys = alerts.flatMap((alert) => [...parseCef(toCef(alert, '1.2.3')).extension.keys()]);

    expect(documented(4)).toEqual(unique(keys).filter((key) => !key.endsWith('Label')));
  });
});

describe('the values on the page are those written', () => {
  it.each(SEVERITIES)('for %s', (severity) => {
    const alert = alertOf({ severity });
    const row = `| ${severity} | ${String(eventOf(alert).severity_id)} | ${parseCef(toCef(alert, '1')).header[5]} |`;

    expect(page).toContain(`\n${row}\n`);
  });

  it.each<AlertStatus>(['Active', 'InProgress', 'Dismissed', 'Resolved'])('for %s', (status) => {
    const alert = alertOf({});
    const event = eventOf({ ...alert, properties: { ...alert.properties, status } });

    expect(page).toContain(`\n| ${status} | ${String(event.status_id)} | ${String(event.activity_id)} |\n`);
  });
});
