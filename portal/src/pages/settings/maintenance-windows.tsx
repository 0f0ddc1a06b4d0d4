import { Button, Tooltip } from '@fluentui/react-components';
import { AddRegular, EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { type MaintenanceWindow, useMaintenance, useRemoveWindow } from '../../api/notifications.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { matchText } from './match-text.ts';
import { WindowDialog } from './window-dialog.tsx';

/** Times in which nobody is told of what begins and ends within them. */
export function MaintenanceWindows() {
  const [edited, setEdited] = useState<MaintenanceWindow | 'new'>();
  const columns: readonly Column<MaintenanceWindow>[] = [
    { title: 'What is done', cell: ({ reason }) => <LogText>{reason}</LogText> },
    { title: 'Owner', cell: ({ owner }) => <LogText>{owner}</LogText> },
    { title: 'Alerts', cell: (window) => <LogText>{matchText(window)}</LogText> },
    { title: 'When', cell: (window) => <When window={window} /> },
    { title: '', cell: (window) => <Decide window={window} onEdit={() => setEdited(window)} /> },
  ];
  return (
    <>
      <Loaded query={useMaintenance()}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="No maintenance window">
              One keeps people from being told of what a planned work does. The alerts are raised all the same.
            </Nothing>
          ) : (
            <ListTable label="Maintenance windows" columns={columns} rows={items} keyOf={keyOf} />
          )
        }
      </Loaded>
      <div>
        <Button icon={<AddRegular />} onClick={() => setEdited('new')}>
          Add a window
        </Button>
      </div>
      {edited !== undefined && (
        <WindowDialog {...(edited !== 'new' && { window: edited })} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}

function Decide({ window, onEdit }: { window: MaintenanceWindow; onEdit: () => void }) {
  const remove = useRemoveWindow();
  return window.origin === 'file' ? (
    'In vedette.yaml'
  ) : (
    <>
      <Tooltip content={`Change the window “${window.reason}”`} relationship="label">
        <Button appearance="subtle" size="small" icon={<EditRegular />} onClick={onEdit} />
      </Tooltip>
      <RemoveButton
        label={`Remove the window “${window.reason}”`}
        consequence="From the next alert on, people are told."
        subject={window}
        remove={remove}
      />
    </>
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

function keyOf(window: MaintenanceWindow): string {
  return window.id ?? JSON.stringify(window);
}
