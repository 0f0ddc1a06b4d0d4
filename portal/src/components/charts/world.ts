import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };

/** Size of the map's drawing, in units of its view box. */
export const WIDTH = 720;
export const HEIGHT = 340;

const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
export const countries = feature(topology, topology.objects.countries).features;
/** From degrees (east, north) to the drawing, and back. */
export const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: 'Sphere' });
export const pathOf = geoPath(projection);
