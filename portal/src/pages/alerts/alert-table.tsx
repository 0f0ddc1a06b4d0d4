import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { AlertSummary } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { AlertColumnNames, AlertNarrowCells } from './alert-columns.tsx';
import { useListStyles } from './alert-list-styles.ts';

const useStyles = makeStyles({
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':not(:last-child) > td': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  cell: { padding: '8px', verticalAlign: 'top' },
});

/** A few alerts, the newest first. */
export function AlertTable({ alerts }: { alerts: readonly AlertSummary[] }) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Security alerts">
        <thead>
          <tr>
            <AlertColumnNames />
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
  const list = useListStyles();
  const { name, displayName } = alert;
  return (
    <tr className={styles.row}>
      <td className={mergeClasses(styles.cell, list.severity)}>
        <SeverityLabel severity={alert.severity} />
      </td>
      <td className={styles.cell}>
        <Link to="/alerts/$name" params={{ name }} className={list.link}>
          {displayName}
        </Link>
        <div className={mergeClasses(list.clipped, list.sentence)}>
          <LogText>{alert.description}</LogText>
        </div>
      </td>
      <AlertNarrowCells alert={alert} className={styles.cell} />
    </tr>
  );
}
