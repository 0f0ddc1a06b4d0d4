import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { AlertSummary } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { StatusBadge } from '../../components/status.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  head: {
    textAlign: 'left',
    padding: '8px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':not(:last-child) > td': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  cell: { padding: '8px', verticalAlign: 'top' },
  severity: { width: '120px', '@media (max-width: 800px)': { width: '32px', '& span': { fontSize: 0 } } },
  narrow: { width: '140px', '@media (max-width: 800px)': { display: 'none' } },
  link: {
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
  sentence: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
});

/** A few alerts, the newest first. */
export function AlertTable({ alerts }: { alerts: readonly AlertSummary[] }) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Security alerts">
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.head, styles.severity)}>
              <span>Severity</span>
            </th>
            <th scope="col" className={styles.head}>
              Alert
            </th>
            {['Resource', 'Started', 'Status'].map((title) => (
              <th key={title} scope="col" className={mergeClasses(styles.head, styles.narrow)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <Row key={alert.name} alert={alert} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ alert }: { alert: AlertSummary }) {
  const styles = useStyles();
  const { name, displayName } = alert;
  return (
    <tr className={styles.row}>
      <td className={mergeClasses(styles.cell, styles.severity)}>
        <SeverityLabel severity={alert.severity} />
      </td>
      <td className={styles.cell}>
        <Link to="/alerts/$name" params={{ name }} className={styles.link}>
          {displayName}
        </Link>
        <div className={styles.sentence}>
          <LogText>{alert.description}</LogText>
        </div>
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <LogText>{alert.resourceName}</LogText>
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <TimeText iso={alert.startTime} isRelative />
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <StatusBadge status={alert.status} />
      </td>
    </tr>
  );
}
