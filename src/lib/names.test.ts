import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME_BYTES, Names } from './names.ts';

/** Room for the words that may be read past the end. */
const SLACK = 8;

function intern(names: Names, text: string | Uint8Array, offset = 0): number {
  const name = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const bytes = new Uint8Array(offset + name.length + SLACK).fill(0xaa);
  bytes.set(name, offset);
  return names.intern(new DataView(bytes.buffer), offset, offset + name.length);
}

/** Texts that often come twice and often begin alike. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\0'), minLength: 1, maxLength: 9 });

type Command = { intern: string } | { keep: number };
const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: fc.record({ intern: text }), weight: 20 },
  { arbitrary: fc.record({ keep: fc.integer({ min: 1, max: 4 }) }), weight: 1 },
);

describe('Names', () => {
  it('is a map from texts to ids, in which those that nobody holds are forgotten', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 300 }), (commands) => {
        const names = new Names();
        let model = new Map<string, number>();
        for (const step of commands) {
          if ('intern' in step) {
            const id = intern(names, step.intern, step.intern.length % 5);
            expect(id).toBe(model.get(step.intern) ?? id);
            expect([...model].filter(([known, other]) => other === id && known !== step.intern)).toEqual([]);
            model.set(step.intern, id);
          } else {
            const isHeld = (id: number) => id % step.keep === 0;
            names.sweep(isHeld);
            model = new Map([...model].filter(([, id]) => isHeld(id)));
          }
          for (const [known, id] of model) {
            expect(names.textOf(id)).toBe(known);
            expect(id).toBeLessThan(names.limit);
          }
        }
      }),
    );
  });

  it('gives ids in the order of first sight, and after a sweep the lowest free ones, whatever the secret', () => {
    const ids = () => {
      const names = new Names();
      const first = Array.from({ length: 500 }, (_, i) => intern(names, `name ${i}`));
      names.sweep((id) => id % 3 === 0);
      return [...first, ...Array.from({ length: 400 }, (_, i) => intern(names, `later ${i}`))];
    };
    const expected = Array.from({ length: 500 }, (_, i) => i + 1);
    const free = expected.filter((id) => id % 3 !== 0);
    const fresh = Array.from({ length: 400 - free.length }, (_, i) => 501 + i);
    expect(ids()).toEqual([...expected, ...free, ...fresh]);
  });

  it('has no id for nothing', () => {
    expect(intern(new Names(), '')).toBe(0);
  });

  it('tells texts apart that differ in their last bytes or their length only', () => {
    const names = new Names();
    const texts = ['a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'aaab', 'aaaab', 'a\0', 'a\0\0\0'];
    expect(new Set(texts.map((name) => intern(names, name))).size).toBe(texts.length);
  });

  it('cuts long texts', () => {
    const names = new Names();
    const id = intern(names, `${'x'.repeat(MAX_NAME_BYTES)}one`);
    expect(intern(names, `${'x'.repeat(MAX_NAME_BYTES)}another`)).toBe(id);
    expect(names.textOf(id)).toBe('x'.repeat(MAX_NAME_BYTES));
  });

  it('is crowded from a large number on, and then again at twice what a sweep left', () => {
    const names = new Names();
    let count = 0;
    while (!names.isCrowded && count < 1_000_000) {
      intern(names, `name ${count++}`);
    }
    expect(count).toBeGreaterThan(10_000);
    expect(count).toBeLessThan(1_000_000);
    const kept = Math.floor(0.75 * count);
    names.sweep((id) => id <= kept);
    for (let i = 0; i < kept; i++) {
      expect(names.isCrowded).toBe(false);
      intern(names, `later ${i}`);
    }
    expect(names.isCrowded).toBe(true);
    expect(intern(names, 'name 0')).toBe(1);
  });

  it('shows bytes that are no UTF-8 without throwing, and keeps them apart', () => {
    const names = new Names();
    const first = intern(names, new Uint8Array([0xff, 0xfe]));
    const second = intern(names, new Uint8Array([0xff, 0xfd]));
    expect(first).not.toBe(second);
    expect(names.textOf(first)).toBe('\ufffd\ufffd');
  });
});
