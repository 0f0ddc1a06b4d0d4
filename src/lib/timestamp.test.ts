import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimestampReader, type TimestampReader } from './timestamp.ts';

/** Reads a text that stands in the middle of other bytes. */
function read(reader: TimestampReader, text: string): number {
  const bytes = new Uint8Array(text.length + 24).fill(0x37); // digits around it must not be taken for its own
  bytes.set(Buffer.from(text, 'latin1'), 5);
  bytes[5 + text.length] = 0x2c;
  return reader.read(bytes, new DataView(bytes.buffer), 5, 5 + text.length);
}

/** `2026-01-01 12:34:56.789 UTC`, as PostgreSQL writes. */
const asPostgres = (ms: number) => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
/** 1900 to 9999, milliseconds since the epoch. */
const time = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(9999, 11, 31) });

describe('createTimestampReader', () => {
  it('agrees with Date on random times, one reader for all of them', () => {
    const reader = createTimestampReader(undefined);
    const near = fc.tuple(time, fc.array(fc.integer({ min: -90_000, max: 90_000 }), { maxLength: 5 }));
    fc.assert(
      fc.property(near, ([base, steps]) => {
        for (const ms of [base, ...steps.map((step) => base + step)]) {
          expect(read(reader, asPostgres(ms))).toBe(ms);
          expect(read(reader, new Date(ms).toISOString())).toBe(ms);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with Date on offsets from UTC', () => {
    const reader = createTimestampReader(undefined);
    const offset = fc.tuple(
      fc.constantFrom('+', '-'),
      fc.integer({ min: 0, max: 14 }),
      fc.constantFrom('00', '30', '45'),
    );
    fc.assert(
      fc.property(time, offset, (ms, [sign, hours, minutes]) => {
        const wall = new Date(ms).toISOString().slice(0, 23);
        const zone = `${sign}${String(hours).padStart(2, '0')}`;
        expect(read(reader, `${wall}${zone}:${minutes}`)).toBe(Date.parse(`${wall}${zone}:${minutes}`));
        expect(read(reader, `${wall.replace('T', ' ')} ${zone}`)).toBe(Date.parse(`${wall}${zone}:00`));
      }),
    );
  });

  it.each([
    ['no fraction', '2026-01-01 12:34:56 UTC', Date.UTC(2026, 0, 1, 12, 34, 56)],
    ['one digit of fraction', '2026-11-19T00:00:59.5Z', Date.UTC(2026, 10, 19, 0, 0, 59, 500)],
    ['two digits of fraction', '2026-11-19T00:00:59.05 UTC', Date.UTC(2026, 10, 19, 0, 0, 59, 50)],
    ['seven digits of fraction', '2026-11-19T00:00:59.0359822Z', Date.UTC(2026, 10, 19, 0, 0, 59, 35)],
    ['nine digits of fraction', '2026-01-01T00:00:00.999999999Z', Date.UTC(2026, 0, 1, 0, 0, 0, 999)],
    ['a leap second', '2016-12-31 23:59:60.000 UTC', Date.UTC(2017, 0, 1)],
    ['GMT', '2026-01-01 00:00:00.000 GMT', Date.UTC(2026, 0, 1)],
    ['the year 2099', '2099-06-01 00:00:00.000 UTC', Date.UTC(2099, 5, 1)],
  ])('reads %s', (_, text, expected) => {
    expect(read(createTimestampReader(undefined), text)).toBe(expected);
  });

  it.each([
    'Fri, 23 Jun 2017 19:29:50.266 GMT',
    '2026-13-01 00:00:00.000 UTC',
    '2026-00-01 00:00:00.000 UTC',
    '2026-01-32 00:00:00.000 UTC',
    '2026-01-01 25:00:00.000 UTC',
    '2026-01-01 00:60:00.000 UTC',
    '2026-01-01 00:00:xx.000 UTC',
    '2026-01-01 00:00:61.000 UTC',
    '2026-01-01 00-00:00.000 UTC',
    '2026/01/01 00:00:00.000 UTC',
    '2026-01-01 00:00:00',
    '2026-01-01',
    '',
    '\0'.repeat(30),
  ])('takes %j for no time, whatever zone is configured', (text) => {
    for (const timezone of [undefined, 'Europe/Berlin']) {
      const reader = createTimestampReader(timezone);
      expect(read(reader, text)).toBeNaN();
      expect(reader.problem).toBe('does not start with a time');
      expect(read(reader, '2026-01-01 00:00:00.000 UTC')).toBe(Date.UTC(2026, 0, 1));
    }
  });

  it('says what an unknown zone needs', () => {
    const reader = createTimestampReader(undefined);
    expect(read(reader, '2026-01-01 00:00:00.000 IST')).toBeNaN();
    expect(reader.problem).toBe('names a time zone that only `timezone:` in the configuration can explain');
    expect(read(reader, '2026-01-01 00:00:00.000 UTC')).toBe(Date.UTC(2026, 0, 1));
  });

  it('knows an abbreviation that means the same everywhere, through both hours of a clock change', () => {
    const reader = createTimestampReader(undefined);
    expect(read(reader, '2026-10-25 02:30:00.000 CEST')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(read(reader, '2026-10-25 02:30:00.000 CET')).toBe(Date.UTC(2026, 9, 25, 1, 30));
  });

  it('takes an abbreviation for the configured zone, summer and winter', () => {
    const reader = createTimestampReader('Europe/Berlin');
    expect(read(reader, '2026-07-01 12:00:00.000 CEST')).toBe(Date.UTC(2026, 6, 1, 10));
    expect(read(reader, '2026-12-01 12:00:00.000 CET')).toBe(Date.UTC(2026, 11, 1, 11));
    expect(read(reader, '2026-12-01 12:00:30.000 +05')).toBe(Date.UTC(2026, 11, 1, 7, 0, 30));
    expect(read(reader, '2026-12-01 12:00:31.000 CET')).toBe(Date.UTC(2026, 11, 1, 11, 0, 31));
  });

  it('never throws, and gives a number, on any bytes', () => {
    const reader = createTimestampReader('America/New_York');
    const parts = fc.constantFrom('2026-', '0', '1', '9', '-', ' ', ':', '12:34', '.', 'T', 'Z', 'EST', '+05', '\xff');
    fc.assert(
      fc.property(fc.string({ unit: parts, maxLength: 14 }), (text) => {
        expect(typeof read(reader, text)).toBe('number');
      }),
      { numRuns: 2000 },
    );
  });
});
