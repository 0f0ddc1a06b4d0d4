import { Badge, Button, Field, makeStyles, Select } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type DeliveryState, useDeliveries, useResend } from '../../api/notifications.ts';
import type { Delivery } from '../../api/schema.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar, Loaded, Nothing } from '../../components/message.tsx';
import { TimeText } from '../../components/time-text.tsx';

const STATES = {
  waiting: { label: 'Waiting', color: 'warning' },
  sent: { label: 'Sent', color: 'success' },
  dead: { label: 'Given up', color: 'danger' },
  silenced: { label: 'Silenced', color: 'informative' },
} as const satisfies Record<DeliveryState, object>;

const useStyles = makeStyles({ filter: { maxWidth: '240px' } });

const COLUMNS: readonly Column<Delivery>[] = [
  { title: 'Made', isShort: true, cell: ({ createdTime }) => <TimeText iso={createdTime} isRelative /> },
  { title: 'To', cell: ({ channel }) => <LogText>{channel}</LogText> },
  {
    title: 'About',
    cell: ({ alertName }) => (
      <Link to="/alerts/$name" params={{ name: alertName }}>
        The alert
      </Link>
    ),
  },
  {
    title: 'State',
    cell: ({ state }) => (
      <Badge appearance="tint" color={STATES[state].color}>
        {STATES[state].label}
      </Badge>
    ),
  },
  { title: 'Tries', cell: ({ attempts }) => attempts },
  { title: 'What went wrong', cell: ({ lastError }) => <LogText>{lastError ?? ''}</LogText> },
  { title: '', cell: (delivery) => delivery.state !== 'waiting' && <ResendButton delivery={delivery} /> },
];

/** What was told to whom, what waits, and what was given up; the newest first. */
export function Deliveries() {
  const styles = useStyles();
  const [state, setState] = useState<DeliveryState>();
  const query = useDeliveries(state);
  const deliveries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Field label="State" className={styles.filter}>
        <Select
          value={state ?? ''}
          onChange={(_, { value }) => setState(value === '' ? undefined : (value as DeliveryState))}
        >
          <option value="">Any</option>
          {Object.entries(STATES).map(([one, { label }]) => (
            <option key={one} value={one}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Loaded query={query}>
        {() =>
          deliveries.length === 0 ? (
            <Nothing title="No delivery" />
          ) : (
            <ListTable label="Deliveries" columns={COLUMNS} rows={deliveries} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <div>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      )}
    </>
  );
}

function ResendButton({ delivery: { id, channel } }: { delivery: Delivery }) {
  const resend = useResend();
  return (
    <>
      <Button
        size="small"
        aria-label={`Send again to ${channel}`}
        disabledFocusable={resend.isPending}
        onClick={() => resend.mutate(id)}
      >
        Send again
      </Button>
      {resend.error !== null && <ErrorBar error={resend.error} />}
    </>
  );
}
