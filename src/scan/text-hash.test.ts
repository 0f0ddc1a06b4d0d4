import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, HASHED_BYTES } from './layout.ts';
import { ScanWindow } from './scan-window.ts';

const window = new ScanWindow('csv');

/** The hash of a text that stands `shift` bytes behind the start of the block, with other bytes around it. */
function hashOf(text: Uint8Array, shift = 0, around = 0xff): string {
  window.bytes.fill(around, BLOCK, BLOCK + shift + text.length + 64);
  window.bytes.set(text, BLOCK + shift);
  return [...window.hash.of(BLOCK + shift, BLOCK + shift + text.length)].join(' ');
}

const texts = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe('TextHash', () => {
  it('is the same wherever a text stands, and whatever stands around it', () => {
    fc.assert(
      fc.property(texts, fc.nat(70), (text, shift) => {
        expect(hashOf(text, shift, 0)).toBe(hashOf(text));
      }),
    );
  });

  it('tells apart texts that differ in a bit', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(7), (text, place, bit) => {
        const other = Uint8Array.from(text);
        other[place % text.length]! ^= 1 << bit;
        expect(hashOf(other)).not.toBe(hashOf(text));
      }),
    );
  });

  it('tells apart texts of which one goes on with zeros', () => {
    const text = Buffer.from('SELECT 1');
    const longer = [1, 24, 25, 100].map((more) => hashOf(Buffer.concat([text, Buffer.alloc(more)])));
    expect(new Set([hashOf(text), ...longer]).size).toBe(5);
  });

  it('goes on when the memory of the window grows', async () => {
    const before = hashOf(Buffer.from('SELECT 1'));
    window.restart();
    const { bytes } = window;
    while (window.bytes === bytes) {
      await window.refill((into, at, length) => into.fill(0x61, at, at + length).length && length);
    }
    expect(hashOf(Buffer.from('SELECT 1'))).toBe(before);
  });

  it('has none of what is empty or too long', () => {
    expect(hashOf(new Uint8Array(0))).toBe('');
    expect(hashOf(new Uint8Array(HASHED_BYTES))).not.toBe('');
    expect(hashOf(new Uint8Array(HASHED_BYTES + 1))).toBe('');
  });
});
