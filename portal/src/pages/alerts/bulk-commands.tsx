import { Button } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular, PersonAvailableRegular } from '@fluentui/react-icons';
import { useChangeStatus } from '../../api/alerts.ts';
import type { AlertStatus, AlertSummary } from '../../api/schema.ts';
import { ErrorBar } from '../../components/message.tsx';

const COMMANDS = [
  { label: 'Take', status: 'InProgress', icon: <PersonAvailableRegular /> },
  { label: 'Resolve', status: 'Resolved', icon: <CheckmarkCircleRegular /> },
  { label: 'Dismiss', status: 'Dismissed', icon: <DismissCircleRegular /> },
] as const;

/** What can be done about all ticked alerts at once. */
export function BulkCommands({ alerts, onDone }: { alerts: readonly AlertSummary[]; onDone: () => void }) {
  const change = useChangeStatus();
  const decide = (status: AlertStatus) =>
    change.mutate(
      alerts.map(({ name, etag }) => ({ name, etag, status })),
      { onSuccess: onDone },
    );
  return (
    <>
      {COMMANDS.map(({ label, status, icon }) => (
        <Button
          key={status}
          appearance="subtle"
          icon={icon}
          disabledFocusable={alerts.length === 0 || change.isPending}
          onClick={() => decide(status)}
        >
          {label}
          {alerts.length > 1 && ` ${alerts.length}`}
        </Button>
      ))}
      {change.error !== null && <ErrorBar error={change.error} />}
    </>
  );
}
