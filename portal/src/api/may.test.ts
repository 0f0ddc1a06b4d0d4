import { expect, it } from 'vitest';
import { may } from './may.ts';

const SERVER = '/subscriptions/s/resourceGroups/Shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/Orders';
const admin = (scope: string) => ({ roles: [{ role: 'Security Admin' as const, scope }] });

it('reaches what is below the scope of a role, in any casing', () => {
  expect(may(admin('/'), 'Security Admin', SERVER)).toBe(true);
  expect(may(admin('/subscriptions/S/resourcegroups/shop'), 'Security Reader', SERVER)).toBe(true);
  expect(may(admin(SERVER.replace('flexibleServers', 'servers')), 'Security Admin', SERVER)).toBe(true);
});

it('reaches nothing beside it, nothing above it, and no higher role', () => {
  expect(may(admin('/subscriptions/s/resourceGroups/shop2'), 'Security Reader', SERVER)).toBe(false);
  expect(may(admin(SERVER), 'Security Admin')).toBe(false);
  expect(may(admin('/'), 'Owner', SERVER)).toBe(false);
  expect(may(undefined, 'Security Reader', SERVER)).toBe(false);
});
