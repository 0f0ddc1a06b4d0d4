import { type Html, html } from './html.ts';
import { WORLD_HEIGHT, WORLD_WIDTH, world } from './world.ts';

/** What an alert shows of places: those that are usual, in a table, and the one that it tells of. */
export interface ToldPlaces {
  columns?: readonly string[];
  rows?: readonly (readonly string[])[];
  observed?: Readonly<Record<string, string>>;
}

/** From which countries access is usual, with a dot, and from which it was not, with a cross. Empty where no country is told. */
export function worldPicture({ columns = [], rows = [], observed }: ToldPlaces): Html {
  const column = columns.indexOf('Place');
  if (column < 0 || observed?.Place === undefined) {
    return html``;
  }
  const usual = unique(rows.map((row) => countryOf(row[column] ?? '')));
  const unusual = unique([countryOf(observed.Place)]).filter((country) => !usual.includes(country));
  const known = world();
  if (known.length === 0 || usual.length + unusual.length === 0) {
    return html``;
  }
  const caption = `Access is usual (●) from: ${listed(usual)}. Unusual (✕): ${listed(unusual)}.`;
  const marks = known.map(({ names, x, y }) =>
    isOneOf(names, unusual)
      ? html`<path class="cross" d="M${x - 6} ${y - 6}l12 12m0-12l-12 12"/>`
      : isOneOf(names, usual)
        ? html`<circle class="usual" cx="${x}" cy="${y}" r="4"/>`
        : html``,
  );
  const land = known.map(({ path }) => path).join('');
  return html`<figure><svg viewBox="0 0 ${WORLD_WIDTH} ${WORLD_HEIGHT}" role="img" aria-label="${caption}"><path class="land" d="${land}"/>${marks}</svg><figcaption>${caption}</figcaption></figure>`;
}

/** A place is told as "Germany, AS3320 …" or, where it is private, as a network alone. */
function countryOf(place: string): string {
  const country = place.split(', ')[0] ?? '';
  return /\d/.test(country) ? '' : country;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none known' : names.join(', ');
}

function isOneOf(names: readonly string[], wanted: readonly string[]): boolean {
  return names.some((name) => wanted.includes(name));
}
