import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { thresholdPosition } from './threshold-position.ts';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '2px' },
  chart: { width: '100%', height: '30px', overflow: 'visible' },
  usual: { fill: tokens.colorPaletteGreenBackground2 },
  beyond: { fill: tokens.colorPaletteRedBackground3 },
  threshold: { stroke: tokens.colorNeutralForeground1, strokeWidth: 2 },
  label: { fill: tokens.colorNeutralForeground2, fontSize: '12px' },
});

interface Props {
  value: number;
  threshold: number;
  unit: string;
}

/** Nobody knows what a nat is. */
const EXPLAINED = ' The more seldom something new happens here at all, the greater the surprise when it does.';
const NUMBER = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3, notation: 'compact' });

/** How far the observation lies beyond the point from which it is suspicious. */
export function ScoreBar({ value, threshold, unit }: Props) {
  const styles = useStyles();
  const at = 100 * thresholdPosition(threshold, value);
  const anchor = at > 85 ? 'end' : at < 15 ? 'start' : 'middle';
  return (
    <figure className={styles.root}>
      <svg className={styles.chart} aria-hidden="true">
        <rect className={styles.usual} x="0" y="16" width={`${at}%`} height="10" />
        <rect className={styles.beyond} x={`${at}%`} y="16" width={`${100 - at}%`} height="10" />
        <line className={styles.threshold} x1={`${at}%`} x2={`${at}%`} y1="12" y2="30" />
        <text className={styles.label} x={`${at}%`} y="9" textAnchor={anchor}>
          suspicious from {NUMBER.format(threshold)}
        </text>
      </svg>
      <figcaption>
        <Text size={200}>
          Seen: {NUMBER.format(value)} {unit}.{unit.startsWith('nats') && EXPLAINED}
        </Text>
      </figcaption>
    </figure>
  );
}
