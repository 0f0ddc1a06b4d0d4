import { Text } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type PreviewedAlert, useNotificationPreview } from '../../api/notifications.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { TimeText } from '../../components/time-text.tsx';

const DAYS = 30;
/** Of them only so many are shown. */
const SHOWN = 20;

const COLUMNS: readonly Column<PreviewedAlert>[] = [
  { title: 'Severity', cell: ({ severity }) => <SeverityLabel severity={severity} /> },
  {
    title: 'Alert',
    cell: ({ name, displayName }) => (
      <Link to="/alerts/$name" params={{ name }}>
        {displayName}
      </Link>
    ),
  },
  { title: 'On', isShort: true, cell: ({ resourceName }) => <LogText>{resourceName}</LogText> },
  { title: 'Started', isShort: true, cell: ({ startTime }) => <TimeText iso={startTime} /> },
  { title: 'Told to', cell: ({ channels }) => <LogText>{channels.join(', ')}</LogText> },
  { title: 'Silenced by', cell: ({ silenced }) => <LogText>{silenced ?? ''}</LogText> },
];

/** Which alerts of the last days the rules of now would have told, and to whom. */
export function NotificationPreview() {
  return (
    <Loaded query={useNotificationPreview(DAYS)}>
      {({ examined, matched, items }) =>
        matched === 0 ? (
          <Nothing title={`None of the ${examined} alerts of the last ${DAYS} days would have been told`}>
            By the channels, contacts and windows of now.
          </Nothing>
        ) : (
          <>
            <Text>
              Of {examined} alerts of the last {DAYS} days, {matched} would have been told
              {items.length > SHOWN && `; the newest ${SHOWN}`}:
            </Text>
            <ListTable
              label="Alerts that would have been told"
              columns={COLUMNS}
              rows={items.slice(0, SHOWN)}
              keyOf={({ name }) => name}
            />
          </>
        )
      }
    </Loaded>
  );
}
