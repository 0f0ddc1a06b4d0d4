/** A time as people of a zone write it, with the zone's name and, where that is another, UTC. */
export function timeFor(iso: string, timeZone: string): string {
  const time = new Date(iso);
  const there = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(time);
  const zone = zoneName(time, timeZone);
  return zone === 'UTC' ? `${there} UTC` : `${there} ${zone} (${iso.slice(11, 19)} UTC)`;
}

function zoneName(time: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(time);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/** Whether this runtime knows a zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
