const HOUR_MS = 3_600_000;

/** Turns the wall clock of one IANA zone into UTC. */
export interface ZoneClock {
  /**
   * Offset from UTC, in milliseconds, of a wall-clock time (`wallMs`: that time as if it were UTC). The abbreviation
   * decides in the hour that a clock change repeats, by what it meant in other hours. NaN for NaN.
   */
  offsetOf(wallMs: number, abbreviation: string): number;
}

export function createZoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsetAt = (utcMs: number) => wallOf(format, utcMs) - utcMs;
  const meant = new Map<string, number>();
  const byHour = new Map<number, readonly [number, number]>();

  /** The offsets before and after; equal in all hours but those of a clock change. */
  function candidates(wallMs: number): readonly [number, number] {
    const hour = Math.floor(wallMs / HOUR_MS);
    let pair = byHour.get(hour);
    if (pair === undefined) {
      const start = hour * HOUR_MS;
      const before = offsetAt(start - 24 * HOUR_MS);
      const after = offsetAt(start + 24 * HOUR_MS);
      const isBefore = offsetAt(start - before) === before;
      const isAfter = offsetAt(start - after) === after;
      pair = [isBefore ? before : after, isAfter ? after : before];
      if (byHour.size > 4096) {
        byHour.clear();
      }
      byHour.set(hour, pair);
    }
    return pair;
  }

  return {
    offsetOf(wallMs, abbreviation) {
      if (Number.isNaN(wallMs)) {
        return Number.NaN;
      }
      const [first, second] = candidates(wallMs);
      if (first === second) {
        if (meant.size < 64) {
          meant.set(abbreviation, first);
        }
        return first;
      }
      // an abbreviation not met so far is the one that begins with the change, if the other is known
      const known = meant.get(abbreviation) ?? ([...meant.values()].includes(first) ? second : first);
      return known === second ? second : first;
    },
  };
}

/** The zone's wall clock at an instant, as if it were UTC; whole minutes. */
function wallOf(format: Intl.DateTimeFormat, utcMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utcMs)) {
    part[type] = Number(value);
  }
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']);
}

/** `+05`, `-0330`, `+05:30`, `Z`, `UTC`, `GMT` as milliseconds; undefined for other abbreviations, which name several zones each. */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') {
    return 0;
  }
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) {
    return undefined;
  }
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}
