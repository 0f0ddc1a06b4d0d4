import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { orders } from '../testkit.ts';
import { sampleAlerts } from './sample-alerts.ts';
import { SAMPLE_KINDS } from './sample-kinds.ts';

const TIME = Date.UTC(2026, 10, 17, 12);

it('has an example of every type that detectors raise', () => {
  const detectors = new URL('../../detectors/', import.meta.url);
  const code = globSync('*/*.ts', { cwd: detectors })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(new URL(path, detectors), 'utf8'))
    .join('\n');
  const raised = new Set(
    [...code.matchAll(/'((?:SQL\.PostgreSQL|CosmosDB|AzureCosmosDB)_[A-Za-z.]+)'/g)].map(([, type]) => type),
  );
  const shown = Object.values(SAMPLE_KINDS).flatMap((kinds) => kinds.map(({ alertType }) => alertType));

  expect(raised.size).toBeGreaterThan(20);
  expect([...raised].filter((type) => !shown.includes(type!))).toEqual([]);
});

it('marks what it shows, under names of their own', () => {
  const alerts = sampleAlerts(orders, TIME);

  expect(new Set(alerts.map(({ name }) => name)).size).toBe(SAMPLE_KINDS.postgresql.length);
  expect(alerts.every(({ properties }) => properties.alertDisplayName.startsWith('[SAMPLE ALERT] '))).toBe(true);
  expect(alerts.every(({ properties }) => properties.extendedProperties.Sample === 'true')).toBe(true);
});

it('shows only the types that are wanted', () => {
  expect(
    sampleAlerts(orders, TIME, ['sql.postgresql_torANOMALY']).map(({ properties }) => properties.alertType),
  ).toEqual(['SQL.PostgreSQL_TorAnomaly']);
});
