import { Badge, Button, Tooltip } from '@fluentui/react-components';
import { EditRegular, PersonAddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { User } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { useRemoveUser, useUsers } from '../../api/users.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded } from '../../components/message.tsx';
import { NoPermission } from '../../components/no-permission.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { RoleBadges } from './role-badges.tsx';
import { TabBody } from './tab-body.tsx';
import { ChangeUserDialog, NewUserDialog } from './user-dialogs.tsx';

/** People, and what they may do. */
export function UsersTab() {
  return useMay('Owner') ? <Users /> : <NoPermission needs="Owner" what="the users" />;
}

function Users() {
  const [edited, setEdited] = useState<User | 'new'>();
  const close = () => setEdited(undefined);
  return (
    <TabBody
      lead="A Security Reader sees alerts, a Security Admin decides about them and changes settings, an Owner also gives roles. A role holds for / (everything), or for a subscription, a group or a resource with all below."
      commands={
        <Button appearance="primary" icon={<PersonAddRegular />} onClick={() => setEdited('new')}>
          Add a user
        </Button>
      }
    >
      <Loaded query={useUsers()}>{({ items }) => <UserList users={items} onEdit={setEdited} />}</Loaded>
      {edited === 'new' && <NewUserDialog onClose={close} />}
      {edited !== undefined && edited !== 'new' && <ChangeUserDialog user={edited} onClose={close} />}
    </TabBody>
  );
}

function UserList({ users, onEdit }: { users: readonly User[]; onEdit: (user: User) => void }) {
  const remove = useRemoveUser();
  const columns: Column<User>[] = [
    { title: 'Name', cell: ({ name, displayName }) => <LogText>{nameText(name, displayName)}</LogText> },
    { title: 'E-mail', cell: ({ email }) => <LogText>{email ?? '—'}</LogText> },
    { title: 'Roles', cell: ({ roles }) => <RoleBadges roles={roles} /> },
    {
      title: 'Signs in',
      cell: ({ disabled, isExternal }) =>
        disabled ? (
          <Badge appearance="tint" color="warning">
            Disabled
          </Badge>
        ) : isExternal ? (
          'Through the provider'
        ) : (
          'With a password'
        ),
    },
    {
      title: 'Last time',
      cell: ({ lastSignInTime }) =>
        lastSignInTime === undefined ? 'Never' : <TimeText iso={lastSignInTime} isRelative />,
    },
    {
      title: '',
      cell: (user) => (
        <>
          <Tooltip content={`Change ${user.name}`} relationship="label">
            <Button appearance="subtle" size="small" icon={<EditRegular />} onClick={() => onEdit(user)} />
          </Tooltip>
          <RemoveButton
            label={`Remove the user ${user.name}`}
            consequence="Sessions and tokens end at once. What they did stays in the audit log."
            subject={user}
            remove={remove}
          />
        </>
      ),
    },
  ];
  return <ListTable label="Users" columns={columns} rows={users} keyOf={({ id }) => id} />;
}

function nameText(name: string, displayName: string): string {
  return displayName === name ? name : `${displayName} (${name})`;
}
