import { Button, Checkbox, mergeClasses } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { LogText } from '../../components/log-text.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { AlertNarrowCells } from './alert-columns.tsx';
import { useListStyles } from './alert-list-styles.ts';
import type { AlertRow, Choice } from './alert-rows.ts';
import { namesIn, ROW_ATTRIBUTE, toggled } from './use-row-keys.ts';

interface Props {
  row: AlertRow;
  index: number;
  /** In pixels. */
  height: number;
  choice: Choice;
  onToggle: (correlationKey: string) => void;
}

/** One alert, or the head of the alerts of one intrusion. */
export const AlertListRow = memo(function AlertListRow({ row, index, height, choice, onToggle }: Props) {
  const styles = useListStyles();
  const alert = row.kind === 'alert' ? row.alert : row.lead;
  const names = namesIn(row);
  const chosenCount = names.filter((name) => choice.chosen.has(name)).length;
  return (
    <tr
      className={mergeClasses(styles.row, row.kind === 'group' && styles.group)}
      style={{ height: `${height}px` }}
      aria-rowindex={index + 2}
    >
      <td className={mergeClasses(styles.cell, styles.check)}>
        <Checkbox
          aria-label={`Choose ${row.kind === 'group' ? `all of ${alert.displayName}` : alert.displayName}`}
          checked={chosenCount === names.length ? true : chosenCount > 0 ? 'mixed' : false}
          onChange={() => choice.onChoose(toggled(choice.chosen, row))}
        />
      </td>
      <td className={mergeClasses(styles.cell, styles.severity)}>
        <SeverityLabel severity={row.kind === 'group' ? row.severity : alert.severity} />
      </td>
      <td className={mergeClasses(styles.cell, row.kind === 'alert' && row.isMember && styles.member)}>
        <div className={mergeClasses(styles.clipped, styles.title)}>
          {row.kind === 'group' && (
            <Button
              appearance="transparent"
              size="small"
              icon={row.isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
              aria-label={`${row.alerts.length} alerts of one intrusion`}
              aria-expanded={row.isOpen}
              onClick={() => onToggle(alert.correlationKey)}
            />
          )}
          <Link
            to="/alerts/$name"
            params={{ name: alert.name }}
            className={styles.link}
            {...{ [ROW_ATTRIBUTE]: index }}
          >
            {alert.displayName}
          </Link>
          {row.kind === 'group' && ` · ${row.alerts.length} alerts`}
        </div>
        <div className={mergeClasses(styles.clipped, styles.sentence)}>
          <LogText>{alert.description}</LogText>
        </div>
      </td>
      <AlertNarrowCells alert={alert} className={styles.cell} />
    </tr>
  );
});
