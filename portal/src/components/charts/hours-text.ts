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
  return hours.length === 24
    ? 'round the clock'
    : spans.map(([start, end]) => `${clock(start)}–${clock(end)}`).join(', ');
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
