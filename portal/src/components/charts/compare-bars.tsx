import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { LogText } from '../log-text.tsx';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '8px' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) max-content', columnGap: '12px', rowGap: '2px' },
  track: { gridColumn: '1 / -1', height: '10px', width: '100%', display: 'block' },
  usual: { fill: tokens.colorPaletteGreenForeground1 },
  limit: { fill: tokens.colorNeutralForeground3 },
  seen: { fill: tokens.colorPaletteRedForeground1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  ground: { fill: tokens.colorNeutralBackground5 },
});

export interface ComparedAmount {
  label: string;
  /** As it is told. */
  text: string;
  amount: number;
  kind: 'usual' | 'limit' | 'seen';
}

/** Amounts below each other on one scale: what is usual, from where on it is suspicious, what was seen. */
export function CompareBars({ amounts }: { amounts: readonly ComparedAmount[] }) {
  const styles = useStyles();
  const most = Math.max(1, ...amounts.map(({ amount }) => amount));
  return (
    <figure className={styles.root}>
      {amounts.map(({ label, text, amount, kind }) => (
        <div key={label} className={styles.row}>
          <Text size={200} className={kind === 'seen' ? styles.strong : ''}>
            <LogText>{label}</LogText>
          </Text>
          <Text size={200} className={kind === 'seen' ? styles.strong : ''}>
            <LogText>{text}</LogText>
          </Text>
          <svg className={styles.track} aria-hidden="true">
            <rect className={styles.ground} width="100%" height="10" rx="2" />
            <rect className={mergeClasses(styles[kind])} width={`${(100 * amount) / most}%`} height="10" rx="2" />
          </svg>
        </div>
      ))}
    </figure>
  );
}
