import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME_BYTES } from '../lib/names.ts';
import { ScanWindow } from '../scan/scan-window.ts';
import { plainJsonText } from './json-text.ts';

async function plain(inside: string): Promise<string> {
  const window = new ScanWindow('json');
  const source = Buffer.from(inside);
  await window.refill((bytes, at) => source.copy(bytes, at));
  const { start, end } = plainJsonText(window, { start: window.position, end: window.end });
  return Buffer.from(window.bytes.slice(start, end)).toString();
}

describe('plainJsonText', () => {
  it('agrees with JSON.parse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), async (text) => {
        expect(await plain(JSON.stringify(text).slice(1, -1))).toBe(text.toWellFormed());
      }),
    );
  });

  it.each([
    ['a\\/b', 'a/b'],
    ['\\u0061\\u00e9', 'aé'],
    ['\\x', '\\x'],
    ['\\', '\\'],
    ['\\u12', '\\u12'],
  ])('shows %j as %j', async (inside, text) => {
    expect(await plain(inside)).toBe(text);
  });

  it('gives no more than a name may have', async () => {
    const long = await plain('\\u0061'.repeat(50_000));
    expect(long).toBe('a'.repeat(MAX_NAME_BYTES));
  });
});
