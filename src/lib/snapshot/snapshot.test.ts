import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import { SnapshotError } from './snapshot-scope.ts';

class Counter {
  static readonly omits = ['doubled'];
  private readonly counts = new Map<string, number>();
  doubled = 0;

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.restored();
  }

  restored(): void {
    this.doubled = 2 * this.counts.size;
  }
}

const scope = { classes: { Counter } };
const again = (value: unknown) => decodeSnapshot(encodeSnapshot(value, scope), scope);

describe('gives back', () => {
  it('any plain data', () => {
    const data = fc.anything({
      withMap: true,
      withSet: true,
      withBigInt: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(data, (value) => {
        expect(again(value)).toStrictEqual(value);
      }),
    );
  });

  it('numbers as they are', () => {
    const values = [
      0,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53 - 1,
      -(2 ** 53 - 1),
      2 ** 53,
      0.1,
      -1,
      127,
      128,
    ];

    expect(again(values)).toStrictEqual(values);
  });

  it('instances with their methods, and works out anew what they omit', () => {
    const counter = new Counter();
    counter.add('a');
    counter.add('b');
    const copy = again({ counter }) as { counter: Counter };

    expect(copy.counter).toBeInstanceOf(Counter);
    expect(copy.counter).toEqual(counter);
    copy.counter.add('c');
    expect(copy.counter.doubled).toBe(6);
  });

  it('one object for one, circles too', () => {
    const shared = { n: 1 };
    const circle: unknown[] = [shared, shared];
    circle.push(circle);
    const copy = again(circle) as unknown[];

    expect(copy[0]).toBe(copy[1]);
    expect(copy[2]).toBe(copy);
  });

  it('two views of one buffer as two views of one buffer', () => {
    const words = new Int32Array(64);
    words[3] = 7;
    const copy = again({ words, floats: new Float32Array(words.buffer) }) as {
      words: Int32Array;
      floats: Float32Array;
    };

    expect(copy.words).toEqual(words);
    expect(copy.floats.buffer).toBe(copy.words.buffer);
  });

  it('a part of a buffer without the rest', () => {
    const part = new Uint8Array(1000).fill(1).subarray(10, 12);

    expect(again(part)).toEqual(new Uint8Array([1, 1]));
    expect(encodeSnapshot(part, scope).length).toBeLessThan(20);
  });

  it('what is outside as what is outside there', () => {
    const here = { name: 'here' };
    const there = { name: 'there' };
    const bytes = encodeSnapshot([here, here], { classes: {}, externals: { place: here } });

    expect(decodeSnapshot(bytes, { classes: {}, externals: { place: there } })).toEqual([there, there]);
  });
});

it('takes no room for what is not used', () => {
  const table = new Int32Array(100_000);
  table[0] = 1;
  table[99_000] = 1;

  expect(encodeSnapshot(table, scope).length).toBeLessThan(40);
});

describe('refuses', () => {
  it.each([
    ['a function', { a: [() => 1] }, 'a snapshot cannot hold a function, at a.0'],
    ['a class that is not registered', { a: new URL('http://localhost') }, 'an instance of URL'],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(4)).buffer, 'an instance of SharedArrayBuffer'],
  ])('%s', (_, value, message) => {
    expect(() => encodeSnapshot(value, scope)).toThrow(message);
  });

  it('a class that it does not know, by name', () => {
    const bytes = encodeSnapshot(new Counter(), scope);

    expect(() => decodeSnapshot(bytes, { classes: {} })).toThrow(
      'an instance of Counter, which this version does not know',
    );
  });

  it('more memory than it may take', () => {
    const bytes = encodeSnapshot(new Uint8Array(100_000), scope);

    expect(() => decodeSnapshot(bytes, { ...scope, maxBytes: 10_000 })).toThrow('more than 10000 bytes');
  });

  it('whatever is damaged, without any other error', () => {
    const good = encodeSnapshot(
      { a: [1, 'text', new Counter()], b: new Map([[1n, new Float64Array(9).fill(1)]]) },
      scope,
    );
    const damaged = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean());
    fc.assert(
      fc.property(damaged, ([at, byte, isCut]) => {
        const bytes = isCut ? good.slice(0, at) : good.with(at, byte);
        try {
          decodeSnapshot(bytes, { ...scope, maxBytes: 1_000_000 });
        } catch (error) {
          expect(error).toBeInstanceOf(SnapshotError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
