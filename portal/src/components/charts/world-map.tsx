import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { geoCentroid } from 'd3-geo';
import { atlasName } from './country-name.ts';
import { countries, HEIGHT, pathOf, projection, WIDTH } from './world.ts';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '8px' },
  chart: { width: '100%', height: 'auto', display: 'block' },
  land: { fill: tokens.colorNeutralBackground6, stroke: tokens.colorNeutralBackground1, strokeWidth: 0.5 },
  usual: { fill: tokens.colorPaletteGreenBackground2, stroke: tokens.colorPaletteGreenForeground1, strokeWidth: 0.5 },
  unusual: { fill: tokens.colorPaletteRedBackground2, stroke: tokens.colorPaletteRedForeground1, strokeWidth: 0.8 },
  dot: { fill: tokens.colorPaletteGreenForeground1 },
  cross: { stroke: tokens.colorPaletteRedForeground1, strokeWidth: 3, strokeLinecap: 'round' },
  dotSign: { color: tokens.colorPaletteGreenForeground1 },
  crossSign: { color: tokens.colorPaletteRedForeground1 },
  legend: { display: 'flex', flexWrap: 'wrap', columnGap: '16px' },
});

interface Props {
  /** Names of countries from which access is usual, and from which it was not. */
  usual: readonly string[];
  unusual: readonly string[];
}

/** Which countries access comes from: usual ones with a dot, unusual ones with a cross; the caption says the same. */
export function WorldMap({ usual, unusual }: Props) {
  const styles = useStyles();
  const usualNames = new Set(usual.map(atlasName));
  const unusualNames = new Set(unusual.map(atlasName));
  const marked = countries.filter(
    ({ properties }) => usualNames.has(properties.name) || unusualNames.has(properties.name),
  );
  return (
    <figure className={styles.root}>
      <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {countries.map((country) => (
          <path
            key={country.properties.name}
            d={pathOf(country) ?? ''}
            className={
              unusualNames.has(country.properties.name)
                ? styles.unusual
                : usualNames.has(country.properties.name)
                  ? styles.usual
                  : styles.land
            }
          />
        ))}
        {marked.map((country) => {
          const [x, y] = projection(geoCentroid(country)) ?? [0, 0];
          return unusualNames.has(country.properties.name) ? (
            <path key={country.properties.name} className={styles.cross} d={`M${x - 6} ${y - 6}l12 12m0-12l-12 12`} />
          ) : (
            <circle key={country.properties.name} className={styles.dot} cx={x} cy={y} r={4} />
          );
        })}
      </svg>
      <figcaption className={styles.legend}>
        <Text size={200}>
          <span className={styles.dotSign}>●</span> Usual: {usual.length === 0 ? 'none known' : usual.join(', ')}
        </Text>
        <Text size={200}>
          <span className={styles.crossSign}>✕</span> Unusual: {unusual.length === 0 ? 'none' : unusual.join(', ')}
        </Text>
      </figcaption>
    </figure>
  );
}
