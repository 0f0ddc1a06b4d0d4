import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsers } from './index.ts';
import { readAll } from './testkit.ts';

const folder = (id: string) => new URL(`${id}/`, import.meta.url);

/** Part of a sample that is changed: enough for a few records of each kind. */
const FUZZED_BYTES = 12_000;
/** Generous: a read of so few bytes takes a millisecond. */
const LIMIT_MS = 60_000;

type Change =
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'put'; at: number; text: string }
  | { kind: 'delete' | 'duplicate' | 'splice'; at: number; length: number; to: number };

/** Places are parts of the length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({
    kind: fc.constant('put' as const),
    at: place,
    text: fc.constantFrom('"', '\n', ',', '\\', '{', ']', '\0', '":', '\r'),
  }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'duplicate' as const, 'splice' as const),
    at: place,
    length: fc.integer({ min: 1, max: 600 }),
    to: place,
  }),
);

function apply(bytes: Buffer, step: Change, other: Buffer): Buffer {
  const at = Math.floor(step.at * bytes.length);
  if (step.kind === 'flip') {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << step.bit);
    return copy;
  }
  if (step.kind === 'put') {
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(step.text), bytes.subarray(at)]);
  }
  if (step.kind === 'delete') {
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + step.length)]);
  }
  const from = step.kind === 'duplicate' ? bytes : other;
  const to = Math.floor(step.to * from.length);
  return Buffer.concat([bytes.subarray(0, at), from.subarray(to, to + step.length), bytes.subarray(at)]);
}

it('there is a folder for each parser, and none without', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(parsers.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
  expect(parsers.length).toBeGreaterThan(0);
});

describe.each(parsers)('the parser $id', (parser) => {
  const samples = readdirSync(new URL('samples/', folder(parser.id)))
    .filter((name) => /\.(?:csv|jsonl?|log)$/.test(name) && !name.endsWith('.expected.json'))
    .map((name) => readFileSync(new URL(`samples/${name}`, folder(parser.id))));
  /** A sample, the beginning of which is changed, with pieces of another. */
  const fuzzed = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.constantFrom(...samples),
      place,
      fc.array(change, { minLength: 1, maxLength: 8 }),
      place,
    )
    .map(([sample, other, start, changes, end]) => {
      const from = Math.floor(start * Math.max(0, sample.length - FUZZED_BYTES));
      const part = Buffer.from(sample.subarray(from, from + FUZZED_BYTES));
      const changed = changes.reduce<Buffer>((bytes, step) => apply(bytes, step, other), part);
      return changed.subarray(0, Math.ceil((0.2 + end) * changed.length));
    });

  it('has a page, samples, and says where they are from', () => {
    expect(existsSync(new URL(`${parser.id}.md`, folder(parser.id)))).toBe(true);
    expect(existsSync(new URL('samples/README.md', folder(parser.id)))).toBe(true);
    expect(samples.length).toBeGreaterThan(0);
  });

  it('reads its samples without a rejection, and finds activities in each', async () => {
    for (const sample of samples) {
      const records = await readAll(parser, sample);
      expect(records.filter(({ step }) => step === 'rejected')).toEqual([]);
      expect(records.filter(({ step }) => step === 'activity').length).toBeGreaterThan(1);
    }
  });

  it('comes to the end of damaged input without throwing, record after record', async () => {
    const sizes = fc.array(fc.integer({ min: 20, max: 5000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fuzzed, sizes, async (bytes, pieces) => {
        let end = 0;
        for (const { offset, text, step, time } of await readAll(parser, bytes, { sizes: pieces, limitMs: LIMIT_MS })) {
          expect(offset).toBeGreaterThanOrEqual(end);
          expect(offset).toBeLessThanOrEqual(bytes.length);
          expect(step === 'activity' ? Number.isFinite(time) : true).toBe(true);
          end = step === 'rejected' ? offset : offset + 1;
          expect(typeof parser.redact(Buffer.from(text))).toBe('string');
        }
      }),
      { numRuns: 100, seed: 2026 },
    );
  });

  it('says of damaged input the same for any sizes of the reads', async () => {
    const sizes = fc.array(fc.integer({ min: 20, max: 3000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fuzzed, sizes, async (bytes, pieces) => {
        const activities = async (reading: { sizes?: readonly number[] }) =>
          (await readAll(parser, bytes, { ...reading, limitMs: LIMIT_MS })).filter(({ step }) => step !== 'rejected');
        expect(await activities({ sizes: pieces })).toEqual(await activities({}));
      }),
      { numRuns: 60, seed: 2026 },
    );
  });

  it('comes to the end of any bytes', async () => {
    const unit = fc.constantFrom(
      0x22,
      0x2c,
      0x0a,
      0x5c,
      0x7b,
      0x7d,
      0x5b,
      0x5d,
      0x3a,
      0x20,
      0x30,
      0x2d,
      0x61,
      0xff,
      0x00,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 300 }), async (bytes) => {
        for (const { text } of await readAll(parser, Uint8Array.from(bytes), { limitMs: LIMIT_MS })) {
          expect(typeof parser.redact(Buffer.from(text))).toBe('string');
        }
      }),
      { numRuns: 150 },
    );
  });
});
