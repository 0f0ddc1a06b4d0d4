import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES, type ReadInto, ScanWindow } from './scan-window.ts';

const MIB = 1024 * 1024;

/** Gives the bytes in pieces of the sizes told, again and again. */
function inPieces(source: Uint8Array, sizes: readonly number[]): ReadInto {
  let at = 0;
  let turn = 0;
  return (bytes, to, length) => {
    const piece = source.subarray(at, at + Math.min(length, sizes[turn++ % sizes.length]!));
    bytes.set(piece, to);
    at += piece.length;
    return piece.length;
  };
}

/** The text of every line that becomes whole, with its offset in the source. */
async function readLines(window: ScanWindow, read: ReadInto): Promise<{ offset: number; text: string }[]> {
  const lines: { offset: number; text: string }[] = [];
  while (await window.refill(read)) {
    for (let record = 0; record < window.recordCount; record++) {
      const end = window.index[window.records[record]! - 1]!;
      const text = new TextDecoder().decode(window.bytes.slice(window.position, end));
      lines.push({ offset: window.offsetOf(window.position), text });
      window.position = end + 1;
    }
  }
  return lines;
}

async function fill(window: ScanWindow, read: ReadInto): Promise<void> {
  while (window.obstacle === undefined && (await window.refill(read))) {
    // a reader that waits for a record's end
  }
}

const encode = (text: string) => new Uint8Array(Buffer.from(text));

describe('ScanWindow', () => {
  it('finds the same lines at the same offsets for any sizes of the reads', async () => {
    const line = fc
      .array(fc.constantFrom('a', ',', '""', '","', '"\n"', 'é'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), sizes, async (lines, pieces) => {
        const source = encode(lines.map((text) => `${text}\n`).join(''));
        let offset = 0;
        const expected = lines.map((text) => {
          const found = { offset, text };
          offset += Buffer.byteLength(text) + 1;
          return found;
        });
        expect(await readLines(new ScanWindow('csv'), inPieces(source, pieces))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('reads many short lines although its areas hold fewer', async () => {
    const source = encode('\n'.repeat(200_000));
    const lines = await readLines(new ScanWindow('csv'), inPieces(source, [MIB]));
    expect(lines).toHaveLength(200_000);
    expect(lines.at(-1)).toEqual({ offset: 199_999, text: '' });
  });

  it('gives up on a record of more than 8 MiB, in bounded memory', async () => {
    const window = new ScanWindow('csv');
    await fill(window, inPieces(new Uint8Array(20 * MIB).fill(0x61), [MIB]));
    expect(window.obstacle).toBe('longer than 8 MiB');
    expect(window.end - window.position).toBeGreaterThanOrEqual(MAX_RECORD_BYTES);
    expect(window.bytes.length).toBeLessThan(24 * MIB);
  });

  it('gives up on a record with more fields than the index holds', async () => {
    const window = new ScanWindow('csv');
    await fill(window, inPieces(new Uint8Array(MIB).fill(0x2c), [MIB]));
    expect(window.obstacle).toBe('too many fields');
  });

  it('sees no obstacle while a record may still become whole', async () => {
    const window = new ScanWindow('csv');
    await fill(window, inPieces(encode(`"${'a'.repeat(3 * MIB)}`), [MIB]));
    expect(window.obstacle).toBeUndefined();
  });

  it('continues cautiously behind a broken record, and then looks at all there is', async () => {
    const window = new ScanWindow('csv');
    const source = encode(`broken\n${'line\n'.repeat(40_000)}`);
    const read = inPieces(source, [MIB]);
    await window.refill(read);
    window.resume(window.position + 7);
    expect(window.isUnscanned).toBe(true);
    expect(window.recordCount).toBeLessThan(2000);
    const seen: number[] = [window.recordCount];
    window.position = window.index[window.records[window.recordCount - 1]! - 1]! + 1;
    const lines = await readLines(window, read);
    expect(seen[0]! + lines.length).toBe(40_000);
    expect(window.isUnscanned).toBe(false);
  });

  it('keeps what lies behind the anchor, although it has been read', async () => {
    const window = new ScanWindow('csv');
    const read = inPieces(encode('first\nsecond\nthird\n'), [6, 7, 6]);
    await window.refill(read);
    window.anchor = window.position;
    window.position += 6;
    await window.refill(read);
    window.position += 7;
    await window.refill(read);
    const from = window.anchor;
    expect(window.offsetOf(from)).toBe(0);
    expect(new TextDecoder().decode(window.bytes.slice(from, window.end))).toBe('first\nsecond\nthird\n');
    window.resume(from);
    expect(window.recordCount).toBe(3);
  });

  it('ends a last line that has no newline', async () => {
    const window = new ScanWindow('csv');
    expect(await readLines(window, inPieces(encode('a\nb'), [100]))).toHaveLength(1);
    window.endLine();
    expect(window.recordCount).toBe(1);
  });

  it('starts anew on another source', async () => {
    const window = new ScanWindow('csv');
    await readLines(window, inPieces(encode('some\nlines\nand a rest'), [100]));
    window.restart();
    expect(await readLines(window, inPieces(encode('other\n'), [100]))).toEqual([{ offset: 0, text: 'other' }]);
  });

  it('shows its bytes as words, too', async () => {
    const window = new ScanWindow('json');
    await window.refill(inPieces(encode('{"a"'), [100]));
    expect(window.words.getInt32(window.position, true)).toBe(0x2261227b | 0);
    await fill(window, inPieces(encode('x'.repeat(5 * MIB)), [MIB]));
    expect(window.words.buffer).toBe(window.bytes.buffer);
    expect(window.index.buffer).toBe(window.bytes.buffer);
  });
});
