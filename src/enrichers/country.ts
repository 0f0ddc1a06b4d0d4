/** English names of countries, from the runtime's Unicode CLDR data. */
const englishNames = new Intl.DisplayNames('en', { type: 'region' });

/** CLDR's code of the unknown region; data files use it too. */
const UNKNOWN_REGION = 'ZZ';

/** ISO 3166-1 alpha-2 code in upper case; undefined for anything else. */
export function countryCodeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[a-z]{2}$/i.test(value)) {
    return undefined;
  }
  const code = value.toUpperCase();
  return code === UNKNOWN_REGION || countryNameOf(code) === code ? undefined : code;
}

/** The name of a country code; the code itself where it names no country. */
export function countryNameOf(code: string): string {
  return englishNames.of(code) ?? code;
}
