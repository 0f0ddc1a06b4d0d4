/** `2026-01-31T14:30:05.123Z` as `2026-01-31 14:30`, the zone being told by a heading. */
export function utcMinute(iso: string): string {
  return iso.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}

/** `2026-01-31T14:30:05.123Z` as `2026-01-31 14:30:05.123 UTC`. */
export function utcWhole(iso: string): string {
  return iso.replace('T', ' ').replace(/Z$/, ' UTC');
}
