import { Button, Tooltip } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { type SubscriptionContact, useContacts } from '../../api/contacts.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { ContactDialog } from './contact-dialog.tsx';
import { severityOf } from './contact-severity.ts';

/** Who is mailed of the alerts of each subscription. */
export function Contacts() {
  const [edited, setEdited] = useState<SubscriptionContact>();
  const columns: Column<SubscriptionContact>[] = [
    { title: 'Subscription', cell: ({ subscriptionId }) => <LogText>{subscriptionId}</LogText> },
    {
      title: 'Mailed',
      cell: ({ contact }) => (
        <LogText>{contact === undefined ? 'Nobody' : contact.emails.replaceAll(';', ', ')}</LogText>
      ),
    },
    {
      title: 'Roles',
      cell: ({ contact }) =>
        contact?.notificationsByRole.state === 'On' ? contact.notificationsByRole.roles.join(', ') : '—',
    },
    {
      title: 'From',
      cell: ({ contact }) => (contact === undefined ? '—' : contact.isEnabled ? severityOf(contact) : 'Turned off'),
    },
    {
      title: '',
      cell: (row) => (
        <Tooltip content={`Change the contact of ${row.subscriptionId}`} relationship="label">
          <Button appearance="subtle" size="small" icon={<EditRegular />} onClick={() => setEdited(row)} />
        </Tooltip>
      ),
    },
  ];
  return (
    <>
      <Loaded query={useContacts()}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title="No subscription yet">They come with the first resource.</Nothing>
          ) : (
            <ListTable
              label="Security contacts"
              columns={columns}
              rows={rows}
              keyOf={({ subscriptionId }) => subscriptionId}
            />
          )
        }
      </Loaded>
      {edited !== undefined && <ContactDialog row={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
