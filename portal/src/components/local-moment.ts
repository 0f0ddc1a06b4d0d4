const MINUTE_MS = 60_000;

/** A moment as fields for date and time have it, by the clock of this browser: `2026-11-18T07:30`. */
export function localText(iso: string): string {
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** The moment that such a field says, in ISO 8601; undefined while it is not filled in. */
export function isoOf(text: string): string | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
