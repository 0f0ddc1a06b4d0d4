import type { Evidence } from '../../api/schema.ts';

/** Countries that are compared; undefined where it is not about places. */
export function countriesOf({
  columns = [],
  rows = [],
  observed,
}: Evidence): { usual: string[]; unusual: string[] } | undefined {
  const column = columns.indexOf('Place');
  if (column < 0 || observed?.Place === undefined) {
    return undefined;
  }
  const usual = unique(rows.map((row) => countryOf(row[column] ?? '')));
  const unusual = unique([countryOf(observed.Place)]).filter((country) => !usual.includes(country));
  return { usual, unusual };
}

/** A place is told as "Germany, AS3320 …" or, where it is private, as a network alone. */
function countryOf(place: string): string {
  const country = place.split(', ')[0] ?? '';
  return /\d/.test(country) ? '' : country;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}
