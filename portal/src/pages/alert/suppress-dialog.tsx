import { Field, Input, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useSuppress, useSuppressionPreview } from '../../api/rules.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { HiddenPreview } from './hidden-preview.tsx';
import { endOf, LifetimeField, USUAL_LIFETIME_DAYS } from './lifetime-field.tsx';
import { MatterFields, partsOf } from './matter-fields.tsx';

interface Props {
  alert: AlertDetail;
  onClose: () => void;
}

/** Keeps alerts of one kind quiet: they are still found, but born dismissed, and nobody is told. */
export function SuppressDialog({ alert, onClose }: Props) {
  const parts = suppressible(alert);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(parts.map(({ part }) => part)));
  const [days, setDays] = useState<number>(USUAL_LIFETIME_DAYS);
  const [reason, setReason] = useState('');
  const suppress = useSuppress();
  const matter = {
    subscriptionId: alert.resourceId.split('/')[2] ?? '',
    alertType: alert.alertType,
    conditions: parts
      .filter(({ part }) => chosen.has(part))
      .map(({ part, value }) => ({ field: part, oneOf: [value] })),
  };
  const preview = useSuppressionPreview(matter);
  const save = () =>
    suppress.mutate(
      { ...matter, name: nameOf(alert), reason, isEnabled: true, until: endOf(days) },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="Suppress such alerts"
      save="Suppress"
      isReady={reason.trim() !== ''}
      isPending={suppress.isPending}
      error={suppress.error}
      onSave={save}
      onClose={onClose}
    >
      <Text>
        They are still found and kept, but dismissed at once, and nobody is told. It teaches nothing; where it was
        expected, “This was expected” is better.
      </Text>
      <MatterFields
        legend={`“${alert.displayName}” of the subscription, where all of this fits`}
        parts={parts}
        chosen={chosen}
        onChange={setChosen}
      />
      <HiddenPreview query={preview} />
      <LifetimeField days={days} onChange={setDays} />
      <Field label="Why" required>
        <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  );
}

/** Parts by the names that conditions have for them. */
function suppressible({ principal, address }: AlertDetail) {
  return partsOf([
    { part: 'entities.account.name', label: 'Principal', value: principal },
    { part: 'entities.ip.address', label: 'Address', value: address },
  ]);
}

/** One rule an alert: making it again replaces it. */
function nameOf({ alertType, name }: AlertDetail): string {
  return `${alertType.replace(/\W/g, '-')}-${name.slice(-12)}`;
}
