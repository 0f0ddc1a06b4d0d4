import { Badge, Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Token } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { useRevokeToken, useTokens } from '../../api/tokens.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { ServicePrincipals } from './service-principals.tsx';
import { TabBody } from './tab-body.tsx';

/** What programs sign in with. */
export function TokensTab() {
  const isOwner = useMay('Owner');
  const [isAdding, setAdding] = useState(false);
  return (
    <TabBody lead="What programs sign in with. A secret is shown once, when it is made; Vedette keeps only its hash.">
      <Panel title="Tokens">
        <div>
          <Button icon={<AddRegular />} onClick={() => setAdding(true)}>
            Make a token
          </Button>
        </div>
        <Loaded query={useTokens()}>{({ items }) => <TokenList tokens={items} />}</Loaded>
      </Panel>
      {isOwner && <ServicePrincipals />}
      {isAdding && <NewTokenDialog isOwner={isOwner} onClose={() => setAdding(false)} />}
    </TabBody>
  );
}

function TokenList({ tokens }: { tokens: readonly Token[] }) {
  const revoke = useRevokeToken();
  const columns: Column<Token>[] = [
    { title: 'Name', cell: ({ name }) => <LogText>{name}</LogText> },
    { title: 'May', cell: ({ kind }) => (kind === 'ingest' ? 'Push records' : 'Use the API') },
    { title: 'Limited to', cell: ({ scope }) => <LogText>{scope === '' ? 'No limit' : scope}</LogText> },
    {
      title: 'Last used',
      cell: ({ lastUsedTime }) => (lastUsedTime === undefined ? 'Never' : <TimeText iso={lastUsedTime} isRelative />),
    },
    {
      title: 'Ends',
      cell: ({ expiresTime, isRevoked }) =>
        isRevoked ? (
          <Badge appearance="tint" color="danger">
            Revoked
          </Badge>
        ) : expiresTime === undefined ? (
          'Never'
        ) : (
          <TimeText iso={expiresTime} />
        ),
    },
    {
      title: '',
      cell: (token) =>
        !token.isRevoked && (
          <RemoveButton
            label={`Revoke the token ${token.name}`}
            verb="Revoke"
            consequence="Programs that use it are refused at once."
            subject={token}
            remove={revoke}
          />
        ),
    },
  ];
  return tokens.length === 0 ? (
    <Nothing title="No token">A token lets a script use the API, or a log shipper push records.</Nothing>
  ) : (
    <ListTable label="Tokens" columns={columns} rows={tokens} keyOf={({ id }) => id} />
  );
}
