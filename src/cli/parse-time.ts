import { UserError } from '../lib/user-error.ts';

/** ISO 8601 date, or date and time to the minute, second or fraction, with or without a zone; a space may stand for the T. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

const EXAMPLES = '2026-01-31 or 2026-01-31T14:30:00Z';

/** Milliseconds since the epoch of what a person wrote after `option`. Without a zone it is UTC. */
export function parseTime(text: string, option: string): number {
  const match = TIME.exec(text.trim());
  const time = match ? timeOf(match) : undefined;
  if (time === undefined) {
    throw new UserError(
      `${option} ${JSON.stringify(text)} is not a time; write an ISO 8601 date or date-time such as ${EXAMPLES}`,
    );
  }
  return time;
}

/** Undefined for what no calendar or clock shows, such as 30 February or 25:00: `Date` would roll it over. */
function timeOf([
  ,
  year,
  month,
  day,
  hour = '00',
  minute = '00',
  second = '00',
  fraction = '',
  zone = 'Z',
]: RegExpExecArray): number | undefined {
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${text}Z`);
  const offsetMinutes = zoneMinutes(zone);
  if (
    Number.isNaN(time) ||
    new Date(time).toISOString().slice(0, text.length) !== text ||
    offsetMinutes === undefined
  ) {
    return undefined;
  }
  return time + Number(fraction.slice(0, 3).padEnd(3, '0')) - offsetMinutes * 60_000;
}

/** Minutes east of UTC; undefined beyond what ISO 8601 can write. */
function zoneMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') {
    return 0;
  }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || '0')];
  if (hours > 23 || minutes > 59) {
    return undefined;
  }
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
