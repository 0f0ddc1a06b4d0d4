import { type MaintenanceWindow, useMaintenance } from '../../api/notifications.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { matchText } from './match-text.ts';

const COLUMNS: readonly Column<MaintenanceWindow>[] = [
  { title: 'What is done', cell: ({ reason }) => <LogText>{reason}</LogText> },
  { title: 'Owner', cell: ({ owner }) => <LogText>{owner}</LogText> },
  { title: 'Alerts', cell: (window) => <LogText>{matchText(window)}</LogText> },
  { title: 'When', cell: (window) => <When window={window} /> },
];

/** Times in which nobody is told of what begins and ends within them. */
export function MaintenanceWindows() {
  return (
    <Loaded query={useMaintenance()}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing title="No maintenance window">
            One under “notifications: maintenance” keeps people from being told of what a planned work does.
          </Nothing>
        ) : (
          <ListTable
            label="Maintenance windows"
            columns={COLUMNS}
            rows={items}
            keyOf={(window) => JSON.stringify(window)}
          />
        )
      }
    </Loaded>
  );
}

function When({ window: { once, weekly } }: { window: MaintenanceWindow }) {
  if (once !== undefined) {
    return (
      <>
        <TimeText iso={once.from} /> to <TimeText iso={once.to} />
      </>
    );
  }
  return weekly === undefined ? null : (
    <>
      Each {weekly.days.join(', ')}, {weekly.from} to {weekly.to} ({weekly.timeZone})
    </>
  );
}
