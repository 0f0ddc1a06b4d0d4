import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrames } from './frames.ts';

/** The messages as text, of bytes that come in pieces of `size`; lengths of those that are too long. */
function read(text: string, size = 1000, maxBytes = 20): (string | number)[] {
  const frames = createFrames(maxBytes);
  const found: (string | number)[] = [];
  for (let at = 0; at < text.length; at += size) {
    found.push(
      ...frames
        .push(Buffer.from(text.slice(at, at + size)))
        .map((item) => (typeof item === 'number' ? item : item.toString())),
    );
  }
  const last = frames.end();
  return last === undefined ? found : [...found, last.toString()];
}

it.each([1000, 7, 1])('reads both framings, in pieces of %i', (size) => {
  expect(read('<1>a\n4 <2>b8 <3>c\nde\n<4>f\n', size)).toEqual(['<1>a', '<2>b', '<3>c\nde\n', '<4>f']);
  expect(read('<1>a\n<2>b', size)).toEqual(['<1>a', '<2>b']);
});

it.each([1000, 7, 1])('passes over what is too long, in pieces of %i', (size) => {
  expect(read(`<1>${'x'.repeat(50)}\n<2>b\n`, size)).toEqual([53, '<2>b']);
  expect(read(`40 ${'y'.repeat(40)}<2>b\n`, size)).toEqual([40, '<2>b']);
});

it('takes what begins with digits that are no length as a line', () => {
  expect(read('1234567890123 x\n')).toEqual(['1234567890123 x']);
  expect(read('2026-11-28 x\n')).toEqual(['2026-11-28 x']);
});

it('says the same however the bytes are cut, and never more than it got', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('1', '3', '0', ' ', '\n', '<', 'x') }),
      fc.integer({ min: 1, max: 9 }),
      (text, size) => {
        const whole = read(text, 1000, 5);
        expect(read(text, size, 5)).toEqual(whole);
      },
    ),
  );
});
