import { Badge, Button } from '@fluentui/react-components';
import { useChannels, useTestChannel } from '../../api/notifications.ts';
import type { NotificationChannel } from '../../api/schema.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar, Loaded, Nothing } from '../../components/message.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { rulesText } from './match-text.ts';

const COLUMNS: readonly Column<NotificationChannel>[] = [
  { title: 'Name', cell: ({ name }) => <LogText>{name}</LogText> },
  { title: 'Way', isShort: true, cell: ({ title, kind }) => (kind === '' ? 'No longer configured' : title) },
  { title: 'Tells', cell: (channel) => <LogText>{rulesText(channel)}</LogText> },
  { title: 'Sent', cell: ({ sent }) => sent },
  {
    title: 'Waiting',
    cell: ({ waiting, waitingSince }) => (
      <>
        {waiting}
        {waiting > 0 && waitingSince !== undefined && (
          <>
            , since <TimeText iso={waitingSince} isRelative />
          </>
        )}
      </>
    ),
  },
  {
    title: 'Given up',
    cell: ({ dead }) =>
      dead > 0 ? (
        <Badge appearance="tint" color="danger">
          {dead}
        </Badge>
      ) : (
        0
      ),
  },
  { title: '', cell: ({ name, kind }) => kind !== '' && <TestButton name={name} /> },
];

/** The ways by which people are told, and how they fare. */
export function Channels() {
  return (
    <Loaded query={useChannels()}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing title="Nobody is told of alerts yet">
            Add a channel under “notifications” in vedette.yaml: e-mail, Slack, Teams, PagerDuty, a webhook, syslog,
            Splunk, Elasticsearch or Kafka.
          </Nothing>
        ) : (
          <ListTable label="Channels" columns={COLUMNS} rows={items} keyOf={({ name }) => name} />
        )
      }
    </Loaded>
  );
}

function TestButton({ name }: { name: string }) {
  const test = useTestChannel();
  return (
    <>
      <Button
        size="small"
        aria-label={`Send a test on ${name}`}
        disabledFocusable={test.isPending}
        onClick={() => test.mutate(name)}
      >
        {test.isPending ? 'Sending…' : 'Send test'}
      </Button>
      {test.error !== null && <ErrorBar error={test.error} />}
      <output>
        {test.data !== undefined &&
          (test.data.delivered ? (
            <div>The receiver took it.</div>
          ) : (
            <div>
              Not delivered: <LogText>{test.data.error ?? 'nobody said why'}</LogText>
            </div>
          ))}
      </output>
    </>
  );
}
