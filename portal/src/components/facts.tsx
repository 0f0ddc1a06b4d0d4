import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, max-content) minmax(0, 1fr)',
    columnGap: '16px',
    rowGap: '8px',
    '@media (max-width: 500px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '2px' },
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere', '@media (max-width: 500px)': { paddingBottom: '8px' } },
});

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Names and values beside each other. Facts without a value are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.root}>
      {facts
        .filter(({ value }) => value !== undefined && value !== '')
        .map(({ term, value }) => (
          <FactRow key={term} term={term} value={value} styles={styles} />
        ))}
    </dl>
  );
}

function FactRow({ term, value, styles }: Fact & { styles: ReturnType<typeof useStyles> }) {
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{value}</dd>
    </>
  );
}
