import { Button, Field, Input, Text } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular, PersonAvailableRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useChangeStatuses } from '../../api/alerts.ts';
import type { AlertStatus } from '../../api/schema.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ErrorBar } from '../../components/message.tsx';

/** What can be done about all chosen alerts at once. */
export function BulkCommands({ names, onDone }: { names: readonly string[]; onDone: () => void }) {
  const change = useChangeStatuses();
  const [isDismissing, setDismissing] = useState(false);
  const isIdle = names.length === 0 || change.isPending;
  const count = names.length > 1 ? ` ${names.length}` : '';
  const decide = (status: AlertStatus, reason?: string) =>
    change.mutate(
      { names, status, ...(reason !== undefined && reason !== '' && { reason }) },
      {
        onSuccess: () => {
          setDismissing(false);
          onDone();
        },
      },
    );
  return (
    <>
      <Button
        appearance="subtle"
        icon={<PersonAvailableRegular />}
        disabledFocusable={isIdle}
        onClick={() => decide('InProgress')}
      >
        Take{count}
      </Button>
      <Button
        appearance="subtle"
        icon={<CheckmarkCircleRegular />}
        disabledFocusable={isIdle}
        onClick={() => decide('Resolved')}
      >
        Resolve{count}
      </Button>
      <Button
        appearance="subtle"
        icon={<DismissCircleRegular />}
        disabledFocusable={isIdle}
        onClick={() => setDismissing(true)}
      >
        Dismiss{count}
      </Button>
      {isDismissing && (
        <DismissDialog
          count={names.length}
          isPending={change.isPending}
          error={change.error}
          onDismiss={(reason) => decide('Dismissed', reason)}
          onClose={() => setDismissing(false)}
        />
      )}
      {change.error !== null && !isDismissing && <ErrorBar error={change.error} />}
      {(change.data ?? []).length > 0 && (
        <Text role="status">
          {change.data?.length} of them stayed as they were: they are gone, or your role does not reach them.
        </Text>
      )}
    </>
  );
}

interface DismissProps {
  count: number;
  isPending: boolean;
  error: Error | null;
  onDismiss: (reason: string) => void;
  onClose: () => void;
}

function DismissDialog({ count, isPending, error, onDismiss, onClose }: DismissProps) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={count === 1 ? 'Dismiss the alert' : `Dismiss ${count} alerts`}
      save="Dismiss"
      isReady={reason.trim() !== ''}
      isPending={isPending}
      error={error}
      onSave={() => onDismiss(reason.trim())}
      onClose={onClose}
    >
      <Text>To dismiss is to accept: what was found becomes usual, and is not reported again.</Text>
      <Field label="Why" required>
        <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  );
}
