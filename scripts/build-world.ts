/** Draws the countries for the map of evidence reports: `build/world.json`, from the atlas that the portal draws as well. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { geoCentroid } from 'd3-geo';
import { ATLAS_NAMES } from '../portal/src/components/charts/country-name.ts';
import { countries, pathOf, projection } from '../portal/src/components/charts/world.ts';
import type { DrawnCountry } from '../src/evidence/world.ts';

const TO = new URL('../build/', import.meta.url);

const drawn = countries.map((country): DrawnCountry => {
  const { name } = country.properties;
  const also = Object.entries(ATLAS_NAMES).flatMap(([told, inAtlas]) => (inAtlas === name ? [told] : []));
  const [x, y] = projection(geoCentroid(country)) ?? [0, 0];
  const path = (pathOf(country) ?? '').replace(/\d+\.\d+/g, (number) => Number(number).toFixed(1));
  return { names: [name, ...also], path, x: Math.round(x), y: Math.round(y) };
});
mkdirSync(TO, { recursive: true });
writeFileSync(new URL('world.json', TO), JSON.stringify(drawn));
