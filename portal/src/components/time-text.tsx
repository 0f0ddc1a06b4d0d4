import { useNow } from './use-now.ts';

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
/** Older than this, a date says more than a count of days; milliseconds. */
const RELATIVE_UP_TO_MS = 7 * 86_400_000;

interface Props {
  iso: string;
  isRelative?: boolean;
  /** With seconds, and without the year. */
  isExact?: boolean;
}

/** A time in this browser's zone; the exact time, the zone and UTC are in its title. */
export function TimeText({ iso, isRelative = false, isExact = false }: Props) {
  const now = useNow();
  const time = new Date(iso);
  const age = now - time.getTime();
  const text = isRelative && age < RELATIVE_UP_TO_MS ? relative(-age) : (isExact ? SECONDS : DAY).format(time);
  return (
    <time dateTime={iso} title={`${EXACT.format(time)} (${ZONE}) · ${iso}`}>
      {text}
    </time>
  );
}

function relative(offsetMs: number): string {
  for (const [unit, size] of UNITS) {
    if (Math.abs(offsetMs) >= size) {
      return RELATIVE.format(Math.trunc(offsetMs / size), unit);
    }
  }
  return 'just now';
}
