import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { useAddToken } from '../../api/tokens.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const LIFETIMES_DAYS = [7, 30, 90, 365, 730] as const;

/** Asks for a token, then shows its secret, once. */
export function NewTokenDialog({ isOwner, onClose }: { isOwner: boolean; onClose: () => void }) {
  const add = useAddToken();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'api' | 'ingest'>('api');
  const [scope, setScope] = useState('');
  const [days, setDays] = useState(90);
  if (add.data !== undefined) {
    return <SecretDialog title={`The token ${add.data.name}`} secret={add.data.secret} onClose={onClose} />;
  }
  return (
    <FormDialog
      title="Make a token"
      save="Make it"
      isReady={name.trim() !== ''}
      isPending={add.isPending}
      error={add.error}
      onSave={() => add.mutate({ name: name.trim(), kind, scope: scope.trim(), expiresInDays: days })}
      onClose={onClose}
    >
      <Field label="Name" required hint="What uses it, so that it is known later.">
        <Input value={name} maxLength={200} onChange={(_, { value }) => setName(value)} />
      </Field>
      {isOwner && (
        <Field label="For">
          <RadioGroup value={kind} onChange={(_, { value }) => setKind(value as 'api' | 'ingest')}>
            <Radio value="api" label="A script that uses the API as you" />
            <Radio value="ingest" label="A log shipper that pushes records" />
          </RadioGroup>
        </Field>
      )}
      <Field label="Limited to" hint="Id of a subscription, group or resource. Empty: whatever you may do.">
        <Input value={scope} maxLength={500} onChange={(_, { value }) => setScope(value)} />
      </Field>
      <Field label="Ends after">
        <Select value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
          {LIFETIMES_DAYS.map((count) => (
            <option key={count} value={count}>
              {count} days
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  );
}
