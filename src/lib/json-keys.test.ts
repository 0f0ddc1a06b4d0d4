import { describe, expect, it } from 'vitest';
import { jsonKeys } from './json-keys.ts';

const NAMES = ['timestamp', 'user', 'ps', 'message', 'messages', 'a'];
const keys = jsonKeys([
  ...NAMES.map((name, i) => ({ scope: 1, name, number: i + 1 })),
  { scope: 2, name: 'user', number: 7 },
  { scope: 2, name: 'principal', number: 7 },
]);

function find(scope: number, name: string): number {
  const bytes = new Uint8Array(name.length + 8).fill(0x61); // whatever follows must not matter
  bytes.set(Buffer.from(name));
  return keys.find(new DataView(bytes.buffer), scope, 0, name.length);
}

describe('jsonKeys', () => {
  it('finds each key in its own object', () => {
    expect(NAMES.map((name) => find(1, name))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(['user', 'principal'].map((name) => find(2, name))).toEqual([7, 7]);
    expect(keys.count).toBe(7);
  });

  it.each([
    [2, 'timestamp'],
    [3, 'user'],
    [1, ''],
    [1, 'p'],
    [1, 'p\0'],
    [1, 'psa'],
    [1, 'User'],
    [1, 'usee'],
    [1, 'x'.repeat(500)],
  ])('finds nothing in object %i for %j', (scope, name) => {
    expect(find(scope, name)).toBe(0);
  });
});
