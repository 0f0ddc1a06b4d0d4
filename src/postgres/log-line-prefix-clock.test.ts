import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTimestampReader } from '../lib/timestamp.ts';
import { createLineClock } from './log-line-prefix-clock.ts';
import { logBytes } from './testkit.ts';

const number = (max: number, width: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(width, '0'));
/** Few minutes, so that most times are of the minute before; some are no times. */
const time = fc
  .tuple(
    fc.constantFrom(
      '2026-11-21 16:48',
      '2026-11-21 16:49',
      '2026-03-29 02:30',
      '2026-13-21 16:48',
      'no time at all :(',
    ),
    fc.oneof({ weight: 9, arbitrary: number(61, 2) }, { weight: 1, arbitrary: fc.constantFrom('x1', '1x', ':1', '6') }),
    fc.oneof(
      fc.constant(''),
      number(999, 3).map((ms) => `.${ms}`),
      fc.constantFrom('.5', '.1234', '.1x3', ',123', '.'),
    ),
    fc.constantFrom(' UTC', ' CET', ' CEST', ' +02', ' -0330', ' XYZ', ' ABCDEFGHIJK', ''),
  )
  .map(([minute, second, fraction, zone]) => `${minute}:${second}${fraction}${zone}`);

it('tells what a timestamp reader tells, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 30 }), (texts) => {
      const reader = createTimestampReader('Europe/Berlin');
      const clock = createLineClock(createTimestampReader('Europe/Berlin'));
      for (const text of texts) {
        const source = logBytes(text);
        expect([text, clock.read(source, 0, source.end)]).toEqual([
          text,
          reader.read(source.bytes, source.words, 0, source.end),
        ]);
      }
    }),
    { numRuns: 500 },
  );
});
