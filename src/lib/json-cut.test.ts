import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCutJson } from './json-cut.ts';

describe('parseCutJson', () => {
  it.each([
    ['{"a":"b","c":[1,{"d":null}]}', { a: 'b', c: [1, { d: null }] }],
    ['{"a":"b","c":"de', { a: 'b', c: 'de' }],
    ['{"a":"b","c":"d\\', { a: 'b', c: 'd' }],
    ['{"a":"b","c":"d\\\\', { a: 'b', c: 'd\\' }],
    ['{"a":"b","c":"d\\u00e', { a: 'b', c: 'd' }],
    ['{"a":"b","c":"d\\\\u00e', { a: 'b', c: 'd\\u00e' }],
    ['{"a":"b","c":12', { a: 'b' }],
    ['{"a":"b","c":tru', { a: 'b' }],
    ['{"a":"b","c":', { a: 'b' }],
    ['{"a":"b","c', { a: 'b' }],
    ['{"a":"b",', { a: 'b' }],
    ['{"a":"b"', { a: 'b' }],
    ['{"a":{"b":["c","d', { a: { b: ['c', 'd'] } }],
    ['{"a":{"b":1},"c":{', { a: { b: 1 }, c: {} }],
    ['[{"a":"b"},{"a"', [{ a: 'b' }, {}]],
    ['"abc', 'abc'],
    ['', undefined],
    ['nonsense', undefined],
    ['}{', undefined],
    ['{"a":"b"}}', undefined],
  ])('reads %s', (text, value) => {
    expect(parseCutJson(text)).toEqual(value);
  });

  it('reads JSON that is cut anywhere, and gives no more than it held', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, place) => {
        const text = JSON.stringify(object);
        const cut = parseCutJson(text.slice(0, 1 + (place % text.length)));
        expect(cut).toBeTypeOf('object');
        const names = Object.keys(cut as object);
        expect(Object.keys(object)).toEqual(expect.arrayContaining(names));
        for (const name of names.slice(0, -1)) {
          expect((cut as Record<string, unknown>)[name]).toEqual(JSON.parse(text)[name]);
        }
      }),
    );
  });

  it.each(['{', '[', '[]', '"', '\\', '{"a":', '{"a":[', '"\\"', ','])(
    'takes a time linear in the length of many %s',
    (unit) => {
      const begin = performance.now();
      parseCutJson(unit.repeat(300_000 / unit.length));
      parseCutJson(`{"a":"${unit.repeat(300_000 / unit.length)}`);
      expect(performance.now() - begin).toBeLessThan(5000);
    },
  );
});
