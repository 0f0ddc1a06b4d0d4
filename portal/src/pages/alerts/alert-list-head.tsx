import { Checkbox, mergeClasses } from '@fluentui/react-components';
import type { AlertSummary } from '../../api/schema.ts';
import { AlertColumnNames } from './alert-columns.tsx';
import { useListStyles } from './alert-list-styles.ts';
import type { Choice } from './alert-rows.ts';

/** Names of the columns, and a box that chooses everything that was read. */
export function AlertListHead({ alerts, choice }: { alerts: readonly AlertSummary[]; choice: Choice }) {
  const styles = useListStyles();
  const { chosen, onChoose } = choice;
  const areAllChosen = alerts.every(({ name }) => chosen.has(name));
  return (
    <thead>
      <tr>
        <td className={mergeClasses(styles.head, styles.check)}>
          <Checkbox
            aria-label="Choose all"
            checked={areAllChosen ? true : chosen.size > 0 ? 'mixed' : false}
            onChange={(_, { checked }) => onChoose(new Set(checked === true ? alerts.map(({ name }) => name) : []))}
          />
        </td>
        <AlertColumnNames />
      </tr>
    </thead>
  );
}
