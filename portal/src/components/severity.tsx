import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Severity } from '../api/schema.ts';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: '6px',
    whiteSpace: 'nowrap',
  },
  mark: { width: '10px', height: '10px', flexShrink: 0 },
  strong: { fontWeight: tokens.fontWeightSemibold },
});

/** Told by shape and word, not by color alone. */
const MARKS: Record<Severity, { color: string; shape: string }> = {
  High: { color: tokens.colorPaletteRedForeground3, shape: 'M5 0 10 10H0Z' },
  Medium: { color: tokens.colorPaletteDarkOrangeForeground1, shape: 'M5 0 10 5 5 10 0 5Z' },
  Low: { color: tokens.colorPaletteMarigoldForeground2, shape: 'M0 1.500h10v7H0Z' },
  Informational: { color: tokens.colorNeutralForeground3, shape: 'M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0Z' },
};

export function SeverityMark({ severity }: { severity: Severity }) {
  const styles = useStyles();
  const { color, shape } = MARKS[severity];
  return (
    <svg className={styles.mark} viewBox="0 0 10 10" aria-hidden="true">
      <path d={shape} fill={color} />
    </svg>
  );
}

export function SeverityLabel({ severity }: { severity: Severity }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.root, severity === 'High' && styles.strong)}>
      <SeverityMark severity={severity} />
      {severity}
    </span>
  );
}
