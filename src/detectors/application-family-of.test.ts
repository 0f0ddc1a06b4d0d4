import { expect, it } from 'vitest';
import { familyOf } from './application-family-of.ts';

it.each([
  ['shop-api/1.41.2', 'shop-api'],
  ['shop-api/1.42.0', 'shop-api'],
  ['shop-api-7d9f8b6c5-x2k4q', 'shop-api'],
  ['shop-api-7d9f8b6c5-xkqzv', 'shop-api'],
  ['Tableau 2024.2', 'tableau'],
  ['DBeaver 24.1.0 - SQLEditor <Script-3.sql>', 'dbeaver'],
  ['pgAdmin 4 - CONN:6211', 'pgadmin'],
  ['PostgreSQL JDBC Driver', 'postgresql-jdbc-driver'],
  ['orders - 10.0.0.5:48732', 'orders'],
  ['sidekiq 7.2 shop [0 of 10 busy]', 'sidekiq-shop'],
  ['psql', 'psql'],
  ['3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051', '#'],
  ['///', '#'],
  ['', ''],
  ['azsdk-js-cosmos/4.1.0 Node.js/20.11 (linux; x64)', 'azsdk-js-cosmos'],
  ['cosmos-netstandard-sdk/3.35.4|1|X64|Linux|.NET 8.0|N|F|', 'cosmos-netstandard-sdk'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131', 'mozilla'],
  ['python-requests/2.32.3', 'python-requests'],
])('the family of %j is %j', (name, expected) => {
  expect(familyOf(name)).toBe(expected);
});

it('reads only the beginning of a name', () => {
  expect(familyOf('a'.repeat(1_000_000))).toHaveLength(128);
});
