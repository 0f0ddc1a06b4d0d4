/** Of more spans than this, the hours are listed: `hours 00, 02, 04`. */
const MOST_SPANS = 3;
const DAY_HOURS = 24;

/** Hours of a day in words: `06:00–18:00, 23:00–24:00`. Ascending. */
export function hoursText(hours: readonly number[]): string {
  const spans: [start: number, end: number][] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last?.[1] === hour) {
      last[1] = hour + 1;
    } else {
      spans.push([hour, hour + 1]);
    }
  }
  if (hours.length === DAY_HOURS) {
    return 'round the clock';
  }
  return spans.length > MOST_SPANS
    ? `hours ${hours.map(twoDigits).join(', ')}`
    : spans.map(([start, end]) => `${twoDigits(start)}:00–${twoDigits(end)}:00`).join(', ');
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, '0');
}
