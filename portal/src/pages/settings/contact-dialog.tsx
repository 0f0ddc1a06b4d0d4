import { Checkbox, Field, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { type ContactProperties, type SubscriptionContact, useSaveContact } from '../../api/contacts.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { severityOf, withSeverity } from './contact-severity.ts';

const NOBODY: ContactProperties = {
  emails: '',
  isEnabled: true,
  notificationsByRole: { state: 'Off', roles: [] },
  notificationsSources: [],
};
const SEVERITIES = ['Low', 'Medium', 'High'] as const;

/** Asks who is mailed of the alerts of a subscription. */
export function ContactDialog({ row, onClose }: { row: SubscriptionContact; onClose: () => void }) {
  const save = useSaveContact();
  const before = row.contact ?? NOBODY;
  const [emails, setEmails] = useState(before.emails.replaceAll(';', '\n'));
  const [severity, setSeverity] = useState(severityOf(before));
  const [tellsOwners, setTellsOwners] = useState(before.notificationsByRole.state === 'On');
  const [isEnabled, setEnabled] = useState(before.isEnabled);
  const addresses = emails.split(/[\s,;]+/).filter((address) => address !== '');
  const submit = () =>
    save.mutate(
      {
        subscriptionId: row.subscriptionId,
        contact: {
          emails: addresses.join(';'),
          isEnabled,
          notificationsByRole: {
            state: tellsOwners ? 'On' : 'Off',
            roles: before.notificationsByRole.roles.length === 0 ? ['Owner'] : before.notificationsByRole.roles,
          },
          notificationsSources: withSeverity(before, severity),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="Security contact"
      save="Save"
      isReady={addresses.every((address) => /^[^@]+@[^@]+$/.test(address))}
      isPending={save.isPending}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      <Field label="E-mail addresses" hint="One a line.">
        <Textarea value={emails} rows={3} onChange={(_, { value }) => setEmails(value)} />
      </Field>
      <Field label="From this severity on">
        <Select value={severity} onChange={(_, { value }) => setSeverity(value)}>
          {SEVERITIES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label="Tell Owners of the subscription, too"
        checked={tellsOwners}
        onChange={(_, { checked }) => setTellsOwners(checked === true)}
      />
      <Checkbox
        label="Tell this contact of alerts"
        checked={isEnabled}
        onChange={(_, { checked }) => setEnabled(checked === true)}
      />
    </FormDialog>
  );
}
