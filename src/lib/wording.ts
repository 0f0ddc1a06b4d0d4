/** Characters shown of a name: PostgreSQL's are 63 bytes at most, an Entra id is 36 characters. */
const MAX_NAME = 64;
/** Names that stand in a sentence as they are. */
const PLAIN_NAME = /^[\p{L}\p{N}_.@:/+$-]+$/u;
/** Control characters, line separators and what reorders text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A name that the log gave, for a sentence or a table: on one line, visible, quoted unless it is a plain word. */
export function named(name: string): string {
  if (name === '') {
    return 'no name';
  }
  const visible = name.replace(INVISIBLE, '\ufffd');
  const short = visible.length > MAX_NAME ? `${visible.slice(0, MAX_NAME)}…` : visible;
  return PLAIN_NAME.test(short) ? short : `“${short}”`;
}

/** `2026-11-12`, UTC. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-11-12 03:20`, UTC. */
export function minute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** `within a second`, `in 90 seconds`, `in 9 minutes`, `in 5 hours`, `in 3 days`. */
export function duration(ms: number): string {
  if (ms < SECOND_MS) {
    return 'within a second';
  }
  const units = [
    [SECOND_MS, 'second', 2 * MINUTE_MS],
    [MINUTE_MS, 'minute', 2 * HOUR_MS],
    [HOUR_MS, 'hour', 2 * DAY_MS],
    [DAY_MS, 'day', Number.POSITIVE_INFINITY],
  ] as const;
  const [unitMs, unit] = units.find(([, , below]) => ms < below)!;
  return `in ${counted(Math.round(ms / unitMs), unit)}`;
}

/** `Germany, France and 3 more`. */
export function listed(names: readonly string[], max = 3, separator = ', '): string {
  const shown = names.slice(0, max);
  const rest = names.length - shown.length;
  if (rest > 0) {
    return `${shown.join(separator)} and ${rest} more`;
  }
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(separator)} and ${shown.at(-1)}`;
}

/** `1,204`. Kept: making one costs more than all the rest of a finding. */
const grouped = new Intl.NumberFormat('en-US');

/** `1 login`, `36 failed logins`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped.format(count)} ${count === 1 ? singular : plural}`;
}
