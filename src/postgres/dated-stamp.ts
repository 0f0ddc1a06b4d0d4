/** No stamp, with what must stand behind it, is longer. */
const MAX_BYTES = 320;
const CLOCK = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';

/** A stamp that tells its year: which bytes it has, and its time, or its wall clock where it has no zone. */
export interface DatedStamp {
  bytes: number;
  /** Milliseconds since the epoch; as though in UTC where `hasZone` is false. */
  ms: number;
  hasZone: boolean;
}

/**
 * `Sat 2026-11-21 10:00:00 UTC`, as `journalctl -o short-full` writes it. Another word for the zone is one of the machine,
 * which counts as none.
 */
const WITH_WEEKDAY = new RegExp(
  `^[A-Z][a-z]{2} (\\d{4}-\\d\\d-\\d\\d) (${CLOCK}) ([A-Z]{2,5}|[+-]\\d\\d(?::?\\d\\d)?)(?= )`,
);
/** `1795255200.123456`, as `journalctl -o short-unix` does; `%n` of a log_line_prefix has three decimals. */
const EPOCH = /^(\d{10}\.\d{6})(?= )/;
/** `Nov 21 2026 10:00:00`. */
const WITH_YEAR = new RegExp(`^(${MONTHS}) {1,2}(\\d{1,2}) (\\d{4}) (${CLOCK})(?= )`);
/** `2026-11-21 10:00:00`. A log_line_prefix has a zone behind it; a daemon, host, program and process. */
const WITHOUT_ZONE = new RegExp(
  `^(\\d{4}-\\d\\d-\\d\\d) (${CLOCK})(?= (?![A-Z]{2,5} |[+-]\\d)[^\\s[\\]:]+ (?:[a-z]+\\d?\\.[a-z]+ )?[\\w.@/-]+\\[\\d+\\]: )`,
);

/** Reads the stamps of syslog daemons and journald that tell their year, and are not ISO 8601. */
export function readDatedStamp(bytes: Uint8Array, start: number, end: number): DatedStamp | undefined {
  const text = Buffer.from(bytes.subarray(start, Math.min(end, start + MAX_BYTES))).toString('latin1');
  const weekday = WITH_WEEKDAY.exec(text);
  if (weekday !== null) {
    const zone = weekday[3] === 'UTC' || weekday[3] === 'GMT' ? 'Z' : isoOffset(weekday[3]!);
    return stamp(weekday[0], `${weekday[1]}T${weekday[2]}`, zone);
  }
  const epoch = EPOCH.exec(text);
  if (epoch !== null) {
    return { bytes: epoch[0].length, ms: Math.floor(Number(epoch[1]) * 1000), hasZone: true };
  }
  const year = WITH_YEAR.exec(text);
  if (year !== null) {
    const month = MONTHS.split('|').indexOf(year[1]!) + 1;
    return stamp(year[0], `${year[3]}-${two(month)}-${two(year[2]!)}T${year[4]}`, undefined);
  }
  const plain = WITHOUT_ZONE.exec(text);
  return plain === null ? undefined : stamp(plain[0], `${plain[1]}T${plain[2]}`, undefined);
}

function stamp(text: string, time: string, zone: string | undefined): DatedStamp | undefined {
  const ms = Date.parse(`${time.replace(',', '.')}${zone ?? 'Z'}`);
  return Number.isNaN(ms) ? undefined : { bytes: text.length, ms, hasZone: zone !== undefined };
}

function isoOffset(zone: string): string | undefined {
  const [, hours, minutes = '00'] = /^([+-]\d\d)(?::?(\d\d))?$/.exec(zone) ?? [];
  return hours === undefined ? undefined : `${hours}:${minutes}`;
}

function two(number: number | string): string {
  return `${number}`.padStart(2, '0');
}
