import { mergeClasses } from '@fluentui/react-components';
import type { AlertSummary } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { StatusBadge } from '../../components/status.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { useListStyles } from './alert-list-styles.ts';

/** Names of the columns of alerts. */
export function AlertColumnNames() {
  const styles = useListStyles();
  return (
    <>
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
    </>
  );
}

/** Where an alert is, since when, and how it stands: left out where there is little room. */
export function AlertNarrowCells({ alert, className }: { alert: AlertSummary; className: string }) {
  const narrow = mergeClasses(className, useListStyles().narrow);
  return (
    <>
      <td className={narrow}>
        <LogText>{alert.resourceName}</LogText>
      </td>
      <td className={narrow}>
        <TimeText iso={alert.startTime} isRelative />
      </td>
      <td className={narrow}>
        <StatusBadge status={alert.status} />
      </td>
    </>
  );
}
