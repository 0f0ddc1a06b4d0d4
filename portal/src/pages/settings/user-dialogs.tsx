import { Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { User } from '../../api/schema.ts';
import { type RoleOn, useAddUser, useChangeUser } from '../../api/users.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { areRolesValid, RolesField } from './roles-field.tsx';

/** Shortest password that the server takes, in characters. */
const LEAST = 12;
const READER: RoleOn = { role: 'Security Reader', scope: '/' };

/** Asks for somebody new, who signs in with a password. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const add = useAddUser();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<RoleOn[]>([READER]);
  const save = () =>
    add.mutate({ name: name.trim(), password, roles, ...(email !== '' && { email }) }, { onSuccess: onClose });
  return (
    <FormDialog
      title="Add a user"
      save="Add"
      isReady={name.trim().length > 1 && password.length >= LEAST && areRolesValid(roles)}
      isPending={add.isPending}
      error={add.error}
      onSave={save}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} maxLength={100} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label="E-mail" hint="Where they are told of alerts, as far as roles say so.">
        <Input value={email} type="email" autoComplete="off" onChange={(_, { value }) => setEmail(value)} />
      </Field>
      <Field label="Password" required hint={`At least ${LEAST} characters. Tell it on another way than by mail.`}>
        <Input
          value={password}
          type="password"
          autoComplete="new-password"
          onChange={(_, { value }) => setPassword(value)}
        />
      </Field>
      <RolesField roles={roles} onChange={setRoles} />
    </FormDialog>
  );
}

/** Changes roles, password, or whether somebody may sign in. */
export function ChangeUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const change = useChangeUser();
  const [roles, setRoles] = useState<RoleOn[]>(user.roles);
  const [isDisabled, setDisabled] = useState(user.disabled);
  const [password, setPassword] = useState('');
  const save = () =>
    change.mutate(
      {
        id: user.id,
        roles,
        ...(isDisabled !== user.disabled && { disabled: isDisabled }),
        ...(password !== '' && { password }),
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title={`Change ${user.name}`}
      save="Save"
      isReady={areRolesValid(roles) && (password === '' || password.length >= LEAST)}
      isPending={change.isPending}
      error={change.error}
      onSave={save}
      onClose={onClose}
    >
      <RolesField roles={roles} onChange={setRoles} />
      {!user.isExternal && (
        <Field label="New password" hint={`Empty: it stays. At least ${LEAST} characters.`}>
          <Input
            value={password}
            type="password"
            autoComplete="new-password"
            onChange={(_, { value }) => setPassword(value)}
          />
        </Field>
      )}
      <Checkbox
        label="Disabled: may not sign in"
        checked={isDisabled}
        onChange={(_, { checked }) => setDisabled(checked === true)}
      />
    </FormDialog>
  );
}
