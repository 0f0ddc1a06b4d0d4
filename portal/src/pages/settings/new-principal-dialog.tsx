import { Field, Input, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useAddPrincipal } from '../../api/tokens.ts';
import type { RoleOn } from '../../api/users.ts';
import { CopyLine } from '../../components/copy-line.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { areRolesValid, RolesField } from './roles-field.tsx';
import { SecretDialog } from './secret-dialog.tsx';

/** Asks for a service principal, then shows its secret, once, and how to sign in with it. */
export function NewPrincipalDialog({ onClose }: { onClose: () => void }) {
  const add = useAddPrincipal();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<RoleOn[]>([{ role: 'Security Reader', scope: '/' }]);
  if (add.data !== undefined) {
    const { clientId, tenantId, secret } = add.data;
    return (
      <SecretDialog title={`The service principal ${add.data.name}`} secret={secret} onClose={onClose}>
        <Text>
          Its client id is {clientId}, the tenant {tenantId}. So Azure’s command line signs in:
        </Text>
        <CopyLine text={`az login --service-principal -u ${clientId} -t ${tenantId} -p SECRET`} what="the command" />
      </SecretDialog>
    );
  }
  return (
    <FormDialog
      title="Add a service principal"
      save="Add"
      isReady={name.trim() !== '' && areRolesValid(roles)}
      isPending={add.isPending}
      error={add.error}
      onSave={() => add.mutate({ name: name.trim(), roles })}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} maxLength={200} onChange={(_, { value }) => setName(value)} />
      </Field>
      <RolesField roles={roles} onChange={setRoles} />
    </FormDialog>
  );
}
