import { describe, expect, it } from 'vitest';
import { ROOT_SCOPE } from '../model/scope.ts';
import { allows, allowsWithin, scopesOf } from './role.ts';

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const GROUP = `${SUBSCRIPTION}/resourceGroups/Shop`;
const SERVER = `${GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders`;

describe('a role', () => {
  it.each([
    ['on everything', 'Owner', ROOT_SCOPE, SERVER],
    ['on the subscription', 'Owner', SUBSCRIPTION, SERVER],
    ['on the group', 'Owner', GROUP, SERVER],
    ['on the resource', 'Owner', SERVER, SERVER],
    ['in another letter case', 'Owner', GROUP.toUpperCase(), SERVER],
    ['on the same server under its other name', 'Owner', SERVER.replace('flexibleServers', 'servers'), SERVER],
    ['above the one that is asked for', 'Security Admin', SERVER, SERVER],
  ] as const)('%s is enough', (_, role, given, asked) => {
    expect(allows([{ role, scope: given }], 'Security Admin', asked)).toBe(true);
  });

  it.each([
    ['below the one that is asked for', 'Security Reader', ROOT_SCOPE, SERVER],
    ['on something below', 'Owner', SERVER, GROUP],
    ['on another group', 'Owner', `${SUBSCRIPTION}/resourceGroups/other`, SERVER],
    ['on a group whose name begins alike', 'Owner', `${SUBSCRIPTION}/resourceGroups/Sho`, SERVER],
  ] as const)('%s is not enough', (_, role, given, asked) => {
    expect(allows([{ role, scope: given }], 'Security Admin', asked)).toBe(false);
  });

  it('on something below is enough to list', () => {
    expect(allowsWithin([{ role: 'Security Reader', scope: SERVER }], 'Security Reader', SUBSCRIPTION)).toBe(true);
    expect(allowsWithin([{ role: 'Security Reader', scope: SERVER }], 'Owner', SUBSCRIPTION)).toBe(false);
  });
});

it('names the widest scopes only', () => {
  const assignments = [SERVER, GROUP, `${SUBSCRIPTION}/resourceGroups/b`].map(
    (scope) => ({ role: 'Owner', scope }) as const,
  );

  expect(scopesOf(assignments, 'Security Reader')).toEqual([GROUP.toLowerCase(), `${SUBSCRIPTION}/resourcegroups/b`]);
  expect(scopesOf([], 'Security Reader')).toEqual([]);
});
