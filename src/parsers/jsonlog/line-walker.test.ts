import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanWindow } from '../../scan/scan-window.ts';
import { createLineWalker } from './line-walker.ts';
import { KEYS, Member } from './members.ts';

/** Walks a text; gives the strings found by name, or undefined when it is not exactly one object. */
async function walk(text: string): Promise<Record<string, string> | undefined> {
  const window = new ScanWindow('jsonLines');
  const source = Buffer.from(`${text}\n"}`);
  await window.refill((bytes, at) => source.copy(bytes, at));
  const walker = createLineWalker(window);
  if (!walker.walk(window.position, window.position + source.length - 3, 0)) {
    return undefined;
  }
  const found = Object.entries(Member).map(([name, member]) => {
    const [start, end] = window.found.subarray(2 * member);
    return [name, start === 0 ? undefined : Buffer.from(window.bytes.slice(start, end)).toString()];
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

/** What JSON.parse says that should be found: the strings of our members, as they stand. */
function expectedOf(text: string): Record<string, string> {
  const record = JSON.parse(text) as Record<string, unknown>;
  const strings = Object.entries(record).filter(([name, value]) => name in Member && typeof value === 'string');
  return Object.fromEntries(strings.map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]));
}

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', ',', ':', '\n', 'é', ' '), maxLength: 12 });
const number = fc.integer({ min: -9, max: 10 ** 12 });

describe('createLineWalker', () => {
  it('finds the strings that JSON.parse finds, in records as PostgreSQL writes them', async () => {
    const values = fc.tuple(...KEYS.map(() => fc.option(fc.oneof(text, number), { nil: undefined })));
    await fc.assert(
      fc.asyncProperty(values, async (values) => {
        const line = JSON.stringify(Object.fromEntries(KEYS.map((name, i) => [name, values[i]])));
        expect(await walk(line)).toEqual(expectedOf(line));
      }),
      { numRuns: 300 },
    );
  });

  it('finds them in any other object, and sees when it is cut', async () => {
    const value = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.array(text), fc.dictionary(text, text));
    const object = fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), text), value, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(object, fc.constantFrom('', ' '), fc.nat(), async (record, space, cut) => {
        const line = JSON.stringify(record, null, space).replaceAll('\n', space);
        expect(await walk(line)).toEqual(expectedOf(line));
        expect(await walk(line.slice(0, 1 + (cut % (line.length - 1))))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
