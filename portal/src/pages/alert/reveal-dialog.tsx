import { Field, Input, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { type RevealedLine, useReveal } from '../../api/alerts.ts';
import { FormDialog } from '../../components/form-dialog.tsx';

interface Props {
  name: string;
  onReveal: (lines: readonly RevealedLine[]) => void;
  onClose: () => void;
}

/** Asks why the literals of an alert's records are wanted: who saw them, and why, is kept for ever. */
export function RevealDialog({ name, onReveal, onClose }: Props) {
  const [reason, setReason] = useState('');
  const reveal = useReveal(name);
  const save = () =>
    reveal.mutate(reason, {
      onSuccess: ({ items }) => {
        onReveal(items);
        onClose();
      },
    });
  return (
    <FormDialog
      title="Show the literals"
      save="Show them"
      isReady={reason.trim() !== ''}
      isPending={reveal.isPending}
      error={reveal.error}
      onSave={save}
      onClose={onClose}
    >
      <Text>
        Literals may be personal. That you saw them, and why, is kept in the audit log. Passwords, keys and tokens were
        never kept.
      </Text>
      <Field label="Why you need them" required>
        <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  );
}
