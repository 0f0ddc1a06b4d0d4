import { describe, expect, it } from 'vitest';
import { MEMBER_COUNT, MEMBER_NAMES, Member, Scope } from './member.ts';
import { MEMBER_KEYS } from './member-keys.ts';
import { among } from './testkit.ts';

/** As a walker asks: a quote stands behind each key. */
function find(scope: number, key: string): number {
  const { words, start } = among(`${key}"`);
  return MEMBER_KEYS.find(words, scope, start, Buffer.byteLength(key));
}

describe('MEMBER_KEYS', () => {
  it('knows each name in its own scope, in any case', () => {
    expect(MEMBER_NAMES.length).toBeGreaterThan(MEMBER_COUNT);
    for (const { name, scope, member } of MEMBER_NAMES) {
      expect([find(scope, name), find(scope, name.toUpperCase())]).toEqual([member, member]);
    }
  });

  it('knows no name in a scope that it does not belong to', () => {
    const known = new Set(MEMBER_NAMES.map(({ name, scope }) => `${scope} ${name}`));
    for (const { name } of MEMBER_NAMES) {
      for (const scope of Object.values(Scope)) {
        expect(find(scope, name) !== 0).toBe(known.has(`${scope} ${name}`));
      }
    }
  });

  it.each([
    ['clientIpAddress_s', Member.clientIpAddress],
    ['activityId_g', Member.activityId],
    ['statusCode_d', Member.statusCode],
    ['backend_type_s', Member.backendType],
    ['timestamp_t', Member.timestamp],
    ['clientIpAddress_x', 0],
    ['clientIpAddress_', 0],
    ['_s', 0],
  ])('takes the column %s of AzureDiagnostics for member %i', (column, member) => {
    expect(find(Scope.record, column)).toBe(member);
    expect(find(Scope.properties, column)).toBe(0);
  });

  it.each(['', 't', 'ti', 'tim', 'timer', 'tims', 'é', 'keyTypes', 'keyTyp', 'user agent', 'x'.repeat(500)])(
    'does not know %j',
    (key) => {
      expect([find(Scope.record, key), find(Scope.properties, key)]).toEqual([0, 0]);
    },
  );
});
