import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { ResourceHealth } from '../../api/schema.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { ShareBar } from './share-bar.tsx';

const useStyles = makeStyles({
  frame: { overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' },
  cell: {
    textAlign: 'left',
    padding: '8px 16px 8px 0',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  head: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  name: { minWidth: '120px', fontWeight: tokens.fontWeightSemibold },
  link: { color: tokens.colorBrandForegroundLink },
});

const NUMBER = new Intl.NumberFormat();
const RATE = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const COLUMNS = ['Resource', 'Newest record', 'Lag', 'Waiting', 'Rate', 'Records since the start'] as const;

/** How the logs of every resource fare, a row each. */
export function LogTable({ items }: { items: readonly ResourceHealth[] }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it where it is wider than the page
    <section className={styles.frame} aria-label="Logs" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={mergeClasses(styles.cell, styles.head)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...items].sort(byName).map((health) => (
            <Row key={health.resourceKey} health={health} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ health }: { health: ResourceHealth }) {
  const styles = useStyles();
  const { resourceKey, name, lastEventTime, lagMs, waitingBytes, recordsPerSecond } = health;
  return (
    <tr>
      <td className={mergeClasses(styles.cell, styles.name)}>
        <Link to="/resources/$id" params={{ id: resourceKey }} className={styles.link}>
          <LogText>{name}</LogText>
        </Link>
      </td>
      <td className={styles.cell}>
        {lastEventTime === undefined ? 'none yet' : <TimeText iso={lastEventTime} isRelative />}
      </td>
      <td className={styles.cell}>{lagMs === undefined ? '—' : lagWords(lagMs)}</td>
      <td className={styles.cell}>{waitingBytes === 0 ? 'nothing' : `${NUMBER.format(waitingBytes)} bytes`}</td>
      <td className={styles.cell}>{RATE.format(recordsPerSecond)} a second</td>
      <td className={styles.cell}>
        <ShareBar health={health} />
      </td>
    </tr>
  );
}

/** From the event to its judgement. */
function lagWords(ms: number): string {
  return ms < 1000 ? 'under a second' : lengthText(ms);
}

function byName(a: ResourceHealth, b: ResourceHealth): number {
  return a.name < b.name ? -1 : 1;
}
