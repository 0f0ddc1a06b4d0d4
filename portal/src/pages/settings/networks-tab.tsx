import { Badge, Button, Tooltip } from '@fluentui/react-components';
import { AddRegular, EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useNetworks, useRemoveNetwork } from '../../api/networks.ts';
import type { NamedNetwork } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { NetworkMap } from '../../components/charts/network-map.tsx';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { NetworkDialog } from './network-dialog.tsx';
import { TabBody } from './tab-body.tsx';

/** Which addresses belong together, what people call them, and where they are. */
export function NetworksTab() {
  const isAdmin = useMay('Security Admin');
  const [edited, setEdited] = useState<NamedNetwork | 'new'>();
  const query = useNetworks();
  return (
    <TabBody
      lead="What addresses mean to you: an office, a cluster, a VPN. Alerts name them, and access from a trusted one is never unusual for its place."
      commands={
        isAdmin && (
          <Button appearance="primary" icon={<AddRegular />} onClick={() => setEdited('new')}>
            Add a network
          </Button>
        )
      }
    >
      {!isAdmin && <ReadOnlyNote needs="Security Admin" what="networks" />}
      <Loaded query={query}>{({ items }) => <Networks networks={items} isAdmin={isAdmin} onEdit={setEdited} />}</Loaded>
      {edited !== undefined && (
        <NetworkDialog
          {...(edited !== 'new' && { network: edited })}
          others={query.data?.items ?? []}
          onClose={() => setEdited(undefined)}
        />
      )}
    </TabBody>
  );
}

interface Props {
  networks: readonly NamedNetwork[];
  isAdmin: boolean;
  onEdit: (network: NamedNetwork) => void;
}

function Networks({ networks, isAdmin, onEdit }: Props) {
  const remove = useRemoveNetwork();
  const columns: Column<NamedNetwork>[] = [
    { title: 'Name', cell: ({ name }) => <LogText>{name}</LogText> },
    { title: 'Addresses', cell: ({ cidr }) => <LogText>{cidr.join(', ')}</LogText> },
    { title: 'Place', cell: ({ location }) => placeText(location) },
    {
      title: 'Trusted',
      cell: ({ trusted }) =>
        trusted && (
          <Badge appearance="tint" color="success">
            Trusted
          </Badge>
        ),
    },
    {
      title: 'Comes from',
      cell: ({ origin, declared, changedBy }) =>
        origin === 'file' ? (
          'Configuration'
        ) : (
          <>
            <LogText>{changedBy ?? 'People'}</LogText>
            {declared !== undefined && ', over the configuration'}
          </>
        ),
    },
  ];
  if (isAdmin) {
    columns.push({
      title: '',
      cell: (network) => (
        <>
          <Tooltip content={`Change ${network.name}`} relationship="label">
            <Button appearance="subtle" size="small" icon={<EditRegular />} onClick={() => onEdit(network)} />
          </Tooltip>
          {network.origin === 'override' && (
            <RemoveButton
              label={`Remove what was set for ${network.name}`}
              consequence={
                network.declared === undefined
                  ? 'Its addresses are judged by their country and provider again.'
                  : 'It is again as the configuration has it.'
              }
              subject={network}
              remove={remove}
            />
          )}
        </>
      ),
    });
  }
  return networks.length === 0 ? (
    <Nothing title="No named network">
      Name your offices and clusters: private addresses tell nobody where they are.
    </Nothing>
  ) : (
    <>
      <ListTable label="Named networks" columns={columns} rows={networks} keyOf={({ name }) => name} />
      <Panel title="On the map">
        <NetworkMap networks={networks} />
      </Panel>
    </>
  );
}

function placeText(location: NamedNetwork['location']): string {
  if (location === undefined) {
    return '—';
  }
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(location.country) ?? location.country;
  return location.city === undefined ? country : `${location.city}, ${country}`;
}
