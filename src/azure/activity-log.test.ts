import { describe, expect, it } from 'vitest';
import { httpStatusOf, isFinal, managedSubjectOf } from './activity-log.ts';

describe('managedSubjectOf', () => {
  it.each([
    'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
    'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/READONLYKEYS/ACTION',
    'microsoft.documentdb/databaseaccounts/readonlykeys/read',
    'Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action',
    'Microsoft.DocumentDB/databaseAccounts/regenerateKey/action',
  ])('of %s is the keys', (operation) => {
    expect(managedSubjectOf(operation)).toBe('keys');
  });

  it.each([
    'Microsoft.DocumentDB/databaseAccounts/write',
    'Microsoft.DocumentDB/databaseAccounts/delete',
    'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write',
    'Microsoft.DBforPostgreSQL/servers/firewallRules/write',
    'MICROSOFT.DBFORPOSTGRESQL/FLEXIBLESERVERS/FIREWALLRULES/DELETE',
    'Microsoft.DBforPostgreSQL/servers/virtualNetworkRules/write',
    'Microsoft.DBforPostgreSQL/flexibleServers/configurations/write',
    'Microsoft.DBforPostgreSQL/flexibleServers/administrators/write',
    'microsoft.insights/diagnosticSettings/write',
    'Microsoft.Insights/DiagnosticSettings/Delete',
    'Microsoft.Security/advancedThreatProtectionSettings/write',
  ])('of %s is the configuration', (operation) => {
    expect(managedSubjectOf(operation)).toBe('configuration');
  });

  it.each([
    'Microsoft.DBforPostgreSQL/flexibleServers/read',
    'Microsoft.DBforPostgreSQL/flexibleServers/restart/action',
    'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/write',
    'Microsoft.Storage/storageAccounts/listKeys/action',
    'Microsoft.DocumentDB/databaseAccounts/listKeys',
    '',
  ])('of %j is none of ours', (operation) => {
    expect(managedSubjectOf(operation)).toBeUndefined();
  });
});

it.each([
  ['Start', false],
  ['Started', false],
  ['Accept', false],
  ['Accepted', false],
  ['Success', true],
  ['Succeeded', true],
  ['Failure', true],
  ['Failed', true],
  ['', true],
])('an operation with result %j is ended: %s', (result, expected) => {
  expect(isFinal(result)).toBe(expected);
});

it.each([
  ['OK', 200],
  ['Created', 201],
  ['403', 403],
  ['Failed.Forbidden', 403],
  ['Succeeded.', 0],
  ['Succeeded', 0],
  ['OK (HTTP Status Code: 200)', 200],
  ['12345', 0],
  ['', 0],
])('the HTTP status that %j tells is %i', (text, status) => {
  expect(httpStatusOf(text)).toBe(status);
});
