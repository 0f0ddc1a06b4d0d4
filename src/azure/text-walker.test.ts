import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WantedKeys } from './object-walker.ts';
import { among } from './testkit.ts';
import { walkText } from './text-walker.ts';

const NAMES = ['a', 'b', 'key'];
const INNER = 2 * NAMES.length + 1;

/** Wants the names in the outermost object (1 …) and in its member `inner` (4 …). */
const wanted: WantedKeys = {
  count: INNER,
  scopes: Uint8Array.from({ length: INNER + 1 }, (_, key) => (key === INNER ? 2 : 0)),
  find(words, scope, start, length) {
    const key = Buffer.from(words.buffer as ArrayBuffer, start, length).toString();
    const place = NAMES.indexOf(key) + 1;
    return place === 0 ? (scope === 1 && key === 'inner' ? INNER : 0) : place + (scope - 1) * NAMES.length;
  },
};

function walk(text: string): (string | undefined)[] {
  const { bytes, words, start, end } = among(text);
  const found = new Int32Array(2 * (INNER + 1));
  walkText(bytes, words, { start, end }, 1, wanted, found);
  return Array.from({ length: 2 * NAMES.length }, (_, i) => {
    const [from, to] = found.subarray(2 * i + 2);
    return from === 0 ? undefined : Buffer.from(bytes.slice(from, to)).toString();
  });
}

function scalarText(value: unknown): string | undefined {
  return value === null || typeof value === 'object' || value === undefined
    ? undefined
    : JSON.stringify(value).replace(/^"|"$/g, '');
}

describe('walkText', () => {
  it('finds the values that JSON.parse finds, in any layout', () => {
    const scalar = fc.oneof(
      fc.string({ unit: fc.constantFrom('x', '"', '\\', '{', ']', ':', 'é', ',') }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.record({ a: scalar })), { maxLength: 3 }));
    const object = fc.dictionary(fc.constantFrom(...NAMES, 'other'), fc.oneof(value, fc.record({ b: scalar })));
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 1, '\t'), (outer, inner, indent) => {
        const text = JSON.stringify({ ...outer, inner }, null, indent);
        const expected = [outer, inner].flatMap((level) => NAMES.map((name) => scalarText(level[name])));
        expect(walk(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives of a text that is cut off what can be told', () => {
    const text = '{"a":"x","inner":{"key":"long"},"b":"yy"}';
    for (let cut = 0; cut < text.length; cut++) {
      const [a, b, , , , key] = walk(text.slice(0, cut));
      expect('x'.startsWith(a ?? '') && 'yy'.startsWith(b ?? '') && 'long'.startsWith(key ?? '')).toBe(true);
    }
    expect(walk(text.slice(0, -3))).toEqual(['x', 'y', undefined, undefined, undefined, 'long']);
  });

  it.each(['', '}', ']]', '{{{{', '{"a"', '"a":"b"', '{"a":}', '[{"a":1}]'])('finds nothing in %j', (text) => {
    expect(walk(text)).toEqual(NAMES.concat(NAMES).map(() => undefined));
  });

  it('takes a time linear in the length of deep nesting', () => {
    const begin = performance.now();
    walk('{"a":'.repeat(100_000));
    walk('['.repeat(500_000));
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
