import {
  Badge,
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import { type AuditVerdict, useAuditPages, useAuditVerdict } from '../../api/audit.ts';
import type { AuditEntry } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { NoPermission } from '../../components/no-permission.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { TabBody } from './tab-body.tsx';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '12px' },
  detail: { maxWidth: '460px', maxHeight: '60px', overflowY: 'auto', fontSize: '12px', overflowWrap: 'anywhere' },
});

/** What was done, by whom, and whether anybody changed the list of it. */
export function AuditTab() {
  return useMay('Owner') ? <AuditLog /> : <NoPermission needs="Owner" what="the audit log" />;
}

function AuditLog() {
  const styles = useStyles();
  const [actor, setActor] = useState('');
  const [action, setAction] = useState('');
  const query = useAuditPages(useDeferredValue({ actor, action }));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <TabBody lead="What people and programs did here. Each entry holds the hash of the one before it, so that none can be changed or taken out without a trace.">
      <Loaded query={useAuditVerdict()}>{(verdict) => <Verdict verdict={verdict} />}</Loaded>
      <div className={styles.filters}>
        <Field label="Who">
          <Input value={actor} placeholder="Whole name" onChange={(_, { value }) => setActor(value)} />
        </Field>
        <Field label="What">
          <Input value={action} placeholder="Such as users.add" onChange={(_, { value }) => setAction(value)} />
        </Field>
      </div>
      <Loaded query={query}>
        {() =>
          entries.length === 0 ? (
            <Nothing title="No entry matches" />
          ) : (
            <ListTable
              label="Audit log"
              columns={columnsOf(styles.detail)}
              rows={entries}
              keyOf={({ sequence }) => String(sequence)}
            />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <div>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      )}
    </TabBody>
  );
}

function columnsOf(detailClass: string): readonly Column<AuditEntry>[] {
  return [
    { title: 'When', isShort: true, cell: ({ time }) => <TimeText iso={time} /> },
    { title: 'Who', cell: ({ actor }) => <LogText>{actor}</LogText> },
    {
      title: 'What',
      isShort: true,
      cell: ({ action, outcome }) => (
        <>
          <LogText>{action}</LogText>{' '}
          {outcome === 'failure' && (
            <Badge appearance="tint" color="danger">
              failed
            </Badge>
          )}
        </>
      ),
    },
    { title: 'On', cell: ({ target }) => <LogText>{target}</LogText> },
    { title: 'From', isShort: true, cell: ({ address }) => <LogText>{address ?? ''}</LogText> },
    {
      title: 'More',
      cell: ({ detail }) =>
        detail !== undefined &&
        detail !== null && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          <div className={detailClass} tabIndex={0}>
            <LogText>{JSON.stringify(detail)}</LogText>
          </div>
        ),
    },
  ];
}

function Verdict({ verdict: { intact, entries, head, brokenAt, reason } }: { verdict: AuditVerdict }) {
  return (
    <MessageBar intent={intact ? 'success' : 'error'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {intact ? `The chain of ${entries} entries is whole.` : 'Somebody changed the audit log.'}
        </MessageBarTitle>
        {intact
          ? head !== undefined && `Its newest hash begins with ${head.slice(0, 16)}.`
          : `It breaks at entry ${brokenAt}: ${reason}. Compare it with a backup, and find out who may write to the database of Vedette.`}
      </MessageBarBody>
    </MessageBar>
  );
}
