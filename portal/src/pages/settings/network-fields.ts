import type { NetworkBody } from '../../api/networks.ts';
import type { NamedNetwork } from '../../api/schema.ts';

/** A named network as a person writes it. */
export interface NetworkFields {
  name: string;
  /** A network a line. */
  cidr: string;
  country: string;
  city: string;
  lat: string;
  lon: string;
  trusted: boolean;
}

export function fieldsOf(network: NamedNetwork | undefined): NetworkFields {
  const { country = '', city = '', lat, lon } = network?.location ?? {};
  return {
    name: network?.name ?? '',
    cidr: network?.cidr.join('\n') ?? '',
    country,
    city,
    lat: lat === undefined ? '' : String(lat),
    lon: lon === undefined ? '' : String(lon),
    trusted: network?.trusted ?? false,
  };
}

/** What the server is sent; undefined while something is missing. */
export function networkOf({ name, cidr, country, city, lat, lon, trusted }: NetworkFields): NetworkBody | undefined {
  const blocks = cidr.split(/[\s,;]+/).filter((block) => block !== '');
  const hasPlace = country !== '';
  const isWhole = hasPlace ? country.length === 2 && areDegrees(lat, lon) : city + lat + lon === '';
  if (name.trim() === '' || blocks.length === 0 || !isWhole) {
    return undefined;
  }
  const location = {
    country,
    ...(city.trim() !== '' && { city: city.trim() }),
    ...(lat !== '' && { lat: Number(lat), lon: Number(lon) }),
  };
  return { cidr: blocks, trusted, ...(hasPlace && { location }) };
}

/** Both or neither, and on the globe. */
function areDegrees(lat: string, lon: string): boolean {
  return lat === '' || lon === '' ? lat === lon : Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180;
}
