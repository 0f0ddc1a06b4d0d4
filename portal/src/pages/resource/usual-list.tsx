import { Badge, Button, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { type UsualFact, useChangeBaseline } from '../../api/baseline.ts';
import type { Resource } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';

/** Shown at first: what was there last. */
const SHOWN = 100;
const KINDS: Readonly<Record<UsualFact['kind'], string>> = {
  place: 'Place or network',
  region: 'Data centre',
  application: 'Application',
  principal: 'Is there',
};

/** What is usual, with first, last and count; who may forgets it, or keeps it for ever. */
export function UsualList({ facts, resource }: { facts: readonly UsualFact[]; resource: Resource }) {
  const [shown, setShown] = useState(SHOWN);
  const isAdmin = useMay('Security Admin', resource.id);
  const columns: Column<UsualFact>[] = [
    { title: 'Principal', cell: ({ principal }) => <LogText>{principal}</LogText> },
    { title: 'Kind', isShort: true, cell: ({ kind }) => KINDS[kind] },
    { title: 'Usual', cell: ({ kind, value }) => <LogText>{valueText(kind, value)}</LogText> },
    { title: 'First', isShort: true, cell: ({ firstTime }) => <TimeText iso={firstTime} /> },
    { title: 'Last', isShort: true, cell: ({ lastTime }) => <TimeText iso={lastTime} /> },
    { title: 'Times', cell: ({ uses }) => uses.toLocaleString() },
    { title: 'Kept', cell: ({ isPinned }) => isPinned && <Badge appearance="tint">For ever</Badge> },
  ];
  if (isAdmin) {
    columns.push({ title: '', cell: (fact) => <Decide fact={fact} resource={resource} /> });
  }
  return (
    <>
      <ListTable label="What is usual" columns={columns} rows={facts.slice(0, shown)} keyOf={keyOf} />
      {facts.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + SHOWN)}>Show more of {facts.length}</Button>
        </div>
      )}
      {facts.length === 0 && <Text>Nothing matches.</Text>}
    </>
  );
}

function Decide({ fact, resource }: { fact: UsualFact; resource: Resource }) {
  const change = useChangeBaseline(resource.id);
  const { kind, principal, value, isPinned } = fact;
  const matter = { kind, principal, value };
  const what = `${valueText(kind, value)} of ${principal}`;
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        aria-label={isPinned ? `No longer keep ${what} for ever` : `Keep ${what} for ever`}
        disabledFocusable={change.isPending}
        onClick={() => change.mutate({ ...matter, change: isPinned ? 'unpin' : 'pin' })}
      >
        {isPinned ? 'Unpin' : 'Pin'}
      </Button>
      <RemoveButton
        label={`Forget ${what}`}
        verb="Forget"
        consequence="When it comes again it is unusual, and reported. It is noted in the audit log who decided so."
        subject={{ ...matter, change: 'forget' as const }}
        remove={change}
      />
      {change.error !== null && <ErrorBar error={change.error} />}
    </>
  );
}

function valueText(kind: UsualFact['kind'], value: string): string {
  return kind === 'principal' ? 'The principal itself' : value === '' ? 'No name given' : value;
}

function keyOf({ detector, kind, principal, value }: UsualFact): string {
  return JSON.stringify([detector, kind, principal, value]);
}
