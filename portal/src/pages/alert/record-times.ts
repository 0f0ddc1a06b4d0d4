/** A time as logs write it, with a zone or without one. */
const TIME = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)/;

/** Milliseconds from the first record to each; undefined where a record shows no time. */
export function recordOffsets(texts: readonly string[]): (number | undefined)[] {
  const times = texts.map(timeIn);
  const first = times.find((time) => time !== undefined);
  return times.map((time) => (time === undefined || first === undefined ? undefined : time - first));
}

/** All records of one log tell the time in one zone, so the zone does not matter for what lies between them. */
function timeIn(text: string): number | undefined {
  const [, day, clock] = TIME.exec(text) ?? [];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T${clock?.replace(',', '.')}Z`);
  return Number.isNaN(time) ? undefined : time;
}
