import { Button, Checkbox, Field, Input, Text, Tooltip } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { useChangeExpected, useChangeSuppression } from '../../api/rules.ts';
import type { ExpectedRule, Suppression } from '../../api/schema.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { MomentField } from '../../components/moment-field.tsx';

/** Until when, why and by whom something is expected; what it is about stays. */
export function EditExpected({ rule }: { rule: ExpectedRule }) {
  const change = useChangeExpected();
  const [draft, setDraft] = useState(rule);
  const isReady = draft.reason.trim() !== '' && draft.owner.trim() !== '';
  return (
    <EditButton
      label={`Change the rule “${rule.reason}”`}
      isReady={isReady}
      change={change}
      onOpen={() => setDraft(rule)}
      onSave={(onSuccess) => change.mutate(draft, { onSuccess })}
    >
      <MomentField label="Until" value={draft.until} onChange={(until) => setDraft({ ...draft, until })} />
      <Field label="Who answers for it" required>
        <Input value={draft.owner} maxLength={200} onChange={(_, { value }) => setDraft({ ...draft, owner: value })} />
      </Field>
      <Reason value={draft.reason} onChange={(reason) => setDraft({ ...draft, reason })} />
    </EditButton>
  );
}

/** Until when and why something is kept quiet, and whether it is. */
export function EditSuppression({ rule }: { rule: Suppression }) {
  const change = useChangeSuppression();
  const [draft, setDraft] = useState(rule);
  const { until, state } = draft;
  return (
    <EditButton
      label={`Change the rule “${rule.reason}”`}
      isReady={draft.reason.trim() !== ''}
      change={change}
      onOpen={() => setDraft(rule)}
      onSave={(onSuccess) => change.mutate(draft, { onSuccess })}
    >
      <Checkbox
        label="In force"
        checked={state !== 'Disabled'}
        onChange={(_, { checked }) => setDraft({ ...draft, state: checked ? 'Enabled' : 'Disabled' })}
      />
      {until === undefined ? (
        <Text>It has no end.</Text>
      ) : (
        <MomentField label="Until" value={until} onChange={(iso) => setDraft({ ...draft, until: iso })} />
      )}
      <Reason value={draft.reason} onChange={(reason) => setDraft({ ...draft, reason })} />
    </EditButton>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <Field label="Why" required>
      <Input value={value} maxLength={500} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}

interface EditProps {
  label: string;
  isReady: boolean;
  change: { isPending: boolean; error: Error | null; reset: () => void };
  onOpen: () => void;
  onSave: (onSuccess: () => void) => void;
  children: ReactNode;
}

/** A button that opens fields, and saves them. */
export function EditButton({ label, isReady, change, onOpen, onSave, children }: EditProps) {
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    onOpen();
    change.reset();
    setOpen(true);
  };
  return (
    <>
      <Tooltip content={label} relationship="label">
        <Button appearance="subtle" size="small" icon={<EditRegular />} onClick={open} />
      </Tooltip>
      {isOpen && (
        <FormDialog
          title={label}
          save="Save"
          isReady={isReady}
          isPending={change.isPending}
          error={change.error}
          onSave={() => onSave(() => setOpen(false))}
          onClose={() => setOpen(false)}
        >
          {children}
        </FormDialog>
      )}
    </>
  );
}
