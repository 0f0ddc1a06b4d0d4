import { describe, expect, it } from 'vitest';
import { DATA_PLANE_MEMBERS, isDataPlaneRequests, Member, wholeNumber } from './data-plane-request.ts';

/** A text with others around it. */
function among(text: string): { bytes: Uint8Array; words: DataView; start: number; end: number } {
  const bytes = new Uint8Array(text.length + 40).fill(0x35);
  bytes.set(Buffer.from(text), 20);
  return { bytes, words: new DataView(bytes.buffer), start: 20, end: 20 + text.length };
}

function find(depth: number, key: string): number {
  const { words, start } = among(key);
  return DATA_PLANE_MEMBERS.find(words, depth, start, key.length);
}

const ENVELOPE = ['time', 'category'];

describe('DATA_PLANE_MEMBERS', () => {
  it('knows each member at its own depth only', () => {
    const names = Object.keys(Member).filter(
      (name) => !ENVELOPE.includes(name) && !['principalId', 'tokenUser'].includes(name),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      expect(find(2, name)).toBe(Member[name as keyof typeof Member]);
      expect(find(1, name)).toBe(0);
      expect(find(3, name)).toBe(0);
    }
    expect([find(1, 'time'), find(2, 'time'), find(1, 'category')]).toEqual([Member.time, 0, Member.category]);
    expect([find(2, 'aadPrincipalId'), find(2, 'resourceTokenUserRid')]).toEqual([
      Member.principalId,
      Member.tokenUser,
    ]);
  });

  it.each(['', 't', 'tim', 'timer', 'Time', 'tims', 'é', 'keytype', 'keyTypes', 'x'.repeat(500)])(
    'does not know %j',
    (key) => {
      expect([find(1, key), find(2, key)]).toEqual([0, 0]);
    },
  );
});

describe('isDataPlaneRequests', () => {
  it.each([
    ['DataPlaneRequests', true],
    ['DataPlaneRequest', false],
    ['DataPlaneRequests5M', false],
    ['', false],
  ])('of %j is %s', (category, expected) => {
    const { words, start, end } = among(category);
    expect(isDataPlaneRequests(words, start, end)).toBe(expected);
  });
});

describe('wholeNumber', () => {
  it.each([
    ['0', 0],
    ['372', 372],
    ['372.99', 372],
    ['', 0],
    ['x', 0],
    ['-5', 0],
    ['1'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('of %j is %i', (text, expected) => {
    const { bytes, start, end } = among(text);
    expect(wholeNumber(bytes, start, end)).toBe(expected);
  });
});
