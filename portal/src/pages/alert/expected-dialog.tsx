import { Checkbox, Field, Input, Select, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useChangeStatus } from '../../api/alerts.ts';
import { useAddExpected, useExpectedPreview } from '../../api/rules.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { useMe } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { HiddenPreview } from './hidden-preview.tsx';
import { endOf, LifetimeField, USUAL_LIFETIME_DAYS } from './lifetime-field.tsx';
import { MatterFields, partsOf } from './matter-fields.tsx';

import { scopesOf } from './scopes-of.ts';

interface Props {
  alert: AlertDetail;
  onClose: () => void;
}

/** "This was expected": teaches that what happened is usual, as narrowly as a person says, until a day that they say. */
export function ExpectedDialog({ alert, onClose }: Props) {
  const parts = expectable(alert);
  const scopes = scopesOf(alert.resourceId);
  const me = useMe().data?.name ?? '';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(parts.map(({ part }) => part)));
  const [isThisKind, setThisKind] = useState(true);
  const [scope, setScope] = useState(alert.resourceId);
  const [days, setDays] = useState<number>(USUAL_LIFETIME_DAYS);
  const [owner, setOwner] = useState(me);
  const [reason, setReason] = useState('');
  const matter = {
    scope,
    ...Object.fromEntries(parts.filter(({ part }) => chosen.has(part)).map(({ part, value }) => [part, value])),
    ...(isThisKind && { alertType: alert.alertType }),
  };
  const preview = useExpectedPreview(chosen.size > 0 ? matter : undefined);
  const { save, error, isPending } = useSave(alert, onClose);
  const isReady = chosen.size > 0 && reason.trim() !== '';
  return (
    <FormDialog
      title="This was expected"
      save="Expect it from now on"
      isReady={isReady}
      isPending={isPending}
      error={error}
      onSave={() => save({ ...matter, until: endOf(days), owner: owner.trim() || me, reason })}
      onClose={onClose}
    >
      <Text>What fits all of this raises no alert while the rule holds, and becomes usual.</Text>
      <MatterFields legend="What was expected" parts={parts} chosen={chosen} onChange={setChosen}>
        <Checkbox
          label={`Only alerts such as “${alert.displayName}”`}
          checked={isThisKind}
          onChange={(_, { checked }) => setThisKind(checked === true)}
        />
      </MatterFields>
      <Field label="Where">
        <Select value={scope} onChange={(_, { value }) => setScope(value)}>
          {scopes.map((one) => (
            <option key={one.scope} value={one.scope}>
              {one.label}
            </option>
          ))}
        </Select>
      </Field>
      {chosen.size > 0 ? (
        <HiddenPreview query={preview} />
      ) : (
        <Text role="alert">Name at least one of principal, address and application.</Text>
      )}
      <LifetimeField days={days} onChange={setDays} />
      <Field label="Who answers for it" required>
        <Input value={owner} maxLength={200} onChange={(_, { value }) => setOwner(value)} />
      </Field>
      <Field label="Why it was expected" required>
        <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  );
}

/** The rule first: an alert that is dismissed without it would come again. */
function useSave(alert: AlertDetail, onDone: () => void) {
  const add = useAddExpected();
  const change = useChangeStatus();
  const save = (rule: Parameters<typeof add.mutate>[0]) =>
    add.mutate(rule, {
      onSuccess: () =>
        change.mutate(
          [
            {
              name: alert.name,
              etag: alert.etag,
              status: 'Dismissed',
              reason: `Expected: ${rule.reason}`.slice(0, 500),
            },
          ],
          { onSuccess: onDone },
        ),
    });
  return { save, error: add.error ?? change.error, isPending: add.isPending || change.isPending };
}

function expectable({ principal, address, alert }: AlertDetail) {
  return partsOf([
    { part: 'principal', label: 'Principal', value: principal },
    { part: 'network', label: 'Address', value: address },
    { part: 'application', label: 'Application', value: alert.properties.extendedProperties.Application },
  ]);
}
