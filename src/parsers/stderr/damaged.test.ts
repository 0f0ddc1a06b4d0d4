import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from '../testkit.ts';
import { stderr } from './stderr.ts';
import { PREFIXES, textSample } from './testkit.ts';

/** The end of a recording, where names write lines. */
const PART_BYTES = 9000;
/** Generous: a read of so few bytes takes some milliseconds. */
const LIMIT_MS = 60_000;

type Change =
  | { kind: 'put'; at: number; text: string }
  | { kind: 'delete' | 'copy'; at: number; length: number; to: number };

/** Places are parts of the length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    at: place,
    text: fc.constantFrom(
      '\n',
      '\t',
      '\n\t',
      '\r',
      '@',
      ' ',
      ':',
      '[',
      '"',
      '\0',
      'LOG:  ',
      'FATAL:  ',
      'root@shop LOG:  x',
    ),
  }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'copy' as const),
    at: place,
    length: fc.integer({ min: 1, max: 500 }),
    to: place,
  }),
);

function apply(bytes: Buffer, step: Change): Buffer {
  const at = Math.floor(step.at * bytes.length);
  const to = step.kind === 'put' ? 0 : Math.floor(step.to * bytes.length);
  const added =
    step.kind === 'put' ? Buffer.from(step.text) : bytes.subarray(to, step.kind === 'copy' ? to + step.length : to);
  const rest = step.kind === 'delete' ? at + step.length : at;
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(rest)]);
}

describe.each(Object.keys(PREFIXES))('a damaged %s', (name) => {
  const { prefix: logLinePrefix, text } = textSample(name);
  const damaged = fc.tuple(place, fc.array(change, { minLength: 1, maxLength: 8 })).map(([start, changes]) => {
    const from = Math.floor((0.5 + start / 2) * Math.max(0, text.length - PART_BYTES));
    return changes.reduce(apply, Buffer.from(text.subarray(from, from + PART_BYTES)));
  });

  it('is read to its end, and the same for any sizes of the reads', { timeout: 120_000 }, async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(damaged, sizes, async (bytes, pieces) => {
        const read = (reading: object) => readAll(stderr, bytes, { logLinePrefix, limitMs: LIMIT_MS, ...reading });
        const whole = await read({});
        const understood = (records: typeof whole) => records.filter(({ step }) => step !== 'rejected');

        expect(understood(await read({ sizes: pieces }))).toEqual(understood(whole));
        let least = 0;
        for (const { offset, step, text: record, time } of whole) {
          expect(offset).toBeGreaterThanOrEqual(least);
          expect(step === 'activity' ? Number.isFinite(time) : true).toBe(true);
          expect(typeof stderr.redact(Buffer.from(record))).toBe('string');
          least = step === 'rejected' ? offset : offset + 1;
        }
      }),
      { numRuns: 25, seed: 2026 },
    );
  });
});
