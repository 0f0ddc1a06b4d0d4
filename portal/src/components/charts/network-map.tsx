import { makeStyles, tokens } from '@fluentui/react-components';
import { geoCentroid } from 'd3-geo';
import type { MouseEvent } from 'react';
import type { NamedNetwork } from '../../api/schema.ts';
import { atlasName } from './country-name.ts';
import { countries, HEIGHT, pathOf, projection, WIDTH } from './world.ts';

const useStyles = makeStyles({
  chart: { width: '100%', maxWidth: '1000px', height: 'auto', display: 'block' },
  land: { fill: tokens.colorNeutralBackground5, stroke: tokens.colorNeutralBackground1, strokeWidth: 0.5 },
  trusted: { fill: tokens.colorPaletteGreenForeground1, stroke: tokens.colorNeutralBackground1 },
  known: { fill: tokens.colorBrandForeground1, stroke: tokens.colorNeutralBackground1 },
  name: {
    fill: tokens.colorNeutralForeground1,
    fontSize: '11px',
    paintOrder: 'stroke',
    stroke: tokens.colorNeutralBackground1,
    strokeWidth: '3px',
  },
  picking: { cursor: 'crosshair' },
});

const NAMES = new Intl.DisplayNames('en', { type: 'region' });

interface Props {
  networks: readonly (Pick<NamedNetwork, 'name' | 'location'> & { trusted?: boolean })[];
  /** Told where somebody clicked, in degrees; absent: the map is only looked at. */
  onPick?: (place: { lat: number; lon: number }) => void;
}

/** Where named networks are. The list beside it says the same in words. */
export function NetworkMap({ networks, onPick }: Props) {
  const styles = useStyles();
  const pick = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const [lon, lat] = projection.invert?.([x, y]) ?? [Number.NaN, Number.NaN];
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) {
      onPick?.({ lat: rounded(lat), lon: rounded(lon) });
    }
  };
  return (
    <svg
      className={`${styles.chart} ${onPick === undefined ? '' : styles.picking}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      onClick={pick}
    >
      {countries.map((country) => (
        <path key={country.properties.name} d={pathOf(country) ?? ''} className={styles.land} />
      ))}
      {networks.map((network) => {
        const point = pointOf(network.location);
        return (
          point !== undefined && (
            <g key={network.name} transform={`translate(${point[0]} ${point[1]})`}>
              {network.trusted ? (
                <path d="M0-6 6 0 0 6-6 0Z" className={styles.trusted} />
              ) : (
                <circle r={5} className={styles.known} />
              )}
              <text x={8} y={4} className={styles.name}>
                {network.name.length > 24 ? `${network.name.slice(0, 23)}…` : network.name}
              </text>
            </g>
          )
        );
      })}
    </svg>
  );
}

/** By its degrees, or in the middle of its country; undefined: nobody said where it is. */
function pointOf(location: NamedNetwork['location']): [number, number] | undefined {
  if (location === undefined) {
    return undefined;
  }
  const { country, lat, lon } = location;
  if (lat !== undefined && lon !== undefined) {
    return projection([lon, lat]) ?? undefined;
  }
  const name = atlasName(NAMES.of(country) ?? country);
  const shape = countries.find(({ properties }) => properties.name === name);
  return shape && (projection(geoCentroid(shape)) ?? undefined);
}

function rounded(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}
