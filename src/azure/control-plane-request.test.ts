import { expect, it } from 'vitest';
import { subjectOf } from './control-plane-request.ts';

it.each([
  ['Account keys updated', 'keys'],
  ['AccountKeysRegenerateComplete', 'keys'],
  ['ListKeys', 'keys'],
  ['RegenerateKey', 'keys'],
  ['AccountUpdateComplete', 'configuration'],
  ['AccountDeleteComplete', 'configuration'],
  ['VirtualNetworkDeleteComplete', 'configuration'],
  ['DiagnosticLogUpdateComplete', 'configuration'],
  ['SqlRoleAssignmentCreate', 'configuration'],
  ['AccountUpdateStart', undefined],
  ['DiagnosticLogUpdateStart', undefined],
  ['AccountKeysRegenerateStart', undefined],
  ['SqlContainersCreate', undefined],
  ['SqlPartitionKeyDelete', undefined],
  ['CassandraKeyspacesCreate', undefined],
  ['CassandraKeyspacesUpdate', undefined],
  ['RegionAddComplete', undefined],
  ['', undefined],
])('the operation %j is about %s', (operation, subject) => {
  expect(subjectOf(operation)).toBe(subject);
});
