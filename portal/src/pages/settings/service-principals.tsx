import { Button, Tooltip } from '@fluentui/react-components';
import { AddRegular, KeyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ServicePrincipal } from '../../api/schema.ts';
import { useAddSecret, useRemovePrincipal, useServicePrincipals } from '../../api/tokens.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar, Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { NewPrincipalDialog } from './new-principal-dialog.tsx';
import { RoleBadges } from './role-badges.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { SecretList } from './secret-list.tsx';

/** Who signs in as a program: Azure's clients, and scripts. */
export function ServicePrincipals() {
  const query = useServicePrincipals(true);
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel title="Service principals">
      <div>
        <Button icon={<AddRegular />} onClick={() => setAdding(true)}>
          Add a service principal
        </Button>
      </div>
      <Loaded query={query}>{({ items }) => <PrincipalList principals={items} />}</Loaded>
      {isAdding && <NewPrincipalDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function PrincipalList({ principals }: { principals: readonly ServicePrincipal[] }) {
  const remove = useRemovePrincipal();
  const addSecret = useAddSecret();
  const columns: Column<ServicePrincipal>[] = [
    { title: 'Name', cell: ({ name }) => <LogText>{name}</LogText> },
    { title: 'Client id', cell: ({ clientId }) => <LogText>{clientId}</LogText> },
    { title: 'Roles', cell: ({ roles }) => <RoleBadges roles={roles} /> },
    { title: 'Secrets', cell: (principal) => <SecretList principal={principal} /> },
    {
      title: '',
      cell: (principal) => (
        <>
          <Tooltip content={`Add a secret to ${principal.name}`} relationship="label">
            <Button
              appearance="subtle"
              size="small"
              icon={<KeyRegular />}
              disabledFocusable={addSecret.isPending}
              onClick={() => addSecret.mutate(principal)}
            />
          </Tooltip>
          <RemoveButton
            label={`Remove the service principal ${principal.name}`}
            consequence="Programs that sign in as it are refused at once."
            subject={principal}
            remove={remove}
          />
        </>
      ),
    },
  ];
  return (
    <>
      {addSecret.error !== null && <ErrorBar error={addSecret.error} />}
      {principals.length === 0 ? (
        <Nothing title="No service principal">Azure’s SDKs and az sign in as one.</Nothing>
      ) : (
        <ListTable label="Service principals" columns={columns} rows={principals} keyOf={({ clientId }) => clientId} />
      )}
      {addSecret.data !== undefined && (
        <SecretDialog
          title={`A new secret of ${addSecret.variables.name}`}
          secret={addSecret.data.secret}
          onClose={() => addSecret.reset()}
        />
      )}
    </>
  );
}
